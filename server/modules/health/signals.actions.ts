// Signals of false reports: after each day, by the thresholds of the table, what somebody should look at; reasons for a check, never a verdict.
import type { Input, Returns } from '@fugong/contract/base'
import type { checkSignal, listSignals } from '@fugong/contract/health.signals'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { employmentFacts } from '../people/index.ts'
import { beginSweep } from './counts.store.ts'
import { openEnvelope } from './envelopes.actions.ts'
import { selectDistricts } from './handovers.store.ts'
import { decideIf } from './hours.actions.ts'
import { findBursts, findDevices, findEarly, findSame, insertSignal, lockSignal, markChecked, putMarks, selectEnvelopes, selectPlaced, selectSignals, type Finding, type SignalRow } from './signals.store.ts'
import { addDays } from './subjects.rules.ts'

export const SIGNALS_JOB = 'health.find_signals'
const PER_RUN = 40
/** Begins with the day that is over, once: first the answers are compared, then what was found is listed. */
export async function beginSignals(system: Ctx): Promise<void> {
  const day = addDays(shanghaiDay(system.now), -1)
  if (await beginSweep(system, 'signals', day)) system.enqueue(SIGNALS_JOB, { day, after: 0 }, { key: `${day} 0` })
}
/** Some envelopes at a time; after the last the thresholds are asked. Answers leave only as keyed hashes. */
export async function findSignals(system: Ctx, { day, after }: { day: string; after: number }): Promise<void> {
  const envelopes = await selectEnvelopes(system, day, after, PER_RUN)
  if (envelopes.length) {
    const places = new Map((await selectPlaced(system, day, envelopes.map(({ batchId }) => batchId))).map((one) => [`${one.batchId} ${one.position}`, one.employmentId]))
    const marks: { employmentId: string; mark: Buffer }[] = []
    for (const { batchId, sealed } of envelopes) {
      for (const [position, , answers] of await openEnvelope(system, day, sealed)) {
        const employmentId = places.get(`${batchId} ${position}`)
        // A day without a temperature is the same for everybody who is well.
        if (employmentId && typeof answers['temperature'] === 'number') marks.push({ employmentId, mark: system.sealer.blind('same answers', JSON.stringify(answers)).subarray(0, 12) })
      }
    }
    await putMarks(system, day, marks)
    system.enqueue(SIGNALS_JOB, { day, after: envelopes.at(-1)!.batchId }, { key: `${day} ${envelopes.at(-1)!.batchId}` })
    return
  }
  for (const districtCode of await selectDistricts(system)) await listDistrict(system, day, districtCode)
}
async function listDistrict(system: Ctx, day: string, districtCode: string): Promise<void> {
  const kind = (await openEmergencyFor(system, districtCode))?.kind
  const terms = kind ? await decideIf(system, 'health.signals', districtCode, kind, { district: districtCode }) : undefined
  const term = (name: string) => (typeof terms?.[name] === 'number' ? terms[name] : undefined)
  const [device, burst, seconds, same] = [term('devicePeople'), term('burstPeople'), term('burstSeconds'), term('sameDays')]
  const found: [SignalRow['kind'], number, Finding[]][] = [
    ...(device ? [['device', device, await findDevices(system, day, districtCode, device)] as [SignalRow['kind'], number, Finding[]]] : []),
    ...(burst && seconds ? [['burst', burst, await findBursts(system, day, districtCode, burst, seconds)] as [SignalRow['kind'], number, Finding[]]] : []),
    ...(same ? [['same', same, await findSame(system, day, districtCode, same)] as [SignalRow['kind'], number, Finding[]]] : []),
    ...(terms ? [['early', 1, await findEarly(system, day, districtCode)] as [SignalRow['kind'], number, Finding[]]] : []),
  ]
  let count = 0
  for (const [what, threshold, findings] of found) for (const finding of findings) {
    const [firm] = await selectFirms(system, [finding.enterpriseId])
    const places = await workplaceNames(system, [finding.workplaceId])
    await insertSignal(system, { ...finding, id: newId(), day, kind: what, threshold, enterpriseName: firm?.name ?? '–', workplaceName: places.get(finding.workplaceId) ?? '–' })
    count += 1
  }
  if (count) system.announce('health.signals_found', { kind: 'day', id: day }, { districtCode, count })
}
export async function list(ctx: Ctx, { query }: Input<typeof listSignals>): Promise<Returns<typeof listSignals>> {
  const rows = await selectSignals(ctx, query.open ?? false)
  const names = new Map((await employmentFacts(ctx, [...new Set(rows.flatMap(({ employments }) => employments.slice(0, 20)))])).map(({ employmentId, name }) => [employmentId, name]))
  const checkers = await personNames(ctx, [...new Set(rows.flatMap(({ checkedBy }) => checkedBy ?? []))])
  return { items: rows.map(({ id, day, kind, enterpriseId, enterpriseName, workplaceName, people, threshold, employments, state, checkedBy, checkedAt, note }) => ({ id, day, kind, enterpriseId, enterpriseName, workplaceName, people, threshold, names: employments.slice(0, 20).map((one) => names.get(one) ?? '–'), state, checkedBy: checkedBy ? (checkers.get(checkedBy) ?? null) : null, checkedAt, note })) }
}
export async function check(ctx: Ctx, { params, body }: Input<typeof checkSignal>): Promise<Returns<typeof checkSignal>> {
  const row = await lockSignal(ctx, params.id)
  if (!row || row.state !== 'open') throw problem('not_found')
  await markChecked(ctx, row.id, body.note.trim())
  ctx.announce('health.signal_checked', { kind: 'signal', id: row.id }, { what: row.kind })
  return { done: true as const }
}
