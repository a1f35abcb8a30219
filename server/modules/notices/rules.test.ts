// Pure decisions of notices: quiet hours across midnight, bundles, values in words, whose texts hold, links, robots' words, answers and limits.
import { describe, expect, it } from 'vitest'
import { exampleValues, fillTemplate, smsLength, templateCodes, templateIssues, templateWarnings, type TemplateBody } from '@fugong/contract/notices.templates'
import { readData } from '../../base/data.ts'
import { signatureOf } from './robots.actions.ts'
import { allowance, fitting, joined, readAnswer, robotBody, signedText, signedUrl } from './robots.rules.ts'
import { areaChain, bundles, isOwnLink, jitter, quietUntil, robotWait, smsTiming, writtenValues, type NoticeLimits } from './rules.ts'
import { fileFaults } from './templates.actions.ts'

const limits = readData<{ versions: NoticeLimits[] }>('data', 'china', 'limits-notices.json').value.versions[0]!
const at = (shanghai: string) => new Date(`${shanghai}+08:00`)
const id = '01900000-0000-7000-8000-0000ffffffff'

describe('quiet hours', () => {
  it.each<[string, string | undefined]>([
    ['2020-02-24T21:59:59', undefined], ['2020-02-24T22:00:00', '2020-02-25T07:00:00'], ['2020-02-24T23:59:59', '2020-02-25T07:00:00'], ['2020-02-25T00:00:00', '2020-02-25T07:00:00'],
    ['2020-02-25T06:59:59', '2020-02-25T07:00:00'], ['2020-02-25T07:00:00', undefined], ['2020-02-29T23:00:00', '2020-03-01T07:00:00'], ['2020-12-31T23:00:00', '2021-01-01T07:00:00'],
  ])('%s', (moment, until) => expect(quietUntil(at(moment), limits)).toEqual(until === undefined ? undefined : at(until)))
  it.each<[string, string | undefined]>([['12:59:00', undefined], ['13:00:00', '14:00:00'], ['13:59:59', '14:00:00'], ['14:00:00', undefined]])('within one day: %s', (time, until) => {
    expect(quietUntil(at(`2020-02-24T${time}`), { quietFrom: '13:00', quietTo: '14:00' })).toEqual(until === undefined ? undefined : at(`2020-02-24T${until}`))
  })
  it('hold every moment of a day back to the next end and no further', () => {
    for (let minute = 0; minute < 1440; minute += 7) {
      const moment = new Date(at('2020-02-24T00:00:00').getTime() + minute * 60_000)
      const until = quietUntil(moment, limits)
      const hour = Math.floor(minute / 60)
      expect(until !== undefined, String(minute)).toBe(hour >= 22 || hour < 7)
      if (until) expect([until.getTime() > moment.getTime(), until.getTime() - moment.getTime() <= 9 * 3_600_000, quietUntil(until, limits)]).toEqual([true, true, undefined])
    }
  })
  it('spread what waited, always at the same place', () => {
    expect(jitter(id, 20)).toBe(jitter(id, 20))
    for (let i = 0; i < 50; i++) {
      const wait = jitter(`01900000-0000-7000-8000-0000${i.toString(16).padStart(2, '0')}abcd9f`.slice(0, 36), 20)
      expect(wait >= 0 && wait < 20 * 60_000).toBe(true)
    }
    expect(jitter(id, 0)).toBe(0)
  })
})
describe('the time of a text message', () => {
  const day = at('2020-02-24T10:00:00')
  const lately = (n: number) => Array.from({ length: n }, (_, i) => new Date(day.getTime() - (i + 1) * 600_000))
  it('is now by day, later by night, always now when urgent', () => {
    expect(smsTiming(day, id, { urgent: false, held: false, sentLately: [] }, limits)).toBe('now')
    expect(smsTiming(at('2020-02-24T23:00:00'), id, { urgent: true, held: false, sentLately: lately(9) }, limits)).toBe('now')
    const later = smsTiming(at('2020-02-24T23:00:00'), id, { urgent: false, held: false, sentLately: [] }, limits)
    expect(later).toMatchObject({ why: 'quiet' })
    expect(later !== 'now' && later.due.getTime() - at('2020-02-25T07:00:00').getTime()).toBe(jitter(id, limits.jitterMinutes))
  })
  it('waits for the end of the hour after more than the limit, and not a second time', () => {
    expect(smsTiming(day, id, { urgent: false, held: false, sentLately: lately(limits.bundleAbove - 1) }, limits)).toBe('now')
    expect(smsTiming(day, id, { urgent: false, held: false, sentLately: lately(limits.bundleAbove) }, limits)).toEqual({ due: at('2020-02-24T10:30:00'), why: 'bundle' })
    expect(smsTiming(day, id, { urgent: false, held: true, sentLately: lately(limits.bundleAbove) }, limits)).toBe('now')
  })
  it.each<[number, boolean, boolean]>([[1, false, false], [3, false, false], [4, false, true], [1, true, false], [2, true, true]])('%i waiting, held %s: as one %s', (waiting, held, together) => expect(bundles(waiting, held, limits)).toBe(together))
})
describe('texts', () => {
  it('of the product are sound, cover every template and fit into one text message', () => {
    const { value } = readData<Parameters<typeof fileFaults>[0]>('data', 'china', 'notice-templates.json')
    expect(fileFaults(value)).toEqual([])
    expect(value.items.filter(({ code, ...body }) => templateWarnings(code, body)).map(({ code }) => code)).toEqual([])
    for (const { code, title, text } of value.items) for (const language of ['zh', 'en'] as const) expect(fillTemplate(`${title[language]} ${text[language]}`, exampleValues(code, language)), code).not.toMatch(/[{}]/)
  })
  it('of a broken file are told all at once', () => {
    const { value } = readData<Parameters<typeof fileFaults>[0]>('data', 'china', 'notice-templates.json')
    const broken = structuredClone(value)
    broken.items = broken.items.filter(({ code }) => code !== 'case.pressed')
    broken.items[0]!.text.zh = '{unknown} {'
    broken.items[1]!.title.en = ''
    broken.items[2]!.sms = null
    broken.items.push({ ...broken.items[3]! }, { ...broken.items[3]!, code: 'nobody.sends' as never })
    const faulty = new Set(fileFaults(broken).map((fault) => fault.split(':')[0]))
    expect(faulty).toEqual(new Set([...broken.items.slice(0, 4).map(({ code }) => code), 'nobody.sends', 'case.pressed']))
  })
  const body: TemplateBody = { title: { zh: '标题', en: 'Title' }, text: { zh: '“{title}”', en: '“{title}”' }, sms: { zh: '{title}', en: '{title}' }, robot: null, smsMode: 'on', urgent: false, robots: false }
  it.each<[string, string[]]>([['{title}', []], ['{name}', ['/text/zh']], ['{', ['/text/zh']], ['}', ['/text/zh']], ['{{title}}', ['/text/zh']], ['{}', ['/text/zh']], ['{tit le}', ['/text/zh']]])('with %s', (zh, paths) => {
    expect(templateIssues('case.assigned', { ...body, text: { zh, en: 'x' } }).map(({ path }) => path)).toEqual(paths)
  })
  it('need a text message where one is sent, and are measured with their sign', () => {
    expect(templateIssues('case.assigned', { ...body, sms: null })).toEqual([{ path: '/sms/zh', code: 'issue.required' }])
    expect(templateIssues('case.assigned', { ...body, sms: null, smsMode: 'never' })).toEqual([])
    expect(smsLength('一'.repeat(66))).toBe(70)
    expect([templateWarnings('case.assigned', { sms: { zh: '一'.repeat(66), en: 'x' } }), templateWarnings('case.assigned', { sms: { zh: '一'.repeat(67), en: 'x' } })]).toEqual([null, { length: 71 }])
  })
  it('are filled in once, from values only', () => {
    expect(fillTemplate('{a}{b}{toString}', { a: '{b}', b: '2' })).toBe('{b}2{toString}')
  })
  it('say days, moments, names and counts in words, and miss nothing', () => {
    expect(writtenValues('declaration.site_check', { firm: '甲', workplace: '一车间', unit: { zh: '云岩区', en: 'Yunyan' }, at: '2020-02-24T16:30:00Z' }, 'en')).toEqual({ firm: '甲', workplace: '一车间', unit: 'Yunyan', at: '2020-02-25 00:30' })
    expect(() => writtenValues('case.assigned', {} as never, 'zh')).toThrow('was not given title')
    expect(() => writtenValues('case.reminder', { title: 'x', until: 'soon' }, 'zh')).toThrow()
  })
  it('hold for the nearest area', () => {
    expect(areaChain('520103022001')).toEqual(['520103022001', '520103022', '520103', '520100', '520000', ''])
    expect(areaChain('520100')).toEqual(['520100', '520000', ''])
    expect(areaChain('')).toEqual([''])
  })
  it.each(['/console', '/portal/declarations/0190?tab=x#top', '/c/FG2020'])('%s stays within the product', (link) => expect(isOwnLink(link)).toBe(true))
  it.each(['', 'console', '//evil.example', 'https://evil.example', '/api/me', '/console/../api', '/console//x', '/console?x= y', 'javascript:1'])('%s does not', (link) => expect(isOwnLink(link)).toBe(false))
  it('are of codes that a kind stands before', () => expect(templateCodes.every((code) => /^[a-z_]+\.[a-z_]+$/.test(code))).toBe(true))
})
describe('robots', () => {
  it('sign as DingTalk’s own example does', () => {
    const moment = new Date(1_577_836_800_000)
    expect(signedText(moment, 'this is secret')).toBe('1577836800000\nthis is secret')
    expect(signatureOf(moment, 'this is secret')).toBe('fFV9t5lBS7KH4+5B0JjR99ab+AJkXFauQXycgTkS/tc=')
    expect(signedUrl('https://oapi.dingtalk.com/robot/send?access_token=x', moment, 'a+b/c=')).toBe('https://oapi.dingtalk.com/robot/send?access_token=x&timestamp=1577836800000&sign=a%2Bb%2Fc%3D')
  })
  it('are told in the form of their provider, cut to what it takes without breaking a character', () => {
    expect(JSON.parse(robotBody('dingtalk', { title: '标', markdown: '文', link: null }))).toEqual({ msgtype: 'markdown', markdown: { title: '标', text: '文' } })
    const { markdown } = JSON.parse(robotBody('wecom', { title: '标', markdown: '𠮷'.repeat(3000), link: null })) as { markdown: { content: string } }
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096)
    expect(markdown.content).toMatch(/^(𠮷)+…$/u)
    expect(fitting('abc', 3)).toBe('abc')
  })
  it('read one message whole and several as a list', () => {
    const one = { title: '标题', markdown: '#### 标题\n\n正文', link: '/console/x' }
    expect(joined([one], 'https://f.cn', 'zh', '').markdown).toBe('#### 标题\n\n正文\n\n[打开](https://f.cn/console/x)')
    expect(joined([one, { ...one, link: null }], 'https://f.cn', 'zh', '“{title}”等 {count} 条').markdown).toBe('#### “标题”等 2 条\n\n- 正文 [打开](https://f.cn/console/x)\n- 正文')
  })
  it.each<[number, string, string, number | null | undefined]>([
    [200, '{"errcode":0,"errmsg":"ok"}', 'sent', undefined], [200, '{"errcode":310000}', 'failed', 310000], [200, '{"errcode":130101}', 'rest', 130101], [200, '{"errcode":45009}', 'rest', 45009], [429, '', 'rest', 429],
    [500, '', 'failed', 500], [302, '{"errcode":0}', 'failed', 302], [200, '<html>', 'failed', null], [200, 'null', 'failed', null], [200, '{"errcode":"0"}', 'failed', null], [200, '{}', 'failed', null],
  ])('that answer %i %s', (status, text, outcome, code) => expect(readAnswer({ status, text })).toEqual(code === undefined ? { outcome } : { outcome, code }))
  it('post so many a minute and no more', () => {
    const now = at('2020-02-24T10:00:00')
    const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
    expect(allowance(now, [], 2)).toEqual({ free: 2, next: now })
    expect(allowance(now, [ago(61), ago(30)], 2)).toEqual({ free: 1, next: now })
    expect(allowance(now, [ago(50), ago(30)], 2)).toEqual({ free: 0, next: new Date(now.getTime() + 10_000) })
    expect([1, 2, 3, 6, 9].map(robotWait)).toEqual([1, 2, 4, 32, 60])
  })
})
