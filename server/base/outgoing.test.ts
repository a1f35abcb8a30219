// Which addresses a call may reach: classes of addresses, names that lead inside, the address that was checked is the one connected to, no redirects, no endless answers.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { addressFault, AddressRefused, httpPoster, isPublicAddress, outboxPoster } from './outgoing.ts'

const servers: Server[] = []
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))))
const listen = (handle: RequestListener) => new Promise<string>((done) => {
  const server = createServer(handle)
  servers.push(server)
  server.listen(0, '127.0.0.1', () => done(`127.0.0.1:${(server.address() as AddressInfo).port}`))
})
const options = { key: 'k', timeoutMs: 8000 }
const short = { key: 'k', timeoutMs: 300 }

describe('addresses', () => {
  it.each(['8.8.8.8', '203.119.24.1', '223.5.5.5', '100.63.255.255', '172.15.0.1', '172.32.0.1', '2400:3200::1', '2606:4700::1111'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))
  it.each(['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '192.0.2.7', '198.18.0.1', '224.0.0.1', '255.255.255.255',
    '::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1', 'localhost', ''])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
  it.each<[string, string | undefined]>([
    ['https://oapi.dingtalk.com/robot/send?access_token=x', undefined], ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', undefined],
    ['http://oapi.dingtalk.com/robot', 'not_https'], ['ftp://oapi.dingtalk.com', 'not_https'], ['file:///etc/passwd', 'not_https'], ['nonsense', 'not_https'], ['https://u:p@oapi.dingtalk.com/', 'with_password'],
    ['https://127.0.0.1/', 'not_public'], ['https://[::1]/', 'not_public'], ['https://2130706433/', 'not_public'], ['https://0x7f.1/', 'not_public'], ['https://localhost/', 'not_public'], ['https://db/', 'not_public'], ['https://x.internal/', 'not_public'], ['https://oapi.dingtalk.com:6379/', 'not_public'],
  ])('%s', (url, fault) => expect(addressFault(url, [])).toBe(fault))
})

describe('a call', () => {
  it('reaches a listed address, says what it is and hears the answer', async () => {
    const heard: unknown[] = []
    const host = await listen((request, answer) => {
      let body = ''
      request.on('data', (part) => { body += String(part) })
      request.on('end', () => { heard.push([request.method, request.headers['idempotency-key'], body]); answer.end('{"errcode":0}') })
    })
    expect(await httpPoster([host]).post(`http://${host}/x`, '{"a":"中"}', options)).toEqual({ status: 200, text: '{"errcode":0}' })
    expect(heard).toEqual([['POST', 'k', '{"a":"中"}']])
    await expect(httpPoster([]).post(`http://${host}/x`, '{}', options)).rejects.toThrow(AddressRefused)
    expect(heard).toHaveLength(1)
  })
  it.each([['127.0.0.1'], ['10.0.0.8'], ['::1'], ['169.254.169.254']])('is refused when the name leads to %s, alone or among others', async (inside) => {
    const family = inside.includes(':') ? 6 : 4
    for (const found of [[{ address: inside, family }], [{ address: '8.8.8.8', family: 4 }, { address: inside, family }], []]) {
      await expect(httpPoster([], async () => found).post('https://robot.example.com/', '{}', options)).rejects.toThrow('not_public')
    }
  })
  it('asks the name server once and connects to what was checked', async () => {
    const host = await listen((_, answer) => void answer.end('here'))
    let asked = 0
    const poster = httpPoster([`robot.test:${host.split(':')[1]!}`], async () => { asked += 1; return [{ address: '127.0.0.1', family: 4 }] })
    expect((await poster.post(`http://robot.test:${host.split(':')[1]!}/`, '{}', options)).text).toBe('here')
    expect(asked).toBe(1)
  })
  it('follows no redirect, waits no longer than told, reads no endless answer', async () => {
    const away = await listen((_, answer) => { answer.writeHead(302, { location: 'http://169.254.169.254/' }); answer.end() })
    expect((await httpPoster([away]).post(`http://${away}/`, '{}', options)).status).toBe(302)
    const mute = await listen(() => {})
    await expect(httpPoster([mute]).post(`http://${mute}/`, '{}', short)).rejects.toThrow()
    await expect(httpPoster([], () => new Promise(() => {})).post('https://slow.example.com/', '{}', short)).rejects.toThrow('timeout')
    const endless = await listen((_, answer) => void answer.end('x'.repeat(70_000)))
    await expect(httpPoster([endless]).post(`http://${endless}/`, '{}', options)).rejects.toThrow()
  })
  it('stays in the outbox of the sample city', async () => {
    const kept: string[][] = []
    const poster = outboxPoster((to, text) => void kept.push([to, text]))
    await poster.post('https://oapi.dingtalk.com/robot/send', JSON.stringify({ msgtype: 'markdown', markdown: { title: 't', text: '钉钉' } }), options)
    await poster.post('https://qyapi.weixin.qq.com/x', JSON.stringify({ msgtype: 'markdown', markdown: { content: '企业微信' } }), options)
    expect(kept).toEqual([['oapi.dingtalk.com', '钉钉'], ['qyapi.weixin.qq.com', '企业微信']])
    expect(poster.fault('http://127.0.0.1/')).toBe('not_https')
  })
})
