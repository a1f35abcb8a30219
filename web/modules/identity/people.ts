// How people, their roles and their devices are said on these pages.
import type { Grant, Person } from '@fugong/contract/identity'
import type { Say } from '../../base/i18n.ts'

/** The one state a list shows; what needs a deed comes first. */
export function statusOf(person: Pick<Person, 'active' | 'recovery' | 'invited'>): 'inactive' | 'recovery' | 'invited' | 'active' {
  if (!person.active) return 'inactive'
  return person.recovery ? 'recovery' : person.invited ? 'invited' : 'active'
}
export const STATUS_TONES = { active: 'good', invited: 'info', recovery: 'warn', inactive: 'neutral' } as const

export function stateOfGrant(grant: Pick<Grant, 'inForce' | 'from'>, now: number = Date.now()): 'stateIn' | 'stateComing' | 'stateEnded' {
  return grant.inForce ? 'stateIn' : Date.parse(grant.from) > now ? 'stateComing' : 'stateEnded'
}

const BROWSERS: [RegExp, string][] = [[/MicroMessenger\//, 'me.wechat'], [/Edg(A|iOS)?\//, 'Edge'], [/OPR\//, 'Opera'], [/QQBrowser\//, 'QQ Browser'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Version\/.*Safari\//, 'Safari']]
const SYSTEMS: [RegExp, string][] = [[/HarmonyOS/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPod/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/Linux|X11/, 'Linux']]
/** Browser and system of a user agent in the words people use; as it is when neither is known. */
export function deviceOf(agent: string, t: Say): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1]
  const named = browser?.startsWith('me.') ? t(browser) : browser
  if (named && system) return t('me.on', { browser: named, system })
  return named ?? system ?? (agent.trim().slice(0, 60) || t('me.unknownDevice'))
}
