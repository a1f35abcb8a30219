// Changing one's own password over HTTP: what it takes, what it ends, and how guessing is slowed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changePassword, getSession, listOutbox, signIn, type Session } from '@fugong/contract/identity'
import { openCity, type City } from '../../test/harness.ts'
import { ask, aSecond, codeFor, faults, pass, secretsOf, signInStaff, STRONG } from '../../test/sign-in.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())
// A new code and no memory of earlier failures for each test.
beforeEach(() => pass(city, 2 * 3600))

const change = (cookie: string | undefined, body: object) => ask(city, changePassword, { cookie, body })
/** Signed in, with the next code at hand: the one of the sign-in is used up. */
async function signedIn(username: string) {
  const { cookie } = await signInStaff(city, username)
  pass(city, 60)
  return { cookie, ...(await secretsOf(city, username)) }
}
const told = (answer: { status: number; body: Record<string, unknown> }) => [answer.status, answer.body['code']]

describe('changing the password', () => {
  it('takes the present one and a code; other sessions end, this one stays, and it is announced', async () => {
    const other = await signInStaff(city, 'tianyuqing')
    pass(city, 60)
    const me = await signedIn('tianyuqing')
    expect((await change(me.cookie, { password: me.password, newPassword: STRONG, code: me.code })).status).toBe(200)
    await aSecond()
    expect((await ask<Session>(city, getSession, { cookie: me.cookie })).body.signedIn).toBe(true)
    expect((await ask<Session>(city, getSession, { cookie: other.cookie })).body.signedIn).toBe(false)
    const events = await city.system(async (ctx) => ctx.db.selectFrom('base.events').select(['name', 'payload']).where('name', 'in', ['person.password_changed', 'session.ended']).orderBy('name').execute())
    expect(events).toEqual([{ name: 'person.password_changed', payload: {} }, { name: 'session.ended', payload: { reason: 'revoked' } }])
    pass(city, 60)
    const { code } = await secretsOf(city, 'tianyuqing')
    expect(told(await ask(city, signIn, { body: { username: 'tianyuqing', password: me.password, code } }))).toEqual([401, 'identity.sign_in_failed'])
    expect((await ask(city, signIn, { body: { username: 'tianyuqing', password: STRONG, code } })).status).toBe(200)
    // The outbox still shows the code of this person, and the password no longer.
    const staff = (await city.anonymous().call(listOutbox)).staff.find((one) => one.username === 'tianyuqing')
    expect(staff).toMatchObject({ password: '', code: expect.stringMatching(/^\d{6}$/) as string })
  })
  it('refuses a wrong password, a wrong code and a code that was used, in one way', async () => {
    const me = await signedIn('fangzhiping')
    for (const wrong of [{ password: 'not the password' }, { code: '000000' }]) {
      expect(told(await change(me.cookie, { password: me.password, newPassword: STRONG, code: me.code, ...wrong }))).toEqual([422, 'identity.password_refused'])
    }
    const { cookie, username: _, ...used } = await signedIn('fangzhiping')
    expect((await ask(city, signIn, { body: { username: 'fangzhiping', ...used } })).status).toBe(200)
    expect(told(await change(cookie, { ...used, newPassword: STRONG }))).toEqual([422, 'identity.password_refused'])
    expect((await signInStaff(city, 'fangzhiping')).status).toBe(401)
  })
  it('refuses a password as weak as at the first setting, without using up the code', async () => {
    const me = await signedIn('jianghaoyu')
    for (const newPassword of ['password1234', 'jianghaoyu-2020', '123456789012', 'aaaaaaaaaaaaaa']) expect(told(await change(me.cookie, { password: me.password, newPassword, code: me.code }))).toEqual([422, 'identity.weak_password'])
    const own = await (await city.as('jianghaoyu')).refused(changePassword, { body: { newPassword: 'short', code: '12', more: 1 } })
    expect(faults(own)).toEqual(['/code issue.code_six', '/more issue.unknown', '/newPassword issue.too_short', '/password issue.required'])
    const same = await (await city.as('jianghaoyu')).refused(changePassword, { body: { password: me.password, newPassword: me.password, code: me.code } })
    expect(faults(same)).toEqual(['/newPassword issue.unchanged'])
    expect((await change(me.cookie, { password: me.password, newPassword: STRONG, code: me.code })).status).toBe(200)
  })
  it('slows guessing, and does not slow the sign-in of that person by it', async () => {
    const me = await signedIn('luochengxi')
    for (let i = 0; i < 5; i++) expect(told(await change(me.cookie, { password: `guess number ${i}`, newPassword: STRONG, code: me.code }))).toEqual([422, 'identity.password_refused'])
    expect(told(await change(me.cookie, { password: me.password, newPassword: STRONG, code: me.code }))).toEqual([429, 'identity.sign_in_slowed'])
    expect((await signInStaff(city, 'luochengxi')).status).toBe(200)
  })
  it('is for staff: whoever signed in by phone has none', async () => {
    const phone = '13900000004'
    const code = await codeFor(city, phone)
    const contact = await city.contact('13900000101')
    expect((await contact.refused(changePassword, { body: { password: 'x', newPassword: STRONG, code } })).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(changePassword, { body: { password: 'x', newPassword: STRONG, code } })).code).toBe('session.required')
  })
})
