// Which kind of state a code is, so that a declaration, a certificate or a credit code looks the same on every screen.
export type StateTone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'

const declaration: Record<string, StateTone> = { draft: 'neutral', underReview: 'info', siteCheckPending: 'info', returned: 'warn', filed: 'good', rejected: 'bad', withdrawn: 'neutral', discarded: 'neutral', suspended: 'warn', revoked: 'bad', superseded: 'neutral', expired: 'warn', closed: 'neutral' }
const certificate: Record<string, StateTone> = { valid: 'good', suspended: 'warn', revoked: 'bad', superseded: 'neutral', expired: 'warn', withdrawn: 'neutral', closed: 'neutral' }
const creditCode: Record<string, StateTone> = { valid: 'good', confirmed: 'good', pending: 'warn' }

export const toneOfDeclaration = (state: string): StateTone => declaration[state] ?? 'neutral'
export const toneOfCertificate = (state: string): StateTone => certificate[state] ?? 'neutral'
export const toneOfCreditCode = (state: string): StateTone => creditCode[state] ?? 'neutral'

export interface Declared { state: string; submittedAt: string | null; certificateState?: string | null; certificate?: { state: string } | null }
/** The state as readers are to see it: what was filed counts only while its certificate holds, and a draft given up was never withdrawn. */
export function shownState({ state, submittedAt, certificateState, certificate }: Declared): string {
  const held = certificateState ?? certificate?.state
  if (state === 'filed' && held && held !== 'valid') return held
  return state === 'withdrawn' && submittedAt === null ? 'discarded' : state
}
