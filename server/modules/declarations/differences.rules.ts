// What differs between two states of a declaration, field by field, in the order in which the form asks.
import type { Answer, Answers, Form } from '@fugong/contract/forms'
import type { Difference } from '@fugong/contract/declarations.review'
import { inOrder } from './rules.ts'

/** A declaration as it was submitted. Files by name: two uploads of one paper are told apart by their content only. */
export interface Snapshot {
  firm: { name: string; creditCode: string; industryCode: string; class: string; kind: string | null; size: string | null }
  workplace: { name: string; scene: string; address: string }
  plannedDate: string | null; headcount: number | null; level: string | null; procedure: string | null
  answers: Answers; files: { name: string; sha256: string }[]
}

export function differencesOf(before: Snapshot, after: Snapshot, form: Form): Difference[] {
  const found: Difference[] = []
  const compare = (code: string, one: Answer | undefined, other: Answer | undefined) => {
    const [was, is] = [one ?? null, other ?? null]
    if (inOrder(was) !== inOrder(is)) found.push({ code, before: was, after: is })
  }
  for (const part of ['firm', 'workplace'] as const) for (const [name, value] of Object.entries(after[part])) compare(`${part}.${name}`, (before[part] as Record<string, string | null>)[name] ?? null, value)
  compare('level', before.level, after.level)
  compare('plannedDate', before.plannedDate, after.plannedDate)
  compare('headcount', before.headcount, after.headcount)
  // What the form works out itself follows from what was typed.
  const codes = form.pages.flatMap((page) => page.fields.filter(({ computed }) => computed === undefined).map(({ code }) => code))
  for (const code of codes) compare(code, before.answers[code], after.answers[code])
  const prints = (files: Snapshot['files']) => files.map(({ sha256 }) => sha256).sort().join()
  if (prints(before.files) !== prints(after.files)) found.push({ code: 'files', before: before.files.map(({ name }) => name), after: after.files.map(({ name }) => name) })
  return found
}
