// Decisions about spot checks: what a visit must say.
import type { Issue } from '@fugong/contract/base'

/** What a visit leaves out: findings unless all is well, a last day for rectifying, the order for a stop. */
export function visitFaults({ result, findings, deadline, order }: { result: 'pass' | 'rectify' | 'stopWork'; findings: string; deadline?: string | undefined; order?: object | undefined }, today: string): Issue[] {
  return [
    ...(result !== 'pass' && !findings.trim() ? [{ path: '/findings', code: 'issue.required' }] : []),
    ...(result === 'rectify' && deadline === undefined ? [{ path: '/deadline', code: 'issue.required' }] : []),
    ...(result === 'rectify' && deadline !== undefined && deadline < today ? [{ path: '/deadline', code: 'issue.past_day' }] : []),
    ...(result === 'stopWork' && order === undefined ? [{ path: '/order', code: 'issue.required' }] : []),
  ]
}
