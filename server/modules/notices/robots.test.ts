// Robots over HTTP and jobs, against a receiver that listens here: sealed addresses, signatures, limits, waits, bundles, giving up, a killed worker.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listNotices } from '@fugong/contract/notices'
import { addRobot, changeRobot, listRobots, removeRobot, testRobot, type Robot } from '@fugong/contract/notices.robots'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { asSystem } from '../../base/request.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { notify } from './notify.actions.ts'
import { sendPosts } from './posts.actions.ts'

interface Heard { path: string; key: string; body: { msgtype: string; markdown: { title?: string; text?: string; content?: string } } }
let receiver: Server
let host: string
let heard: Heard[] = []
let answer: { status: number; text: string } = { status: 200, text: '{"errcode":0}' }
let city: City
let administrator: Someone
let unitId: string
let begin: number
const OK = { status: 200, text: '{"errcode":0}' }
beforeAll(async () => {
  receiver = createServer((request, reply) => {
    let body = ''
    request.on('data', (part) => { body += String(part) })
    request.on('end', () => {
      heard.push({ path: request.url!, key: String(request.headers['idempotency-key']), body: JSON.parse(body) as Heard['body'] })
      reply.writeHead(answer.status)
      reply.end(answer.text)
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`
  city = await openCity({ now: '2020-02-24T02:00:00Z', environment: { ROBOT_ALLOW: host } })
  administrator = await city.as('luyuanming')
  unitId = await city.system(async (ctx) => (await sql<{ unitId: string }>`select g.unit_id from identity.people p join identity.grants g on g.person_id = p.id where p.username = 'tianyuqing'`.execute(ctx.db)).rows[0]!.unitId)
  begin = city.clock.now().getTime()
})
afterAll(async () => { receiver.close(); await city?.close() })
beforeEach(async () => {
  answer = OK
  heard = []
  begin += 3_600_000 / 4
  city.clock.set(new Date(begin))
  for (const robot of (await administrator.call(listRobots)).items) await administrator.call(removeRobot, { params: { id: robot.id }, body: { revision: robot.revision } })
})

const add = (change: object = {}): Promise<Robot> => administrator.call(addRobot, { body: { unitId, name: '值班群', format: 'dingtalk', url: `http://${host}/robot/send?access_token=t`, secret: 'SECsecret1', language: 'zh', kinds: ['case'], active: true, ...change } })
const tell = (title: string, template: 'case.overdue' | 'case.pressed' = 'case.overdue', to: string = unitId) => city.system((ctx) => template === 'case.overdue'
  ? notify(ctx, { template, to: { unitId: to, verb: 'nothing.held' }, params: { title, until: '2020-02-24T01:00:00Z' }, link: '/console/x', about: { kind: 'case', id: newId() } })
  : notify(ctx, { template, to: { unitId: to, verb: 'nothing.held' }, params: { title, unit: { zh: '指挥部', en: 'Command' } }, link: '/console/x', about: { kind: 'case', id: newId() } }))
const later = (minutes: number) => city.clock.set(new Date(city.clock.now().getTime() + minutes * 60_000))
const options = () => ({ city: '520100', publicUrl: 'https://fugong.test', poster: { fault: () => undefined, post: async () => OK } })
const only = async () => (await administrator.call(listRobots)).items[0]!

describe('a robot', () => {
  it('is given to a unit with its address and secret sealed, and neither is told again', async () => {
    const robot = await add()
    expect(robot).toMatchObject({ name: '值班群', host, signed: true, revision: 1, waiting: 0 })
    expect(JSON.stringify((await administrator.call(listRobots)).items)).not.toMatch(/access_token|SECsecret1/)
    const stored = await city.system(async (ctx) => JSON.stringify((await sql`select r::text from notices.robots r where id = ${robot.id}`.execute(ctx.db)).rows))
    expect(stored).not.toMatch(/access_token|SECsecret1/)
    const events = await city.system(async (ctx) => JSON.stringify((await sql`select payload from base.events where subject_id = ${robot.id}`.execute(ctx.db)).rows))
    expect(events).not.toMatch(/access_token|SECsecret1/)
    expect(city.log.join('\n')).not.toMatch(/access_token|SECsecret1/)
  })
  it.each<[string, string, string]>([
    ['not https', 'http://oapi.dingtalk.com/robot/send', 'issue.robot_not_https'], ['this machine', 'https://127.0.0.1/x', 'issue.robot_not_public'], ['a cloud’s own address', 'https://169.254.169.254/latest', 'issue.robot_not_public'],
    ['a name within', 'https://db.internal/x', 'issue.robot_not_public'], ['a password', 'https://a:b@oapi.dingtalk.com/x', 'issue.robot_with_password'],
  ])('is refused an address that is %s', async (_, url, code) => {
    const refused = await administrator.refused(addRobot, { body: { unitId, name: 'x', format: 'wecom', url, secret: null, language: 'zh', kinds: ['case'], active: true } })
    expect(refused.issues).toMatchObject([{ path: '/url', code }])
  })
  it('is refused with every fault at once, and nothing is kept', async () => {
    const refused = await administrator.refused(addRobot, { body: { unitId: newId(), name: '', format: 'other', url: 'x', secret: 'short', language: 'fr', kinds: [], active: 1 } })
    expect(refused.issues.map(({ path }) => path).sort()).toEqual(['/active', '/format', '/kinds', '/language', '/name', '/secret', '/url'])
    expect((await administrator.refused(addRobot, { body: { unitId: newId(), name: 'x', format: 'wecom', url: `http://${host}/`, secret: null, language: 'zh', kinds: ['case'], active: true } })).issues).toMatchObject([{ path: '/unitId' }])
    expect((await administrator.call(listRobots)).items).toEqual([])
  })
  it('is changed on what was seen, keeps what is not given anew, and is no longer there once removed', async () => {
    const robot = await add()
    const { name: _name, ...settings } = { name: '', format: robot.format, language: 'en' as const, kinds: robot.kinds, active: true }
    const changed = await administrator.call(changeRobot, { params: { id: robot.id }, body: { ...settings, name: '夜班群', revision: 1 } })
    expect(changed).toMatchObject({ name: '夜班群', language: 'en', signed: true, host, revision: 2 })
    expect((await administrator.refused(changeRobot, { params: { id: robot.id }, body: { ...settings, name: 'x', revision: 1 } })).code).toBe('notices.robot_changed')
    await administrator.call(removeRobot, { params: { id: robot.id }, body: { revision: 2 } })
    for (const endpoint of [testRobot, removeRobot]) expect((await administrator.refused(endpoint, { params: { id: robot.id }, body: endpoint === testRobot ? {} : { revision: 3 } })).code).toBe('not_found')
  })
  it('says at a test what it was answered', async () => {
    const robot = await add()
    expect(await administrator.call(testRobot, { params: { id: robot.id }, body: {} })).toEqual({ ok: true, why: null, code: 0 })
    answer = { status: 200, text: '{"errcode":310000,"errmsg":"sign not match"}' }
    expect(await administrator.call(testRobot, { params: { id: robot.id }, body: {} })).toEqual({ ok: false, why: 'refused', code: 310000 })
    answer = { status: 200, text: '{"errcode":130101}' }
    expect(await administrator.call(testRobot, { params: { id: robot.id }, body: {} })).toEqual({ ok: false, why: 'too_many', code: 130101 })
  })
})

describe('what a unit is told', () => {
  it('reaches its DingTalk group signed, with the way back into the product', async () => {
    await add()
    await tell('云岩一号')
    expect(heard).toEqual([])
    await city.work()
    expect(heard).toHaveLength(1)
    const query = new URLSearchParams(heard[0]!.path.split('?')[1])
    expect(query.get('sign')).toBe(createHmac('sha256', 'SECsecret1').update(`${query.get('timestamp')}\nSECsecret1`).digest('base64'))
    expect(heard[0]!.body).toMatchObject({ msgtype: 'markdown', markdown: { title: '办件已逾期', text: expect.stringContaining('云岩一号') as string } })
    expect(heard[0]!.body.markdown.text).toContain('[打开](https://fugong.test/console/x)')
    expect(await only()).toMatchObject({ waiting: 0, sent: 1, failed: 0 })
  })
  it('shows the name that a firm gave itself as words, never as a link or a mention', async () => {
    await add({ secret: null })
    await tell('[紧急，点此登录](https://evil.example) <@all> ![x](//evil.example)')
    await city.work()
    const { text } = heard[0]!.body.markdown
    expect(text).toContain('［紧急，点此登录］(https：//evil.example) ＜@all＞')
    expect(text!.match(/\]\(/g)).toHaveLength(1)
  })
  it('reaches a WeCom group in its own form and language, unsigned', async () => {
    await add({ format: 'wecom', language: 'en', url: `http://${host}/cgi-bin/webhook/send?key=k`, secret: null })
    await tell('Case 1')
    await city.work()
    expect(heard[0]!.path).toBe('/cgi-bin/webhook/send?key=k')
    expect(heard[0]!.body.markdown.content).toContain('Case overdue')
  })
  it('reaches neither another unit’s group, nor one that does not hear of the kind, nor one at rest', async () => {
    await add({ kinds: ['declaration'] })
    await add({ active: false })
    await tell('x')
    await tell('x', 'case.overdue', newId())
    await city.work()
    expect(heard).toEqual([])
  })
  it('is one post when it is many of one template, and each of another template its own', async () => {
    await add()
    for (let i = 0; i < 5; i++) await tell(`第 ${i} 件`)
    await tell('另一件', 'case.pressed')
    await city.work()
    expect(heard).toHaveLength(2)
    expect(heard[0]!.body.markdown.title).toContain('5')
    expect(heard[0]!.body.markdown.text!.match(/第 \d 件/g)).toHaveLength(5)
    expect(await only()).toMatchObject({ waiting: 0, sent: 6 })
  })
  it('keeps to twenty a minute and loses nothing', async () => {
    await add()
    // Three wait at a time: too few to become one.
    for (let i = 0; i < 24; i++) { await tell(`n${i}`); if (i % 3 === 2) await city.work() }
    expect(heard).toHaveLength(20)
    later(1.1)
    await city.work()
    await city.work()
    expect((await only()).waiting).toBe(0)
    for (let i = 0; i < 24; i++) expect(JSON.stringify(heard)).toContain(`n${i}”`)
  })
  it('rests ten minutes when the provider says so, which costs no try', async () => {
    await add()
    await tell('x')
    answer = { status: 200, text: '{"errcode":130101}' }
    await city.work()
    later(9)
    await city.work()
    expect(heard).toHaveLength(1)
    answer = OK
    later(1.1)
    await city.work()
    expect(heard).toHaveLength(2)
    expect(await only()).toMatchObject({ waiting: 0, sent: 1, failed: 0, stoppedAt: null })
  })
  it('is tried six times with longer waits, then given up and told to administrators', async () => {
    await add()
    await tell('x')
    answer = { status: 500, text: 'down' }
    for (const minutes of [0, 1, 2, 4, 8, 16, 32, 60]) { later(minutes + 0.1); await city.work() }
    expect(heard).toHaveLength(6)
    expect(await only()).toMatchObject({ waiting: 0, failed: 1, stoppedAt: expect.any(String) as string })
    expect((await administrator.call(listNotices)).items[0]).toMatchObject({ kind: 'notice', title: { zh: '机器人消息发送失败' }, link: '/console/robots' })
    answer = OK
    await tell('y')
    await city.work()
    expect((await only()).stoppedAt).toBeNull()
  })
})

it('a worker killed between posting and marking posts again under the same key, so that a receiver that keeps keys shows it once', async () => {
  await add()
  await tell('once')
  const keys: string[] = []
  const poster = { fault: () => undefined, post: async (_url: string, _body: string, { key }: { key: string }) => { keys.push(key); return OK } }
  const killed = asSystem(city.system_.services, async (ctx) => {
    await sendPosts(ctx, { ...options(), poster })
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await only()).toMatchObject({ waiting: 1, sent: 0 })
  await asSystem(city.system_.services, (ctx) => sendPosts(ctx, { ...options(), poster }))
  await asSystem(city.system_.services, (ctx) => sendPosts(ctx, { ...options(), poster }))
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  expect(await only()).toMatchObject({ waiting: 0, sent: 1 })
})
