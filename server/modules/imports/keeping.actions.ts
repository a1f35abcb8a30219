// What imports clear away: rows after their time, files that are not needed any more, work that nobody does any more.
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import type { ImportsOptions } from './actions.ts'
import { dropFile, strayFiles, type ImportsFolder } from './file.store.ts'
import { deleteRows } from './rows.store.ts'
import { knownFiles, retentionDays, selectOld, selectStuck, selectWithFile, updateImport, upsertRetentions } from './store.ts'
import { end } from './work.actions.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Longer than any step and its tries take. */
const STUCK_MS = HOUR

/** Loads how long rows are kept; does nothing when the file is unchanged. */
export async function loadImportRetention(ctx: Ctx): Promise<void> {
  const { value, hash } = readData<{ source: string; items: { effectiveFrom: string; days: number }[] }>('data', 'china', 'import-retention.json')
  await loadOnce(ctx, 'import-retention', hash, () => upsertRetentions(ctx, value.items, value.source))
}
/** Rows, samples and keys of files go after their time; counts and events stay. */
export async function forgetOld(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - (await retentionDays(ctx)) * DAY)
  for (const row of await selectOld(ctx, before)) {
    await deleteRows(ctx, row.id)
    const open = row.state === 'read' || row.state === 'checked'
    await updateImport(ctx, row.id, { forgotten: true, preview: null, changes: null, ...(open ? { state: 'cancelled', finishedAt: ctx.now } : {}) })
  }
}
/** Files in clear stay only while they may be read again, and no longer than an hour. */
export async function dropFiles(ctx: Ctx, folder: ImportsFolder): Promise<void> {
  const before = new Date(ctx.now.getTime() - HOUR)
  for (const { id, filePath } of await selectWithFile(ctx, before)) {
    await dropFile(folder, filePath!)
    await updateImport(ctx, id, { filePath: null })
  }
  for (const name of await strayFiles(folder, await knownFiles(ctx), before)) await dropFile(folder, name)
}
/** Says of imports whose work stopped for good that it did, so that their owner can go on. */
export async function endStuck(ctx: Ctx, options: Pick<ImportsOptions, 'targets'>): Promise<void> {
  for (const row of await selectStuck(ctx, new Date(ctx.now.getTime() - STUCK_MS))) {
    if (row.state === 'uploaded') await updateImport(ctx, row.id, { state: 'failed', failure: 'imports.too_slow', finishedAt: ctx.now })
    else await end(ctx, options.targets.find((one) => one.code === row.target), row, row.state === 'checking' ? 'check' : 'run', 'failed', 'imports.stopped')
  }
}
