// Phones over HTTP: codes that are sent, guessed, outlived and used up; contacts of several firms; a change of number proved from both.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changePhone, getSession, listOutbox, listUnits, sendPhoneCode, signInByPhone, type Session } from '@fugong/contract/identity'
import { newId } from '../../base/ids.ts'
import { openCity, type City } from '../../test/harness.ts'
import { ask, aSecond, codeFor, lastCode, pass, signInPhone } from '../../test/sign-in.ts'
import { addMembership, endMembership, ensureContact, enterprisesOfPerson, listMembers } from './index.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())
beforeEach(() => pass(city, 2 * 3600))

const send = (phone: string, from?: string) => ask(city, sendPhoneCode, { body: { phone }, from })
const other = (code: string) => (code === '111111' ? '222222' : '111111')
const outboxSize = async () => (await city.anonymous().call(listOutbox)).messages.length
const sessionOf = async (cookie?: string) => (await ask<Session>(city, getSession, { cookie })).body

describe('signing in by phone', () => {
  it('makes the account the first time and finds it the next', async () => {
    const first = await signInPhone(city, '13800001001', { name: '钱一' })
    expect(first.body).toMatchObject({ signedIn: true, staff: false, name: '钱一', roles: ['enterpriseContact'], enterprises: [], grants: [] })
    pass(city, 60)
    const again = await signInPhone(city, '13800001001', { name: '别的名字' })
    expect([again.body['personId'], again.body['name']]).toEqual([first.body['personId'], '钱一'])
  })
  it('asks for a name the first time, without using up the code', async () => {
    const code = await codeFor(city, '13800001002')
    const asked = await signInPhone(city, '13800001002', { code, name: null })
    expect([asked.status, asked.body['issues']]).toMatchObject([422, [{ path: '/name', code: 'issue.required' }]])
    expect((await signInPhone(city, '13800001002', { code, name: ' 孙二 ' })).body['name']).toBe('孙二')
    pass(city, 60)
    expect((await signInPhone(city, '13800001002', { name: null })).body['name']).toBe('孙二')
  })
  it('lasts fourteen days', async () => {
    const { cookie } = await signInPhone(city, '13800001003')
    pass(city, 14 * 86_400 - 1)
    expect((await sessionOf(cookie)).signedIn).toBe(true)
    pass(city, 1)
    await aSecond()
    expect((await sessionOf(cookie)).signedIn).toBe(false)
  })
  it('gives a staff person no staff role: a text message is not enough for one', async () => {
    const { body, cookie } = await signInPhone(city, '13900000001')
    expect(body).toMatchObject({ name: '陆远明', staff: false, roles: ['enterpriseContact'], grants: [] })
    expect((await ask(city, listUnits, { cookie })).status).toBe(403)
  })
  it.each(['12345678901', '1380000100', '138000010011', '+8613800001001', '138 0000 1001', ''])('refuses %j as a number', async (phone) => {
    const refused = await city.anonymous().refused(sendPhoneCode, { body: { phone } })
    expect(refused.issues.map((issue) => [issue.path, issue.code])).toEqual([['/phone', 'issue.phone']])
  })
})

