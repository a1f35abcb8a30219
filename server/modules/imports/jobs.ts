// Later work of imports: reading, checking and storing step by step, and clearing away.
import type { JobKind } from '../../base/jobs.ts'
import type { ImportsOptions } from './actions.ts'
import { dropFiles, endStuck, forgetOld } from './keeping.actions.ts'
import { readFile, workOn, type Step } from './work.actions.ts'

export function importsJobs(options: ImportsOptions): JobKind[] {
  return [
    { name: 'imports.read', tries: 4, run: (ctx, step, attempt = 1) => readFile(ctx, options, step as Step, attempt) },
    { name: 'imports.check', tries: 6, run: (ctx, step, attempt = 1) => workOn(ctx, options, 'check', step as Step, attempt) },
    { name: 'imports.run', tries: 6, run: (ctx, step, attempt = 1) => workOn(ctx, options, 'run', step as Step, attempt) },
    { name: 'imports.end_stuck', everySeconds: 300, run: (ctx) => endStuck(ctx, options) },
    { name: 'imports.drop_files', everySeconds: 900, run: (ctx) => dropFiles(ctx, options) },
    { name: 'imports.forget_old', everySeconds: 3600, run: (ctx) => forgetOld(ctx) },
  ]
}
