// Who sends notices, who reads them, and whose they are.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'notice.send': ['reviewer', 'departmentOfficer', 'commander'],
  // Texts, robots and counts: how the system speaks, never what it told whom.
  'notice.administer': ['administrator'],
  'notice.log': ['reviewer', 'departmentOfficer', 'commander'],
} satisfies VerbTable

// A message is its sender's; a delivery is its reader's. What a unit sent is read `elevated`, after the caller's units are known.
export const messagesTable: ScopedTable = { table: 'notices.messages', person: 'person_id' }
export const deliveriesTable: ScopedTable = { table: 'notices.deliveries', person: 'person_id' }
export const preferencesTable: ScopedTable = { table: 'notices.preferences', person: 'person_id' }
// Addresses and secrets of robots, and what waits for them, are reached by administrators' deeds and jobs only.
export const scopes: ScopedTable[] = [messagesTable, deliveriesTable, preferencesTable, { table: 'notices.robots' }, { table: 'notices.posts' }]
export const constraints: Record<string, ProblemCode> = {}

/** Units in whose name the caller sends: their log is theirs to read. */
export function sendingUnits({ actor }: Ctx): string[] {
  const senders: readonly string[] = verbs['notice.send']
  return [...new Set((actor.seeingAs ? [actor.seeingAs] : actor.grants).filter((grant) => senders.includes(grant.role)).map((grant) => grant.unitId))]
}