describe('codes', () => {
  it('are sent alike to known and unknown numbers', async () => {
    const [known, unknown] = [await send('13900000101'), await send('13800002001')]
    expect([known.status, known.body]).toEqual([200, { done: true }])
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
    await city.work()
    expect(await lastCode(city, '13900000101')).toMatch(/^\d{6}$/)
    expect(await lastCode(city, '13800002001')).toMatch(/^\d{6}$/)
  })
  it('are not sent again before a minute, from wherever it is asked', async () => {
    expect((await send('13800002002')).status).toBe(200)
    pass(city, 59)
    const early = await send('13800002002', '10.7.7.7')
    expect([early.status, early.body['code'], early.body['params']]).toEqual([429, 'identity.sign_in_slowed', { seconds: 1 }])
    pass(city, 1)
    expect((await send('13800002002')).status).toBe(200)
  })
  it('are sent once when asked for twice at the same moment', async () => {
    const answers = await Promise.all([send('13800002003'), send('13800002003')])
    expect(answers.map((one) => one.status).sort()).toEqual([200, 429])
    const before = await outboxSize()
    await city.work()
    expect((await outboxSize()) - before).toBe(1)
  })
  it('are at most five an hour to one number at the wish of one network', async () => {
    for (let i = 0; i < 5; i++) {
      expect((await send('13800002004', `10.60.0.${i}`)).status).toBe(200)
      pass(city, 60)
    }
    expect((await send('13800002004', '10.60.0.9')).body['params']).toEqual({ seconds: 3300 })
    expect((await send('13800002004', '10.61.0.1')).status).toBe(200)
    pass(city, 3300)
    expect((await send('13800002004', '10.60.0.9')).status).toBe(200)
  })
  it('are at most ten an hour to one number for strangers, which never shuts out its owner', async () => {
    expect((await signInPhone(city, '13800002014')).status).toBe(200)
    pass(city, 2 * 3600)
    for (let i = 0; i < 10; i++) {
      expect((await send('13800002014', `10.${70 + i}.0.1`)).status).toBe(200)
      pass(city, 60)
    }
    const stranger = await send('13800002014', '10.99.0.1')
    expect([stranger.status, stranger.body['params']]).toEqual([429, { seconds: 3000 }])
    // From the network where the owner has signed in before.
    expect((await signInPhone(city, '13800002014')).status).toBe(200)
    pass(city, 3000)
    expect((await send('13800002014', '10.99.0.1')).status).toBe(200)
  })
  it('work once', async () => {
    const code = await codeFor(city, '13800002005')
    expect((await signInPhone(city, '13800002005', { code })).status).toBe(200)
    const again = await signInPhone(city, '13800002005', { code })
    expect([again.status, again.body['code'], again.cookie]).toEqual([401, 'identity.code_wrong', undefined])
  })
  it('work for five minutes', async () => {
    const code = await codeFor(city, '13800002006')
    pass(city, 299)
    expect((await signInPhone(city, '13800002006', { code })).status).toBe(200)
    pass(city, 60)
    const late = await codeFor(city, '13800002006')
    pass(city, 300)
    expect((await signInPhone(city, '13800002006', { code: late })).body['code']).toBe('identity.code_wrong')
  })
  it('die after five wrong guesses, also from different networks', async () => {
    const code = await codeFor(city, '13800002007')
    for (let i = 0; i < 5; i++) expect((await signInPhone(city, '13800002007', { code: other(code) }, `10.80.${i}.1`)).body['code']).toBe('identity.code_wrong')
    expect((await signInPhone(city, '13800002007', { code }, '10.81.0.1')).body['code']).toBe('identity.code_wrong')
    pass(city, 60)
    expect((await signInPhone(city, '13800002007', {}, '10.81.0.1')).status).toBe(200)
  })
  it('of before no longer work when a new one was sent', async () => {
    const first = await codeFor(city, '13800002008')
    pass(city, 60)
    let second = await codeFor(city, '13800002008')
    if (second === first) { pass(city, 60); second = await codeFor(city, '13800002008') }
    expect((await signInPhone(city, '13800002008', { code: first })).status).toBe(401)
    expect((await signInPhone(city, '13800002008', { code: second })).status).toBe(200)
  })
  it('of one number do not open another', async () => {
    const code = await codeFor(city, '13800002009')
    await codeFor(city, '13800002010')
    if ((await lastCode(city, '13800002010')) !== code) expect((await signInPhone(city, '13800002010', { code })).status).toBe(401)
  })
  it('slow a network that keeps guessing', async () => {
    await send('13800002011')
    for (let i = 0; i < 5; i++) await signInPhone(city, '13800002011', { code: '000000' }, '10.90.0.1')
    expect((await signInPhone(city, '13800002011', { code: '000000' }, '10.90.0.1')).body).toMatchObject({ code: 'identity.sign_in_slowed', params: { seconds: 2 } })
  })
  it('that come too late are not sent at all', async () => {
    await send('13800002012')
    const before = await outboxSize()
    pass(city, 300)
    await city.work()
    expect(await outboxSize()).toBe(before)
  })
})

