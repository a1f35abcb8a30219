// What lies behind a colour: for the person, why; for a case officer, the facts, each reading written down before anything is opened.
import type { Bilingual } from '@fugong/contract/base'
import { healthLevels } from '@fugong/contract/health'
import type { HealthFacts, HealthReason, readHealthStatus } from '@fugong/contract/health.status'
import type { Input, Returns } from '@fugong/contract/base'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { formInForce } from '../forms/index.ts'
import { personNames } from '../identity/index.ts'
import { noteReading } from '../people/index.ts'
import { tableInForce } from '../rules/index.ts'
import { sealedOf } from './envelopes.actions.ts'
import { dayLimits, mayWorkOf } from './hours.actions.ts'
import { FORM, TABLE } from './judge.actions.ts'
import { requireBinding } from './day.actions.ts'
import { reasonOf, sourceNames } from './status.actions.ts'
import { addDays } from './subjects.rules.ts'
import { findRuleRow, findColoured, selectReports, selectStatuses, type Coloured, type ReportRow } from './turns.store.ts'

/** Why somebody has the colour they have: rule, inputs and time, or who decided otherwise. */
export async function reasonFor(system: Ctx, one: Coloured): Promise<HealthReason> {
  const [status] = await selectStatuses(system, one.employmentId, 1)
  const reports = await selectReports(system, one, addDays(shanghaiDay(system.now), -14))
  const report = status?.batchId ? reports.find(({ batchId, position }) => batchId === status.batchId && position === status.position) : status ? undefined : reports[0]
  const no = status?.rule ?? report?.rule
  const rule = no === null || no === undefined ? undefined : await findRuleRow(system, no)
  const may = mayWorkOf(system)
  const people = status ? await personNames(system, [status.byPerson, status.agreedBy].filter((id) => id !== null)) : new Map<string, string>()
  return {
    level: healthLevels[one.level]!, mayWork: await may(one), since: status?.at ?? report?.acceptedAt ?? null, source: status?.source ?? 'report', sourceName: sourceNames[status?.source ?? 'report'],
    because: rule ? { zh: rule.becauseZh, en: rule.becauseEn } : null, rule: rule ? { table: rule.tableCode, version: rule.version, row: rule.rowId } : null, reason: status ? reasonOf(system, status) : null,
    by: status?.byPerson ? (people.get(status.byPerson) ?? null) : null, until: status?.until ?? null, inputs: report ? await inputsOf(system, one, report) : [],
  }
}
/** What the table was asked, in its own words; empty once the answers are erased. */
async function inputsOf(system: Ctx, one: Coloured, report: ReportRow): Promise<{ label: Bilingual; value: Bilingual }[]> {
  const inputs = (await sealedOf(system, report))?.[3]
  const table = await tableInForce(system, { table: TABLE, areaCode: one.districtCode, kind: one.emergencyKind })
  if (!inputs || !table) return []
  return table.table.inputs.flatMap(({ name, label, codes, whenTrue, whenFalse, unit }) => {
    const value = inputs[name]
    if (value === undefined || value === null) return []
    const said = codes?.find((code) => code.value === value)?.label ?? (value === true ? whenTrue : value === false ? whenFalse : undefined)
    return [{ label, value: said ?? { zh: `${String(value)}${unit ? ` ${unit.zh}` : ''}`, en: `${String(value)}${unit ? ` ${unit.en}` : ''}` } }]
  })
}
export function readStatus(ctx: Ctx, { body }: Input<typeof readHealthStatus>): Promise<Returns<typeof readHealthStatus>> {
  return elevated(ctx, async (system) => {
    const binding = await requireBinding(system, body.token)
    const one = await findColoured(system, binding.employmentId)
    if (!one?.active) throw problem('health.not_on_roster')
    return reasonFor(system, one)
  })
}

/** Colour, changes and answers of the days that are kept; written down with its purpose and committed before anything is opened. */
export async function factsOf(ctx: Ctx, city: string, employmentId: string, reason: string): Promise<HealthFacts> {
  const one = await elevated(ctx, (system) => findColoured(system, employmentId))
  if (!one) throw problem('not_found')
  await noteReading(ctx, employmentId, { field: 'health', reason })
  return elevated(ctx, async (system) => {
    const from = addDays(shanghaiDay(ctx.now), -dayLimits(city, ctx.now).mostDays)
    const form = await formInForce(system, { code: FORM, areaCode: one.districtCode, kind: one.emergencyKind })
    const fields = form?.pages.flatMap((page) => page.fields) ?? []
    const reports: HealthFacts['reports'] = []
    for (const report of await selectReports(system, one, from)) {
      const answers = (await sealedOf(system, report))?.[2]
      reports.push({
        day: report.day, slot: report.slot, version: report.version, level: healthLevels[report.level]!, at: report.acceptedAt, relation: report.relation, erased: answers === undefined,
        answers: answers === undefined ? [] : fields.flatMap((field) => (answers[field.code] === undefined || answers[field.code] === null ? [] : [{ label: field.label, value: answerText(field, answers[field.code]) }])),
      })
    }
    const statuses = await selectStatuses(system, employmentId, 50)
    const people = await personNames(system, [...new Set(statuses.flatMap(({ byPerson, agreedBy }) => [byPerson, agreedBy]).filter((id) => id !== null))])
    const changes = statuses.map((status) => ({ at: status.at, level: healthLevels[status.level]!, before: healthLevels[status.before]!, sourceName: sourceNames[status.source], reason: reasonOf(system, status), by: status.byPerson ? (people.get(status.byPerson) ?? null) : null, agreedBy: status.agreedBy ? (people.get(status.agreedBy) ?? null) : null, until: status.until }))
    return { why: await reasonFor(system, one), reports, changes }
  })
}
interface Said { codes?: readonly { value: string; label: Bilingual }[] | undefined; unit?: Bilingual | undefined }
function answerText(field: Said, value: unknown): Bilingual {
  const one = (item: unknown): Bilingual => field.codes?.find((choice) => choice.value === item)?.label ?? (item === true ? { zh: '是', en: 'yes' } : item === false ? { zh: '否', en: 'no' } : { zh: `${String(item)}${field.unit?.zh ?? ''}`, en: `${String(item)}${field.unit ? ` ${field.unit.en}` : ''}` })
  const all = (Array.isArray(value) ? value : [value]).map(one)
  return { zh: all.map(({ zh }) => zh).join('、') || '无', en: all.map(({ en }) => en).join(', ') || 'none' }
}
