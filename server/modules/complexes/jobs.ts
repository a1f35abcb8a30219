// What complexes hear of other rooms: a firm that comes into the register is asked by the filings that wait for it.
import type { Subscription } from '../../base/events.ts'
import { heardOfFirm } from './heard.actions.ts'

export const complexesSubscriptions: readonly Subscription[] = [{ subscriber: 'complexes.registered', names: ['enterprise.registered'], receive: (ctx, event) => heardOfFirm(ctx, event.subject.id) }]
