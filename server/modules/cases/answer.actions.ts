// What goes over the wire of a case: parts, clocks as they stand now, timeline and comments, and what the caller can do.
import type { Bilingual } from '@fugong/contract/base'
import type { Case, CaseClock, CaseComment, CaseEntry, CasePart, CaseSubject } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { filesOf } from '../files/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { runOf, workingTime } from './clocks.actions.ts'
import { workedUntil } from './clocks.rules.ts'
import { selectClocks, selectPauses, type ClockRecord, type PauseRecord } from './clocks.store.ts'
import { kindOf, resultName } from './kinds.actions.ts'
import { isOwnMatter, readsAsFirm, unitsOf } from './policy.ts'
import type { CaseKind } from './ports.ts'
import { officeDeeds, standingOf, stateOf, whenDue } from './rules.ts'
import { selectComments, selectPresses, type CommentRecord } from './talk.store.ts'
import { getCaseRow, selectParts, selectTimeline, type CaseRecord, type EntryRecord, type PartRecord } from './store.ts'

const HOUR = 3_600_000
const noName: Bilingual = { zh: '—', en: '—' }
/** Names that an answer needs, looked up once. */
interface Names { people: Map<string, string>; units: Map<string, Bilingual> }
export const unitIn = (names: Names, id: string) => ({ id, name: names.units.get(id) ?? noName })
export const personIn = (names: Names, id: string | null) => (id === null ? null : { id, name: names.people.get(id) ?? '—' })

export async function toCase(ctx: Ctx, row: CaseRecord): Promise<Case> {
  // Whose own firm it is reads what the firm reads, whatever post they hold: no talk of offices.
  const own = isOwnMatter(ctx, row)
  const [parts, clocks, pauses, entries, comments, presses, time] = await Promise.all([
    selectParts(ctx, row.id), selectClocks(ctx, [row.id]), selectPauses(ctx, [row.id]), selectTimeline(ctx, row.id), own ? [] : selectComments(ctx, row.id), selectPresses(ctx, [row.id]), workingTime(ctx),
  ])
  const timeline = entries.filter((entry) => !own || !entry.internal)
  const names = await namesFor(ctx, row, parts, timeline, comments)
  const stood = clocks.map((clock) => toClock(ctx, clock, pauses, time))
  const can = partDeeds(ctx, row, parts)
  const kind = kindOf(row.kind)
  return {
    id: row.id, revision: row.revision, kind: row.kind, kindName: kind.name, subjectId: row.subjectId, subject: await subjectOf(ctx, row), state: row.state, stateName: stateOf(kind, row.state).name, waitingFor: row.waitingFor, outcome: row.outcome, step: row.step, steps: Math.max(row.step, ...parts.map((part) => part.step)),
    districtCode: row.districtCode, sample: row.sample, openedAt: row.openedAt, openedBy: row.openedBy && (names.people.get(row.openedBy) ?? null), openedUnit: row.openedUnitId ? (names.units.get(row.openedUnitId) ?? null) : null, endedAt: row.endedAt, dueAt: whenDue(row.dueAt), standing: standingOf(row, ctx.now.toISOString()),
    parts: parts.map((part) => toPart(kind, own ? { ...part, note: null } : part, names, presses.get(part.id) ?? 0, parts, can.get(part.id) ?? [])), clocks: stood, timeline: timeline.map((entry) => toEntry(kind, entry, names)), comments: await toComments(ctx, comments, names),
    can: caseDeeds(ctx, row, parts), deeds: deedsFor(ctx, row, parts),
  }
}
/** What the room calls its record; one that the caller may not see goes by the title that the case was opened with. */
export async function subjectOf(ctx: Ctx, row: CaseRecord): Promise<CaseSubject> {
  return (await kindOf(row.kind).describe(ctx, [row.subjectId])).get(row.subjectId) ?? plainSubject(row)
}
export const plainSubject = (row: Pick<CaseRecord, 'title'>): CaseSubject => ({ title: row.title, subtitle: null, link: null, facts: [] })

