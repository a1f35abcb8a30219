// Later work of rules: trials of changed tables, page by page, and clearing away old ones.
import type { JobKind } from '../../base/jobs.ts'
import type { RulesOptions } from './ports.ts'
import { TRIAL, runTrial, sweepTrials } from './trials.actions.ts'

export const rulesJobs = ({ subjects }: RulesOptions): JobKind[] => [
  { name: TRIAL, tries: 5, run: (ctx, payload) => runTrial(ctx, subjects, (payload as { trial: string }).trial) },
  { name: 'rules.sweep_trials', everySeconds: 86_400, run: sweepTrials },
]
