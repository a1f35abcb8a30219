// Who did something, in words: an officer or unit by name, the firm, or the system's clock.
import type { Doer } from '@fugong/contract/enterprises'
import { pick, type Say } from '../../base/i18n.ts'

export function doerWords(doer: Doer, t: Say): string {
  return pick(doer.name) || t(`doer.${doer.side}`)
}
