// The lines of a start: people below the name of their role in both languages, in columns a terminal shows straight.
import { describe, expect, it } from 'vitest'
import { roleNames, roles } from '@fugong/contract/identity'
import { signInLines } from './greet.ts'

const unit = (zh: string) => ({ zh, en: zh })
const staff = [
  { username: 'tianyuqing', password: 'k7mq-x3vp-9tdw-hn4c', name: '田雨晴', role: 'reviewer' as const, unitName: unit('云岩区复工复产工作专班') },
  { username: 'lu', password: 'aaaa-bbbb-cccc-dddd', name: '陆远', role: 'administrator' as const, unitName: unit('贵阳市大数据发展管理局') },
  { username: 'ouyangxiaoming', password: '', name: '欧阳小明', role: 'reviewer' as const, unitName: unit('南明区复工复产工作专班') },
]

describe('sample sign-ins', () => {
  it('stand below their role, named in both languages, never by its code', () => {
    expect(signInLines(staff)).toEqual([
      '', '  管理员 Administrator',
      '    lu              aaaa-bbbb-cccc-dddd  陆远      贵阳市大数据发展管理局',
      '', '  审核专班 Reviewer',
      '    tianyuqing      k7mq-x3vp-9tdw-hn4c  田雨晴    云岩区复工复产工作专班',
      '    ouyangxiaoming  —                    欧阳小明  南明区复工复产工作专班',
    ])
    for (const role of roles) expect(signInLines(staff).join('\n')).not.toMatch(new RegExp(`\\b${role}\\b`))
  })
  it('a city without people has no lines', () => {
    expect(signInLines([])).toEqual([])
  })
  it('every role has a name in both languages', () => {
    expect(Object.keys(roleNames).sort()).toEqual([...roles].sort())
    for (const { zh, en } of Object.values(roleNames)) expect([zh, en].every((name) => name.trim() !== '')).toBe(true)
  })
})
