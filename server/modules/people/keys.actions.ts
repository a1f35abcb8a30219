// Use cases of data keys: what is sealed under which, and replacing all of them while the system runs.
import type { KeyState } from '@fugong/contract/people'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { countByKey, findRotation, insertRotation, lockRotation, noteRotation, takeEntries, takeSealed, updateEntry, updateSealed, type RotationRow } from './keys.store.ts'
import { openSecrets, sealing } from './sealed.actions.ts'

export const ROTATE_JOB = 'people.rotate_keys'
const BATCH = 1000
const PREFIX = 'people/'
/** Longer than any process goes on with a key that another has replaced, and than any transaction that began before lasts. */
const LINGER_MS = 60_000
const ownKeys = (ctx: Ctx) => ctx.sealer.envelope.keys().filter(({ label }) => label.startsWith(PREFIX))

export function showKeys(ctx: Ctx): Promise<KeyState> {
  return elevated(ctx, async (system) => {
    const [values, rotation, keys] = [await countByKey(system), await findRotation(system), ownKeys(ctx)]
    return {
      keys: keys.map(({ id, label, madeAt }) => ({ id, label, madeAt, current: !keys.some((other) => other.label === label && other.madeAt > madeAt), values: values.get(id) ?? 0 })).reverse(),
      rotation: rotation ? { id: rotation.id, begunAt: rotation.begunAt, finishedAt: rotation.finishedAt, total: rotation.total, done: rotation.done } : null,
    }
  })
}
/** A new key for every label; a job seals anew what lies under the old ones and destroys them at its end. */
export async function beginRotation(ctx: Ctx): Promise<KeyState> {
  await elevated(ctx, async (system) => {
    const running = await findRotation(system)
    if (running && running.finishedAt === null) throw problem('people.rotation_running')
    const old = ownKeys(ctx)
    const total = [...(await countByKey(system)).values()].reduce((sum, count) => sum + count, 0)
    const id = newId()
    await insertRotation(system, { id, begunBy: ctx.actor.personId, oldKeys: old.map((key) => key.id), total })
    for (const label of new Set(old.map((key) => key.label))) ctx.sealer.envelope.renew(label)
    ctx.announce('keys.rotation_begun', { kind: 'rotation', id }, { keys: old.length, values: total })
    ctx.enqueue(ROTATE_JOB, { id }, { key: id })
  })
  return showKeys(ctx)
}
/** One step: some rows sealed anew, or, when all are, the old keys destroyed. Safe to repeat. */
export async function continueRotation(system: Ctx, id: string): Promise<void> {
  const rotation = await lockRotation(system, id)
  if (!rotation || rotation.finishedAt !== null) return
  const old = new Set(rotation.oldKeys)
  const rows = await takeSealed(system, rotation.afterId, BATCH)
  const fresh = rows.filter((row) => old.has(row.keyId)).map((row) => {
    const { keyId, seal } = sealing(system, row.districtCode)
    return { id: row.id, keyId, sealed: seal(row.id, openSecrets(system, row)) }
  })
  await updateSealed(system, fresh)
  const entries = rows.length < BATCH ? await renewEntries(system, rotation) : 0
  const done = rotation.done + fresh.length + entries
  if (rows.length === BATCH) {
    await noteRotation(system, id, { done, afterId: rows.at(-1)!.id, finished: false })
    return system.enqueue(ROTATE_JOB, { id }, { key: id })
  }
  await endRotation(system, { ...rotation, done })
}
async function renewEntries(system: Ctx, { oldKeys }: RotationRow): Promise<number> {
  const labels = new Map(ownKeys(system).map(({ id, label }) => [id, label]))
  const rows = await takeEntries(system, oldKeys, BATCH * 10)
  for (const { id, sealed, keyId } of rows) {
    const under = system.sealer.envelope.under(labels.get(keyId)!)
    await updateEntry(system, { id, keyId: under.keyId, sealed: under.seal(`entry ${id}`, system.sealer.envelope.open(`entry ${id}`, sealed)) })
  }
  return rows.length
}
/** Old keys go when no value names them and nobody can still be sealing under them; what turned up meanwhile is sealed anew first. */
async function endRotation(system: Ctx, rotation: RotationRow): Promise<void> {
  const left = await countByKey(system)
  const open = rotation.oldKeys.filter((key) => left.get(key))
  const lingering = system.now.getTime() - Date.parse(rotation.begunAt) < LINGER_MS
  await noteRotation(system, rotation.id, { done: rotation.done, afterId: null, finished: !open.length && !lingering })
  if (open.length || lingering) return system.enqueue(ROTATE_JOB, { id: rotation.id }, { key: rotation.id, at: new Date(Math.max(system.now.getTime() + 1000, Date.parse(rotation.begunAt) + LINGER_MS)) })
  system.announce('keys.rotated', { kind: 'rotation', id: rotation.id }, { destroyed: rotation.oldKeys, values: rotation.done })
  // Only once it is certain that nothing names them.
  system.afterCommit(() => { for (const key of rotation.oldKeys) if (system.sealer.envelope.keys().some((one) => one.id === key)) system.sealer.envelope.destroy(key) })
}
