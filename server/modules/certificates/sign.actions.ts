// The signature over what a certificate says, its code for the QR, and what a code that somebody shows is worth.
import type { PublicCertificate } from '@fugong/contract/certificates'
import { factBytes, readCode, signedBytes, writeCode } from '@fugong/contract/certificates.code'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { isSignedBy, keyOf, signWithActive } from './keys.actions.ts'
import { updateSignature, type CertificateRow } from './store.ts'

export type Signed<R> = R & { keyId: string; signature: Buffer }

/** Whole names, unit and emergency: what the code cuts or leaves out is signed by its digest. */
function factsOf(row: CertificateRow): Uint8Array {
  const { enterpriseName, workplaceName, address, unitZh, unitEn, emergencyZh, emergencyEn, level, procedure, plannedDate, validUntil } = row
  const digest = sha256(JSON.stringify([enterpriseName, workplaceName, address, unitZh, unitEn, emergencyZh, emergencyEn])).subarray(0, 8)
  return factBytes({ issued: shanghaiDay(new Date(row.issuedAt)), planned: plannedDate, validUntil, level, procedure, firm: enterpriseName, workplace: workplaceName, address }, digest)
}
export function signatureFor(ctx: Ctx, row: CertificateRow): Promise<{ keyId: string; signature: Buffer }> {
  return signWithActive(ctx, signedBytes(row.number, factsOf(row)))
}
/** A certificate with its signature: those issued before there were keys, and those whose key is not trusted any more, are signed now. */
export async function signed<R extends CertificateRow>(ctx: Ctx, row: R): Promise<Signed<R>> {
  if (row.keyId !== null && row.signature !== null && (await keyOf(ctx, row.keyId))?.state !== 'revoked') return { ...row, keyId: row.keyId, signature: row.signature }
  const made = await signatureFor(ctx, row)
  await updateSignature(ctx, row.id, made)
  return { ...row, ...made }
}
export function codeOf(row: Signed<CertificateRow>): string {
  return writeCode(row.keyId, row.signature, factsOf(row))
}
/** Address and code as the QR holds them. */
export const qrText = (publicUrl: string, row: Signed<CertificateRow>): string => `${publicPage(publicUrl, row.number)}#${codeOf(row)}`
export const publicPage = (publicUrl: string, number: string): string => `${publicUrl.replace(/\/+$/, '')}/c/${number}`

/** What a code proves of a certificate: genuine only when a trusted key signed exactly what the record says. */
export async function judgeCode(ctx: Ctx, row: CertificateRow, digits: string): Promise<Pick<PublicCertificate, 'signature' | 'keyId'>> {
  const code = readCode(digits)
  if (!code) return { signature: 'forged', keyId: null }
  const key = await keyOf(ctx, code.keyId)
  if (!key) return { signature: 'unknownKey', keyId: code.keyId }
  const fits = isSignedBy(key.publicKey, signedBytes(row.number, code.signed), code.signature) && Buffer.from(code.signed).equals(Buffer.from(factsOf(row)))
  return { signature: !fits ? 'forged' : key.state === 'revoked' ? 'revokedKey' : 'genuine', keyId: code.keyId }
}