describe('contacts of firms', () => {
  const person = (phone: string, name: string) => city.system((ctx) => ensureContact(ctx, { phone, name }))

  it('may be several for one firm, and one for several firms', async () => {
    const [mill, mall] = [newId(), newId()]
    const [zhou, wu] = [await person('13800003001', '周三'), await person('13800003002', '吴四')]
    await city.system(async (ctx) => { await addMembership(ctx, zhou, mill); await addMembership(ctx, wu, mill); await addMembership(ctx, zhou, mall); await addMembership(ctx, zhou, mall) })
    expect(await city.system((ctx) => listMembers(ctx, mill))).toEqual([
      { personId: zhou, name: '周三', phoneMasked: '138****3001', since: expect.any(String) as string }, { personId: wu, name: '吴四', phoneMasked: '138****3002', since: expect.any(String) as string },
    ])
    expect(await city.system((ctx) => enterprisesOfPerson(ctx, zhou))).toEqual([mill, mall])
    const someone = await city.contact('13800003001')
    expect((await someone.call(getSession)).enterprises).toEqual([mill, mall])
    await city.system((ctx) => endMembership(ctx, zhou, mill))
    await aSecond()
    expect((await someone.call(getSession)).enterprises).toEqual([mall])
  })
  it('stay at least one, also when two leave at the same moment', async () => {
    const firm = newId()
    const [a, b] = [await person('13800003003', '郑五'), await person('13800003004', '王六')]
    await city.system(async (ctx) => { await addMembership(ctx, a, firm); await addMembership(ctx, b, firm) })
    const leaving = await Promise.allSettled([city.system((ctx) => endMembership(ctx, a, firm)), city.system((ctx) => endMembership(ctx, b, firm))])
    expect(leaving.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(leaving.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'identity.last_contact' })
    await expect(city.system((ctx) => endMembership(ctx, newId(), firm))).rejects.toMatchObject({ code: 'identity.not_a_member' })
    // Whoever left may come back.
    await city.system(async (ctx) => { await addMembership(ctx, a, firm); await addMembership(ctx, b, firm) })
    expect(await city.system((ctx) => listMembers(ctx, firm))).toHaveLength(2)
  })
  it('are one person however often they are named at once', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => person('13800003005', '冯七')))
    expect(new Set(ids).size).toBe(1)
  })
})

describe('changing the phone', () => {
  const change = (cookie: string | undefined, phone: string, oldCode: string, newCode: string) => ask(city, changePhone, { cookie, body: { phone, oldCode, newCode } })

  it('takes codes of both numbers; sessions elsewhere end and the old number opens the account no longer', async () => {
    const elsewhere = await signInPhone(city, '13800004001', { name: '陈八' })
    pass(city, 60)
    const here = await signInPhone(city, '13800004001')
    pass(city, 60)
    const [oldCode, newCode] = [await codeFor(city, '13800004001'), await codeFor(city, '13800004002')]
    expect((await change(here.cookie, '13800004002', oldCode, other(newCode))).body['code']).toBe('identity.code_wrong')
    expect((await change(here.cookie, '13800004002', other(oldCode), newCode)).body['code']).toBe('identity.code_wrong')
    expect((await change(here.cookie, '13800004002', oldCode, newCode)).body).toEqual({ done: true })
    await aSecond()
    expect((await sessionOf(elsewhere.cookie)).signedIn).toBe(false)
    expect((await sessionOf(here.cookie)).signedIn).toBe(true)
    pass(city, 60)
    expect((await signInPhone(city, '13800004002')).body['personId']).toBe(here.body['personId'])
    expect((await signInPhone(city, '13800004001')).body['personId']).not.toBe(here.body['personId'])
  })
  it('is refused when the number is someone else’s, but only to who holds it', async () => {
    const owner = await signInPhone(city, '13800004003', { name: '褚九' })
    const { cookie } = await signInPhone(city, '13800004004', { name: '卫十' })
    pass(city, 60)
    const [oldCode, newCode] = [await codeFor(city, '13800004004'), await codeFor(city, '13800004003')]
    expect((await change(cookie, '13800004003', oldCode, other(newCode))).body['code']).toBe('identity.code_wrong')
    const taken = await change(cookie, '13800004003', oldCode, newCode)
    expect([taken.status, taken.body['code']]).toEqual([409, 'identity.phone_taken'])
    expect((await sessionOf(owner.cookie)).signedIn).toBe(true)
  })
  it('is refused for the number one has, and to who is not signed in', async () => {
    const { cookie } = await signInPhone(city, '13800004005')
    expect((await change(cookie, '13800004005', '123456', '123456')).body['issues']).toEqual([expect.objectContaining({ path: '/phone', code: 'issue.duplicate' })])
    expect((await change(undefined, '13800004006', '123456', '123456')).status).toBe(401)
    const refused = await city.anonymous().refused(changePhone, { body: { phone: '1', oldCode: 'a', newCode: 7 } })
    expect(refused.issues.map((issue) => `${issue.path} ${issue.code}`).sort()).toEqual(['/newCode issue.type', '/oldCode issue.code_six', '/phone issue.phone'])
  })
  it('is slowed when codes are guessed', async () => {
    const { cookie } = await signInPhone(city, '13800004007')
    for (let i = 0; i < 5; i++) expect((await change(cookie, '13800004008', '000000', '000000')).status).toBe(401)
    expect((await change(cookie, '13800004008', '000000', '000000')).status).toBe(429)
  })
})

