// Later work of files: scans, thumbnails, and forgetting what nobody needs.
import type { JobKind } from '../../base/jobs.ts'
import { SCAN_JOB, THUMBNAIL_JOB } from './actions.ts'
import { makeThumbnail, removeReleased, removeStrays, removeUnattached, scanner, scanWaiting } from './care.actions.ts'
import type { FilesOptions } from './ports.ts'

export function filesJobs(options: FilesOptions): JobKind[] {
  const scan = scanner(options)
  const idOf = (payload: unknown) => (payload as { id: string }).id
  return [
    { name: SCAN_JOB, tries: 3, before: (asSystem, payload) => scan(asSystem, idOf(payload)), run: async () => {} },
    { name: 'files.scan_waiting', everySeconds: 60, run: (ctx) => scanWaiting(options, ctx) },
    { name: THUMBNAIL_JOB, tries: 2, before: (asSystem, payload) => makeThumbnail(options, asSystem, idOf(payload)), run: async () => {} },
    { name: 'files.remove', run: (ctx) => removeReleased(ctx, options) },
    { name: 'files.remove_released', everySeconds: 3600, run: (ctx) => removeReleased(ctx, options) },
    { name: 'files.remove_unattached', everySeconds: 3600, run: (ctx) => removeUnattached(ctx, options) },
    { name: 'files.remove_strays', everySeconds: 86_400, run: (ctx) => removeStrays(ctx, options) },
  ]
}
