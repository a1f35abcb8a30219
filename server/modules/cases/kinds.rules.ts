// Whether a kind of cases is sound: every fault is told at boot, so that no case is ever led into a state without a way out.
import type { CaseKind } from './ports.ts'

const CODE = /^[a-z][A-Za-z]{0,39}$/
/** Every fault of a kind as a sentence; none means that it can be registered. */
export function kindFaults(kind: CaseKind): string[] {
  const faults: string[] = []
  const states = Object.keys(kind.states)
  const fault = (text: string) => void faults.push(`${kind.code}: ${text}`)
  const known = (state: string, where: string) => { if (!Object.hasOwn(kind.states, state)) fault(`${where} names the unknown state ${state}`) }
  const said = (text: { zh: string; en: string } | undefined, what: string) => { if (!text?.zh.trim() || !text.en.trim()) fault(`${what} has no text in both languages`) }
  const named = (codes: readonly string[]) => { for (const code of codes) if (!CODE.test(code)) fault(`${code} is no code`) }

  named([kind.code, ...states, ...Object.keys(kind.deeds)])
  said(kind.name, 'the kind')
  known(kind.opens, 'opens')
  for (const [code, state] of Object.entries(kind.states)) {
    said(state.name, `state ${code}`)
    if (state.pausedFor !== undefined && !Object.hasOwn(kind.pauses, state.pausedFor)) fault(`state ${code} pauses for the unknown reason ${state.pausedFor}`)
    if (state.pausedFor !== undefined && state.waitingFor === 'none') fault(`state ${code} has ended and cannot pause`)
  }
  for (const [code, text] of Object.entries({ ...kind.pauses, ...kind.events, ...kind.results })) said(text, code)
  for (const [code, deed] of Object.entries(kind.deeds)) {
    said(deed.name, `deed ${code}`)
    for (const state of deed.from) {
      known(state, `deed ${code}`)
      if (kind.states[state]?.waitingFor === 'none') fault(`deed ${code} begins in ${state}, which has ended`)
    }
    if (!deed.from.length) fault(`deed ${code} begins nowhere`)
    for (const state of targetsOf(deed.to)) known(state, `deed ${code}`)
    if (typeof deed.to === 'object') {
      if (!Object.keys(deed.to).length) fault(`deed ${code} has no outcome`)
      for (const outcome of Object.keys(deed.to)) said(deed.outcomes?.[outcome], `outcome ${outcome} of ${code}`)
      if (!deed.needs?.includes('outcome')) fault(`deed ${code} goes by an outcome and does not ask for it`)
    }
    if (deed.bulk && !kind.decide) fault(`deed ${code} is for many at once and the room cannot decide it`)
    if (deed.bulk && (deed.who === 'firm' || deed.who === 'clock' || deed.who === 'issuer')) fault(`deed ${code} is for many at once and not for an office`)
    if (deed.bulk && deed.needs?.includes('evidence')) fault(`deed ${code} asks for evidence and cannot be done on many at once`)
  }
  const reached = reachedFrom(kind)
  for (const state of states) if (!reached.has(state)) fault(`state ${state} is never reached`)
  for (const [state, { waitingFor }] of Object.entries(kind.states)) if (waitingFor !== 'none' && !Object.values(kind.deeds).some((deed) => deed.from.includes(state))) fault(`nothing leads out of ${state}`)
  if (!Object.values(kind.states).some((state) => state.waitingFor === 'none')) fault('no state ends it')
  return faults
}
const targetsOf = (to: string | Readonly<Record<string, string>>): string[] => (typeof to === 'string' ? [to] : Object.values(to))
function reachedFrom(kind: CaseKind): Set<string> {
  const reached = new Set([kind.opens])
  for (let before = 0; before !== reached.size;) {
    before = reached.size
    for (const deed of Object.values(kind.deeds)) if (deed.from.some((state) => reached.has(state))) for (const state of targetsOf(deed.to)) reached.add(state)
  }
  return reached
}
