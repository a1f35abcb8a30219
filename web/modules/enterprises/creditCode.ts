// What can be said about a unified credit code while it is being typed.
import type { Issue } from '@fugong/contract/base'
import { checkCreditCode, isRegistrationNumber } from '@fugong/contract/enterprises'

export type CodeReading =
  | { kind: 'empty' }
  | { kind: 'short'; length: number }
  | { kind: 'character'; place: number; character: string; instead: string | undefined }
  | { kind: 'long'; length: number }
  /** The shape is right but a digit fails; the registrar may nevertheless have issued it. */
  | { kind: 'digit'; issue: Issue }
  /** A trader's number of 15 digits, which has no check here. */
  | { kind: 'registration' }
  | { kind: 'right' }

const INSTEAD: Record<string, string> = { O: '0', I: '1', Z: '2', S: '5', V: 'U' }
/** Capital letters, without the spaces and hyphens that people put between groups. */
export function tidyCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').slice(0, 18)
}
export function readCode(code: string): CodeReading {
  if (code === '') return { kind: 'empty' }
  const place = [...code].findIndex((character) => !/^[0-9A-HJ-NPQRTUWXY]$/.test(character))
  if (place >= 0) return { kind: 'character', place: place + 1, character: [...code][place]!, instead: INSTEAD[[...code][place]!] }
  if (isRegistrationNumber(code)) return { kind: 'registration' }
  if (code.length < 18) return { kind: 'short', length: code.length }
  if (code.length > 18) return { kind: 'long', length: code.length }
  const issue = checkCreditCode(code)[0]
  return issue ? { kind: 'digit', issue } : { kind: 'right' }
}
