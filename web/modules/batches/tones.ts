// Which kind of state a firm of a plan is in, for its tag.
import type { DeclaredState, MemberState } from '@fugong/contract/batches'
import type { StateTone } from '../../base/tones.ts'

const member: Record<MemberState, StateTone> = { planned: 'neutral', changed: 'warn', invited: 'info', ready: 'good', notReady: 'warn', otherDay: 'warn', out: 'neutral' }
const declared: Record<DeclaredState, StateTone> = { none: 'neutral', declared: 'info', filed: 'good' }
export const toneOfMember = (state: MemberState): StateTone => member[state]
export const toneOfDeclared = (state: DeclaredState): StateTone => declared[state]
