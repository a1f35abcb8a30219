// Later work of files: forgetting uploads that nobody attached, and bytes that no row names.
import type { JobKind } from '../../base/jobs.ts'
import { removeStrays, removeUnattached } from './actions.ts'

export function filesJobs(options: { folder: string }): JobKind[] {
  return [
    { name: 'files.remove_unattached', everySeconds: 3600, run: (ctx) => removeUnattached(ctx, options) },
    { name: 'files.remove_strays', everySeconds: 86_400, run: (ctx) => removeStrays(ctx, options) },
  ]
}