async function namesFor(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[], timeline: readonly EntryRecord[], comments: readonly CommentRecord[]): Promise<Names> {
  const isId = (id: unknown): id is string => typeof id === 'string'
  const people = [row.openedBy, ...parts.map((part) => part.personId), ...timeline.flatMap((entry) => [entry.actorId, entry.params['person'], entry.params['former']]), ...comments.flatMap((comment) => [comment.personId, ...comment.mentioned])].filter(isId)
  const units = [row.openedUnitId, ...parts.map((part) => part.unitId), ...timeline.flatMap((entry) => [entry.unitId, entry.params['unit']]), ...comments.map((comment) => comment.unitId)].filter(isId)
  const [found, named] = await Promise.all([personNames(ctx, [...new Set(people)]), unitNames(ctx, [...new Set(units)])])
  return { people: found, units: named }
}
function toPart(kind: CaseKind, part: PartRecord, names: Names, presses: number, all: readonly PartRecord[], can: string[]): CasePart {
  const sender = all.find((one) => one.id === part.fromPartId)
  return {
    id: part.id, revision: part.revision, step: part.step, unit: unitIn(names, part.unitId), person: personIn(names, part.personId), role: part.role, state: part.state, result: resultName(kind, part.result), note: part.note,
    openedAt: part.openedAt, takenAt: part.takenAt, endedAt: part.endedAt, presses, fromUnit: sender ? unitIn(names, sender.unitId) : null, can,
  }
}
export function toClock(ctx: Ctx, clock: ClockRecord, pauses: readonly PauseRecord[], time: Awaited<ReturnType<typeof workingTime>>): CaseClock {
  const own = pauses.filter((pause) => pause.caseId === clock.caseId)
  const worked = workedUntil(runOf(clock, own), clock.stoppedAt === null ? ctx.now : new Date(clock.stoppedAt), time) / HOUR
  const standing = own.find((pause) => pause.endedAt === null)
  const pausedNow = clock.state === 'paused' && standing !== undefined
  const round = (hours: number) => Math.round(hours * 100) / 100
  return {
    id: clock.id, clock: clock.clock, partId: clock.partId, state: clock.state, hours: clock.hours, worked: round(worked), left: round(clock.hours - worked), startedAt: clock.startedAt, dueAt: clock.dueAt, stoppedAt: clock.stoppedAt, kept: clock.kept,
    overdue: clock.state === 'running' && clock.dueAt !== null && clock.dueAt <= ctx.now.toISOString(), pausedFor: pausedNow ? (kindOf(clock.kind).pauses[standing.reason] ?? null) : null, pausedSince: pausedNow ? standing.begunAt : null, escalations: clock.escalations,
  }
}
/** The firm reads units and states; officials also names, and what offices did among themselves. */
export function toEntry(kind: CaseKind, entry: EntryRecord, names: Names, asFirm = false): CaseEntry {
  const params: Record<string, unknown> = { ...entry.params, ...wordsOf(kind, entry) }
  if (typeof params['unit'] === 'string') params['unit'] = names.units.get(params['unit']) ?? noName
  for (const key of ['person', 'former']) if (typeof params[key] === 'string') params[key] = asFirm ? null : (names.people.get(params[key] as string) ?? '—')
  return { id: entry.id, at: entry.at, event: entry.event, params, side: entry.side, by: asFirm && entry.side === 'office' ? null : (names.people.get(entry.actorId ?? '') ?? null), unit: entry.unitId ? (names.units.get(entry.unitId) ?? null) : null, note: entry.note }
}
/** Codes of the kind as words in both languages. */
function wordsOf(kind: CaseKind, { event, params }: EntryRecord): Record<string, Bilingual> {
  const code = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined)
  const words: Record<string, Bilingual | null | undefined> = { text: kind.events?.[event] }
  const [deed, to, reason, outcome, result] = ['deed', 'to', 'reason', 'outcome', 'result'].map(code)
  if (deed) words['deed'] = kind.deeds[deed]?.name
  if (to) words['to'] = kind.states[to]?.name
  if (reason) words['reason'] = kind.pauses[reason]
  if (outcome) words['outcome'] = resultName(kind, outcome)
  if (result) words['result'] = resultName(kind, result)
  return Object.fromEntries(Object.entries(words).filter((entry): entry is [string, Bilingual] => Boolean(entry[1])))
}
async function toComments(ctx: Ctx, comments: readonly CommentRecord[], names: Names): Promise<CaseComment[]> {
  const files = new Map((await filesOf(ctx, comments.flatMap((comment) => comment.fileIds))).map((file) => [file.id, file]))
  return comments.map((comment) => ({ id: comment.id, at: comment.at, by: personIn(names, comment.personId)!, unit: comment.unitId ? (names.units.get(comment.unitId) ?? null) : null, text: comment.text, mentioned: comment.mentioned.map((id) => personIn(names, id)!), files: comment.fileIds.flatMap((id) => files.get(id) ?? []) }))
}

