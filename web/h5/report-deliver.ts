// Delivers what waits sealed on the phone: under its key until its receipt is here, with growing pauses that differ from phone to phone.
import type { Answer as Given } from '@fugong/contract/forms'
import type { Receipt } from '@fugong/contract/health'
import type { Answer } from './kit.ts'
import { dropKey, dropWaiting, keepReceipt, putWaiting, waiting, type Slot, type Waiting } from './report-kept.ts'

export interface Report { key: string; day: string; slot: Slot; version?: number; answers: Record<string, Given> }
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 60000
/** Between half and all of 1, 2, 4 … seconds: phones that were refused together do not come again together. */
export const pauseAfter = (failed: number, random: number): number => Math.min(LONGEST_PAUSE, FIRST_PAUSE * Math.pow(2, failed - 1)) * (0.5 + random / 2)
/** What may be over in a moment: no network, a busy or failing server. Everything else is an answer. */
export const passes = (status: number): boolean => status === 0 || status === 429 || status >= 500

export interface Ways {
  post: (one: Waiting) => Promise<Answer<Receipt>>; wait: (milliseconds: number) => Promise<void>; random: () => number
  /** Told when something was received, refused or failed once more. */
  told: (failed: number, receipt?: Receipt) => void
}
/**
 * Goes on until nothing waits that could be received: each goes out under its own key, so what another page of this phone sends at the same time is
 * received once. What the server refuses stays where it is, with the reason, until the person decides.
 */
export async function deliverAll({ post, wait, random, told }: Ways): Promise<void> {
  for (let failed = 0; ;) {
    const next = waiting().filter((one) => !one.refused)[0]
    if (!next) return
    const answer = await post(next)
    if (answer.ok) {
      keepReceipt(answer.data)
      dropKey(next)
      dropWaiting(next)
      failed = 0
      told(0, answer.data)
    } else if (passes(answer.status)) {
      told(++failed)
      await wait(pauseAfter(failed, random()))
    } else {
      // Only if it still waits: another page may have delivered it meanwhile.
      if (waiting().some(({ key }) => key === next.key)) putWaiting({ ...next, refused: { code: answer.code, title: answer.title } })
      told(0)
    }
  }
}
