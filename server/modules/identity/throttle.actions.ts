// Slows guessing at sign-in without shutting anyone out: what is counted, when a try is heard, what follows a failure or success.
import type { ProblemCode } from '@fugong/contract/problems'
import type { Ctx } from '../../base/context.ts'
import { problem, refusedAndKept, type Problem } from '../../base/problem.ts'
import { addressKey, addressPrefix, counting, FORGET_MS, isKnown, resendWait, slowDown, waitFor } from './rules.ts'
import { claimTry, clearFailures, countFailure, selectCodeHours, selectTries } from './tries.store.ts'

export interface Attempt {
  method: 'password' | 'phone'
  /** Blind keys: the account from this network, this address (of IPv6 its /64) as a whole, the account from anywhere. */
  pair: Buffer
  address: Buffer
  account: Buffer
  failures: number
}

const keyOf = (system: Ctx, text: string) => system.sealer.blind('sign-in tries', text)
const pairKey = (system: Ctx, method: Attempt['method'], account: string) => keyOf(system, `${method} ${account} ${addressPrefix(system.client.address)}`)

/** Refuses with `identity.sign_in_slowed` to send a code to a phone; answers the keys to count it under once it is sent. */
export async function checkCodeSending(system: Ctx, phone: string, lastAt: string | undefined): Promise<Buffer[]> {
  const pair = pairKey(system, 'phone', phone)
  const known = isKnown((await selectTries(system, [pair])).get(pair.toString('hex')), system.now)
  const network = keyOf(system, `codes ${phone} ${addressPrefix(system.client.address)}`)
  const unknown = keyOf(system, `codes ${phone}`)
  const hours = await selectCodeHours(system, [network, unknown])
  const seconds = resendWait(lastAt, { network: hours.get(network.toString('hex')), unknown: known ? undefined : hours.get(unknown.toString('hex')) }, system.now)
  if (seconds > 0) throw problem('identity.sign_in_slowed', { seconds })
  return known ? [network] : [network, unknown]
}

/** Hears a try or refuses it with `identity.sign_in_slowed`. Only one try at a time per account and network is heard; the others do not wait but are refused. */
export async function beginAttempt(system: Ctx, method: Attempt['method'], account: string): Promise<Attempt> {
  const { address } = system.client
  const attempt = { method, pair: pairKey(system, method, account), address: keyOf(system, `${method} address ${addressKey(address)}`), account: keyOf(system, `${method} ${account}`) }
  if (!(await claimTry(system, attempt.pair))) throw problem('identity.sign_in_slowed', { seconds: 1 })
  const read = async () => {
    const found = await selectTries(system, [attempt.pair, attempt.address, attempt.account])
    return { pair: found.get(attempt.pair.toString('hex')), address: found.get(attempt.address.toString('hex')), account: found.get(attempt.account.toString('hex')) }
  }
  const tries = await read()
  // Codes by phone have their own small number of tries; an account-wide spacing is for passwords.
  const seconds = waitFor(method === 'password' ? tries : { ...tries, account: undefined }, system.now)
  if (seconds > 0) throw problem('identity.sign_in_slowed', { seconds })
  if (method === 'password' && !isKnown(tries.pair, system.now) && counting(tries.account, system.now) > 0 && !(await claimTry(system, attempt.account))) {
    throw problem('identity.sign_in_slowed', { seconds: 1 })
  }
  return { ...attempt, failures: counting(tries.pair, system.now) }
}
/** Counts and announces a failure; answers the refusal to throw, which keeps both. */
export async function failAttempt(system: Ctx, attempt: Attempt, personId: string | undefined, code: ProblemCode): Promise<Problem> {
  await countFailure(system, [attempt.pair, attempt.address, attempt.account], new Date(system.now.getTime() - FORGET_MS))
  // What was typed as a username may be a password: an unknown one leaves no trace but its count.
  const subject = personId ? { kind: 'person', id: personId } : { kind: 'account', id: 'unknown' }
  system.announce('session.failed', subject, { method: attempt.method, slowed: slowDown(attempt.failures + 1, 'pair') > 0 })
  return refusedAndKept(code)
}
export async function passAttempt(system: Ctx, attempt: Attempt): Promise<void> {
  await clearFailures(system, attempt.pair, attempt.address)
}
