// A drawn filing becomes a check: a case of its unit with a due clock, and inspectors drawn by the same key from those who may inspect it.
import type { Stratum } from '@fugong/contract/spotchecks'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { newId } from '../../base/ids.ts'
import { openCase } from '../cases/index.ts'
import { doersOf, getFiled } from '../declarations/index.ts'
import { contactsOfFirms, findReviewUnit, holdersIn } from '../identity/index.ts'
import { insertCheck, scopeOf, type CheckRecord } from './checks.store.ts'
import { inspectorsFrom, keyOf } from './procedure.actions.ts'
import { putInspectors, type DrawRecord, type EntryRecord } from './draws.store.ts'
import { codeOf } from './codes.actions.ts'
import { inspectorRoles } from './policy.ts'
import { SPOT_CHECK } from './kind.actions.ts'

/** Opens the check of a drawn entry once; answers the unit that has it. The table keeps a second check of the same filing in one draw out. */
export async function openCheck(system: Ctx, draw: DrawRecord, entry: EntryRecord, stratum: Stratum): Promise<string> {
  const filed = await getFiled(system, entry.declarationId)
  const unitId = (await findReviewUnit(system, filed))?.id ?? draw.unitId
  const key = keyOf({ seed: draw.seed!, blockHash: draw.blockHash!, listHash: draw.listHash! })
  const people = await eligible(system, unitId, filed.id, filed.enterpriseId)
  const codes = new Map(people.map((personId) => [codeOf(system, draw.id, personId), personId]))
  const pool = [...codes.keys()].sort()
  const drawn = inspectorsFrom(pool, key, entry.number, stratum.inspectors)
  const row: CheckRecord = {
    ...scopeOf(filed), id: newId(), revision: 1, state: 'open', drawId: draw.id, declarationId: filed.id, certificateNumber: filed.certificateNumber, enterpriseName: filed.enterpriseName, nameKey: searchKey(filed.enterpriseName), workplaceName: filed.workplaceName, address: filed.address, scene: filed.scene, industryCode: filed.industryCode,
    unitId, inspectorIds: drawn.map((code) => codes.get(code)!), dueOn: shanghaiDay(system.now), deadline: null, drawnAt: draw.drawnAt!, checkedAt: null, reportAt: null, reportNote: null, reportIds: [], orderId: null,
    emergencyId: filed.emergencyId, emergencyKind: filed.emergencyKind, sample: filed.sample, changedBy: null, changedUnitId: null, changedAt: system.now.toISOString(),
  }
  const standing = await openCase(system, {
    ...scopeOf(row), kind: SPOT_CHECK, subjectId: row.id, title: `${row.enterpriseName} ${row.workplaceName} ${row.certificateNumber}`, emergencyId: row.emergencyId, emergencyKind: row.emergencyKind, sample: row.sample,
    steps: [[{ unitId, role: 'lead' }]], clocks: [{ clock: 'resolve', workingHours: stratum.hours }], openedBy: null,
  })
  if (standing.dueAt !== null) row.dueOn = shanghaiDay(new Date(standing.dueAt))
  await insertCheck(system, row)
  await putInspectors(system, draw.id, entry.number, drawn, pool)
  return unitId
}
/** Who may inspect: people of the unit in an inspecting role, never one who had a hand in the filing, never a contact of the firm. */
async function eligible(system: Ctx, unitId: string, declarationId: string, enterpriseId: string): Promise<string[]> {
  const [holders, doers, contacts] = await Promise.all([holdersIn(system, unitId, inspectorRoles), doersOf(system, declarationId), contactsOfFirms(system, [enterpriseId])])
  const barred = new Set([...doers, ...contacts.map(({ personId }) => personId)])
  return holders.filter((personId) => !barred.has(personId))
}