/**
 * The timeline of a case for pages of the rooms that own the record, oldest first: firms read units and what concerns
 * them, officials names and all. `not_found` for a case that the caller does not see.
 */
export async function timelineOf(ctx: Ctx, caseId: string): Promise<CaseEntry[]> {
  const row = await getCaseRow(ctx, caseId)
  const asFirm = readsAsFirm(ctx, row)
  const entries = (await selectTimeline(ctx, row.id)).filter((entry) => !asFirm || !entry.internal)
  const names = await namesFor(ctx, row, [], entries, [])
  return entries.map((entry) => toEntry(kindOf(row.kind), entry, names, asFirm))
}

// ── what the caller can do ──────────────────────────────────────────────────
const mayTouch = (ctx: Ctx, row: CaseRecord) => row.endedAt === null && !isOwnMatter(ctx, row)
function partDeeds(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[]): Map<string, string[]> {
  const units = unitsOf(ctx)
  const can = new Map<string, string[]>()
  if (!mayTouch(ctx, row) || !ctx.may('case.work')) return can
  for (const part of parts) {
    if (part.state !== 'open' || !units.includes(part.unitId)) continue
    const mine = part.personId === ctx.actor.personId
    can.set(part.id, [
      ...(part.personId === null ? ['take'] : []), ...(ctx.may('case.assign') ? ['assign'] : []), 'handOn',
      ...(part.personId !== null && (mine || ctx.may('case.assign')) ? ['layBack'] : []), ...(part.fromPartId !== null ? ['handBack'] : []), ...(part.role === 'help' && (mine || part.personId === null) ? ['close'] : []),
    ])
  }
  return can
}
function caseDeeds(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[]): string[] {
  if (!mayTouch(ctx, row)) return ctx.may('case.work') && !isOwnMatter(ctx, row) ? ['comment'] : []
  const units = unitsOf(ctx)
  const lead = parts.some((part) => part.state === 'open' && part.role === 'lead' && units.includes(part.unitId))
  return [...(ctx.may('case.work') ? ['comment', ...(lead ? ['addHelper'] : [])] : []), ...(ctx.may('case.press') && row.waitingFor === 'office' ? ['press'] : [])]
}
function deedsFor(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[]): string[] {
  const kind = kindOf(row.kind)
  const units = unitsOf(ctx)
  const mine = parts.filter((part) => part.state === 'open' && units.includes(part.unitId) && (part.personId === null || part.personId === ctx.actor.personId))
  if (!mayTouch(ctx, row) || !mine.length || !ctx.may(kind.verb ?? 'case.work')) return []
  return officeDeeds(kind, row.state, mine.some((part) => part.role === 'lead'))
}
