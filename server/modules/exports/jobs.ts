// Later work of exports: writing the large ones, and ending what is over.
import type { JobKind } from '../../base/jobs.ts'
import type { ExportOptions } from './ports.ts'
import { RUN_JOB } from './actions.ts'
import { runExport, sweep } from './run.actions.ts'

export function exportsJobs(options: ExportOptions): JobKind[] {
  return [
    { name: RUN_JOB, tries: 5, before: (asSystem, payload, signal) => runExport(options, asSystem, (payload as { id: string }).id, signal), run: async () => {} },
    { name: 'exports.sweep', everySeconds: 60, run: (ctx) => sweep(options, ctx) },
  ]
}
