// Turns a fault into the words its reader sees: the contract's registry, plus what only a browser can meet.
import type { Issue } from '@fugong/contract/base'
import { issueText, problemText, type Language } from '@fugong/contract/problems'
import { ApiProblem } from './api.ts'
import { instant } from './format.ts'
import { hasText, language, say } from './i18n.ts'

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** Params as a reader sees them: moments in local time, state codes by the module's own words (`state.<code>`). */
function readable(code: string, params: Record<string, unknown>): Record<string, unknown> {
  const module = code.split('.')[0]!
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (typeof value === 'string' && MOMENT.test(value)) return [name, instant(value)]
    if (name === 'state' && typeof value === 'string' && hasText(module, `state.${value}`)) return [name, say(module, `state.${value}`)]
    return [name, value]
  }))
}

/** One sentence for any error that a call or a screen can throw. */
export function wordsOf(error: unknown, spoken: Language = language()): string {
  if (!(error instanceof ApiProblem)) return say('base', 'problem.unexpected')
  if (error.code === 'network.failed') return say('base', 'problem.network')
  return problemText(error.code, readable(error.code, error.params), spoken)
}

/** One sentence for a fault of an entry; `label` is what the form calls the field. */
export function wordsOfIssue(issue: Issue, label: string | undefined, spoken: Language = language()): string {
  const field = label ?? say('base', 'form.this')
  const words = issueText(issue.code, { field, ...readable(issue.code, issue.params ?? {}) }, spoken)
  return spoken === 'en' ? words.charAt(0).toUpperCase() + words.slice(1) : words
}
