// Judges reports by the form and the triage table in force: equal answers of people in equal standing are judged once and remembered.
import type { Bilingual, Issue } from '@fugong/contract/base'
import type { Answers, Form } from '@fugong/contract/forms'
import { checkAnswers } from '@fugong/contract/forms.engine'
import { healthLevels } from '@fugong/contract/health'
import { evaluate, type CompiledTable } from '@fugong/contract/rules.evaluate'
import type { Ctx } from '../../base/context.ts'
import { problem, invalid, type Problem } from '../../base/problem.ts'
import { formInForce } from '../forms/index.ts'
import { tableInForce } from '../rules/index.ts'
import { findRule, ruleNumber } from './keys.store.ts'
import type { Subject } from './batch.store.ts'

export const FORM = 'health.daily'
export const TABLE = 'health.triage'
export interface Judgement { level: number; rule: number; because: Bilingual; inputs: Readonly<Record<string, unknown>> }

/** What decides at a moment in an area: both are versions that never change. */
interface Ground { form: Form; table: CompiledTable; known: Map<string, Judgement | Problem> }
const grounds = new WeakMap<Form, WeakMap<CompiledTable, Ground>>()
// A city's answers of a day are a few thousand different ones; past this they are learned anew.
const MOST_KNOWN = 20_000

async function groundOf(ctx: Ctx, { districtCode, emergencyKind }: Subject): Promise<Ground> {
  const form = await formInForce(ctx, { code: FORM, areaCode: districtCode, kind: emergencyKind })
  if (!form) throw problem('forms.none_in_force', { code: FORM })
  const table = await tableInForce(ctx, { table: TABLE, areaCode: districtCode, kind: emergencyKind })
  if (!table) throw problem('rules.no_table', { table: TABLE })
  let byTable = grounds.get(form)
  if (!byTable) grounds.set(form, (byTable = new WeakMap()))
  let ground = byTable.get(table)
  if (!ground) byTable.set(table, (ground = { form, table, known: new Map() }))
  return ground
}

/** Grounds by district and kind, each asked for once in a batch. */
export function judgeOf(ctx: Ctx): (subject: Subject, answers: Answers, text: string) => Promise<Judgement> {
  const asked = new Map<string, Promise<Ground>>()
  return async (subject, answers, text) => {
    const place = `${subject.emergencyKind} ${subject.districtCode}`
    let ground = asked.get(place)
    if (!ground) asked.set(place, (ground = groundOf(ctx, subject)))
    const { form, table, known } = await ground
    const key = `${subject.originLevel} ${subject.observed} ${subject.exposed} ${subject.missed} ${text}`
    const before = known.get(key)
    const judged = before ?? (await judge(ctx, { form, table }, subject, answers))
    if (!before) {
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(key, judged)
    }
    if (judged instanceof Error) throw judged
    return judged
  }
}

async function judge(ctx: Ctx, { form, table }: { form: Form; table: CompiledTable }, subject: Subject, answers: Answers): Promise<Judgement | Problem> {
  const issues: Issue[] = checkAnswers(form, answers, '/answers', true)
  if (issues.length) return invalid(issues)
  const decided = evaluate(table, inputsOf(subject, answers), ctx.now)
  const level = 'reason' in decided ? -1 : healthLevels.indexOf(decided.outputs['level'] as (typeof healthLevels)[number])
  if ('reason' in decided || level < 0) {
    // The table is at fault, not the person: an administrator finds the cause here.
    ctx.log.error({ table: TABLE, version: table.table.version, reason: 'reason' in decided ? decided.reason : 'level', at: 'reason' in decided ? decided.detail : decided.row }, 'no decision')
    return problem('rules.no_row', { table: TABLE })
  }
  const because = table.table.rows.find((row) => row.id === decided.row)?.because ?? decided.sentence
  return { level, rule: await ruleNumberOf(ctx, { table: TABLE, kind: subject.emergencyKind, version: decided.version, row: decided.row, because }), because, inputs: decided.inputs }
}

/** What the triage table may ask about: the answers as the form names them, and how the person stands. */
export function inputsOf(subject: Pick<Subject, 'originLevel' | 'observed' | 'exposed' | 'missed'>, answers: Answers): Record<string, unknown> {
  const symptoms = answers['symptoms']
  return {
    temperature: typeof answers['temperature'] === 'number' ? answers['temperature'] : null, symptoms: Array.isArray(symptoms) ? symptoms.length : 0,
    contact: answers['contact'] === true, diagnosis: typeof answers['diagnosis'] === 'string' ? answers['diagnosis'] : 'none', travelled: answers['travelled'] === true,
    originLevel: subject.originLevel, observed: subject.observed, exposed: subject.exposed, missed: subject.missed,
  }
}

// Given once and for ever, so kept for ever; only committed numbers may be kept, for a transaction may yet be undone.
const numbers = new WeakMap<object, Map<string, number>>()
async function ruleNumberOf(ctx: Ctx, rule: Parameters<typeof ruleNumber>[1]): Promise<number> {
  let own = numbers.get(ctx.database)
  if (!own) numbers.set(ctx.database, (own = new Map()))
  const key = `${rule.table} ${rule.kind} ${rule.version} ${rule.row}`
  const known = own.get(key)
  if (known !== undefined) return known
  const no = await ctx.apart((apart) => ruleNumber(apart, rule))
  own.set(key, no)
  return no
}
const texts = new WeakMap<object, Map<number, Bilingual>>()
/** The words of a rule by its number. */
export async function becauseOf(ctx: Ctx, no: number): Promise<Bilingual> {
  let own = texts.get(ctx.database)
  if (!own) texts.set(ctx.database, (own = new Map()))
  const before = own.get(no)
  if (before) return before
  const found = (await findRule(ctx, no))!.because
  own.set(no, found)
  return found
}
