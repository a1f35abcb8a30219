// Clears what has served its time: codes, links, counted failures, ended sessions.
import type { Ctx } from '../../base/context.ts'
import { deleteOldInvitations } from './credentials.store.ts'
import { deleteOldSessions } from './sessions.store.ts'
import { deleteOldCodes, deleteOldTries } from './tries.store.ts'

/** Runs as the system. Events keep who signed in when; what is deleted here holds secrets or their hashes. */
export async function purge(system: Ctx): Promise<void> {
  await deleteOldCodes(system)
  await deleteOldTries(system)
  await deleteOldInvitations(system)
  await deleteOldSessions(system)
}