describe('the outbox', () => {
  it('shows messages, sample staff and contacts', async () => {
    const outbox = await city.anonymous().call(listOutbox)
    expect(outbox.staff).toHaveLength(30)
    expect(outbox.staff.find((one) => one.username === 'tianyuqing')).toMatchObject({ name: '田雨晴', role: 'reviewer', unitName: { zh: '云岩区复工复产工作专班' }, code: expect.stringMatching(/^\d{6}$/) as string })
    expect(outbox.staff.every((one) => one.secondsLeft > 0 && one.secondsLeft <= 30 && one.password.length >= 16)).toBe(true)
    expect(outbox.contacts.filter((one) => one.phone === '13900000109').map((one) => one.enterprise)).toEqual(['样例黔宁卫生材料有限公司', '样例开阳复合肥有限公司'])
  })
})

describe('secrets', () => {
  it('stand in clear in no event, job or log line', async () => {
    const phone = '13800005001'
    await send(phone)
    const stored = await city.system(async (ctx) => JSON.stringify([await ctx.db.selectFrom('base.jobs').selectAll().execute(), await ctx.db.selectFrom('base.events').selectAll().execute(), await ctx.db.selectFrom('base.deadLetters').selectAll().execute()]))
    await city.work()
    const code = await lastCode(city, phone)
    const { body, cookie } = await signInPhone(city, phone, { code, name: '蒋十一' })
    const after = await city.system(async (ctx) => JSON.stringify(await ctx.db.selectFrom('base.events').selectAll().execute()))
    const people = await city.system(async (ctx) => JSON.stringify((await ctx.db.selectFrom('identity.people').selectAll().where('id', '=', body['personId'] as string).execute()).map((row) => ({ ...row, phoneSealed: (row as { phoneSealed: Buffer }).phoneSealed.toString('latin1'), name: '' }))))
    const messages = (await city.anonymous().call(listOutbox)).messages
    expect(messages.length).toBeGreaterThan(5)
    for (const [where, text] of Object.entries({ stored, after, people, log: city.log.join('\n') })) {
      for (const secret of [phone, cookie!, ...messages.map((message) => message.to)]) expect(text.includes(secret), `${secret} in ${where}`).toBe(false)
      // Six digits happen in ids and times by themselves: look for a code as a value of its own.
      expect(new RegExp(`(?<![0-9a-f.])${code}(?![0-9a-f])`).test(text), `code in ${where}`).toBe(false)
      expect(text.includes('蒋十一'), `name in ${where}`).toBe(false)
    }
    expect(stored).toContain('identity.send_code')
  })
  it('are hashes in the tables of sessions and codes', async () => {
    const code = await codeFor(city, '13800005002')
    const { cookie } = await signInPhone(city, '13800005002', { code })
    const rows = await city.system(async (ctx) => [...(await ctx.db.selectFrom('identity.sessions').select('tokenHash').execute()), ...(await ctx.db.selectFrom('identity.phoneCodes').select('codeHash as tokenHash').execute())] as { tokenHash: Buffer }[])
    for (const { tokenHash } of rows) {
      expect(tokenHash).toHaveLength(32)
      expect(tokenHash.includes(cookie!.slice(0, 20))).toBe(false)
    }
  })
})

describe('a real city', () => {
  it('has no outbox', async () => {
    const { identityModule } = await import('./routes.ts')
    const outside = identityModule({ sampleCity: false, city: '520100', publicUrl: '', messages: () => [], allVerbs: () => ({}), getEmergency: async () => undefined })
    const { act } = outside.routes.find(({ endpoint }) => endpoint === listOutbox)!
    await expect(city.system((ctx) => act(ctx, {} as never))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('clearing', () => {
  it('removes codes, links, counts and sessions that served their time, and no living session', async () => {
    const { cookie } = await signInPhone(city, '13800006001')
    await ask(city, signInByPhone, { body: { phone: '13800006001', code: '000000' }, from: '10.99.0.1' })
    const count = (table: string) => city.system(async (ctx) => Number(((await ctx.db.selectFrom(table).select((eb) => eb.fn.countAll().as('n')).executeTakeFirst()) as { n: number }).n))
    pass(city, 13 * 86_400)
    await city.system((ctx) => city.system_.house.jobs.find((job) => job.name === 'identity.purge')!.run(ctx, null))
    expect([await count('identity.phone_codes'), await count('identity.invitations')]).toEqual([0, 0])
    expect((await sessionOf(cookie)).signedIn).toBe(true)
    pass(city, 32 * 86_400)
    await city.system((ctx) => city.system_.house.jobs.find((job) => job.name === 'identity.purge')!.run(ctx, null))
    expect([await count('identity.sign_in_tries'), await count('identity.sessions')]).toEqual([0, 0])
  })
})
