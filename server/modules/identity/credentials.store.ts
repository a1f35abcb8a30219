// SQL on credentials, one-time links, recoveries and the sample city's passwords; reached by elevated steps only.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'

interface CredentialTable { personId: string; passwordHash: string; totpSealed: Buffer; totpStep: number; setAt: string }
export interface InvitationRow {
  id: string; tokenHash: Buffer; personId: string; purpose: 'first' | 'recovery'; totpSealed: Buffer; createdAt: string; expiresAt: string; usedAt: string | null; tries: number
}
export interface RecoveryRow { id: string; personId: string; requestedBy: string; requestedAt: string; reason: string; confirmedBy: string | null; closedAt: string | null }
interface Tables {
  'identity.credentials': CredentialTable; 'identity.invitations': InvitationRow; 'identity.recoveries': RecoveryRow
  'identity.sampleCredentials': { personId: string; passwordSealed: Buffer }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

export function findCredential(ctx: Ctx, personId: string): Promise<CredentialTable | undefined> {
  return db(ctx).selectFrom('identity.credentials').selectAll().where('personId', '=', personId).executeTakeFirst()
}
export async function putCredential(ctx: Ctx, row: Omit<CredentialTable, 'setAt'>): Promise<void> {
  const { personId, ...secrets } = { ...row, setAt: ctx.now as unknown as string }
  await db(ctx).insertInto('identity.credentials').values({ personId, ...secrets }).onConflict((conflict) => conflict.column('personId').doUpdateSet(secrets)).execute()
}
/** Takes a time step for good; false when it or a later one was taken before. */
export async function takeStep(ctx: Ctx, personId: string, step: number): Promise<boolean> {
  const taken = await db(ctx).updateTable('identity.credentials').set({ totpStep: step }).where('personId', '=', personId).where('totpStep', '<', step).returning('personId').executeTakeFirst()
  return taken !== undefined
}

// ── one-time links ──────────────────────────────────────────────────────────
/** Makes a link for a person; an older one that was not used stops working. */
export async function insertInvitation(ctx: Ctx, row: Pick<InvitationRow, 'tokenHash' | 'personId' | 'purpose' | 'totpSealed'> & { expiresAt: Date }): Promise<void> {
  await deleteOpenInvitation(ctx, row.personId)
  await db(ctx).insertInto('identity.invitations').values({ ...row, id: newId(), expiresAt: row.expiresAt as unknown as string, createdAt: ctx.now as unknown as string, usedAt: null, tries: 0 }).execute()
}
export async function deleteOpenInvitation(ctx: Ctx, personId: string): Promise<void> {
  await db(ctx).deleteFrom('identity.invitations').where('personId', '=', personId).where('usedAt', 'is', null).execute()
}
/** A link that still works. Locked, so that two who use it at once do so one after the other. */
export function lockInvitation(ctx: Ctx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  return db(ctx).selectFrom('identity.invitations').selectAll().where('tokenHash', '=', tokenHash).where('usedAt', 'is', null)
    .where('expiresAt', '>', ctx.now as unknown as string).forUpdate().executeTakeFirst()
}
export async function markInvitationUsed(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).updateTable('identity.invitations').set({ usedAt: ctx.now as unknown as string }).where('id', '=', id).execute()
}
export async function countTryOfInvitation(ctx: Ctx, id: string): Promise<void> {
  await sql`update identity.invitations set tries = tries + 1 where id = ${id}`.execute(ctx.db)
}
export async function selectInvited(ctx: Ctx, personIds: readonly string[]): Promise<Set<string>> {
  if (!personIds.length) return new Set()
  const rows = await db(ctx).selectFrom('identity.invitations').select('personId').where('personId', 'in', [...personIds]).where('usedAt', 'is', null).where('expiresAt', '>', ctx.now as unknown as string).execute()
  return new Set(rows.map((row) => row.personId))
}
export async function deleteOldInvitations(ctx: Ctx): Promise<void> {
  await sql`delete from identity.invitations where expires_at < ${ctx.now}`.execute(ctx.db)
}

// ── recoveries ──────────────────────────────────────────────────────────────
export async function insertRecovery(ctx: Ctx, personId: string, requestedBy: string, reason: string): Promise<void> {
  await db(ctx).insertInto('identity.recoveries').values({ id: newId(), personId, requestedBy, requestedAt: ctx.now as unknown as string, reason, confirmedBy: null, closedAt: null }).execute()
}
export function selectOpenRecoveries(ctx: Ctx, personIds: readonly string[]): Promise<RecoveryRow[]> {
  return personIds.length ? db(ctx).selectFrom('identity.recoveries').selectAll().where('personId', 'in', [...personIds]).where('closedAt', 'is', null).execute() : Promise.resolve([])
}
/** Closes the open recovery of a person, confirmed or withdrawn; false when it was closed meanwhile. */
export async function closeRecovery(ctx: Ctx, id: string, confirmedBy: string | null): Promise<boolean> {
  const closed = await db(ctx).updateTable('identity.recoveries').set({ closedAt: ctx.now as unknown as string, confirmedBy }).where('id', '=', id).where('closedAt', 'is', null).returning('id').executeTakeFirst()
  return closed !== undefined
}

// ── sample city ─────────────────────────────────────────────────────────────
export async function putSamplePassword(ctx: Ctx, personId: string, passwordSealed: Buffer): Promise<void> {
  await db(ctx).insertInto('identity.sampleCredentials').values({ personId, passwordSealed }).onConflict((conflict) => conflict.column('personId').doUpdateSet({ passwordSealed })).execute()
}
/** Puts another password in the place of one that is shown; in a real city, and for whoever is not in the sample, it does nothing. */
export async function replaceSamplePassword(ctx: Ctx, personId: string, passwordSealed: Buffer): Promise<void> {
  await db(ctx).updateTable('identity.sampleCredentials').set({ passwordSealed }).where('personId', '=', personId).execute()
}
export interface SampleRow { personId: string; username: string; name: string; passwordSealed: Buffer; totpSealed: Buffer }
export async function selectSampleCredentials(ctx: Ctx): Promise<SampleRow[]> {
  return (await sql<SampleRow>`select s.person_id, p.username, p.name, s.password_sealed, c.totp_sealed from identity.sample_credentials s
    join identity.people p on p.id = s.person_id join identity.credentials c on c.person_id = s.person_id where p.active order by p.created_at, p.id`.execute(ctx.db)).rows
}
