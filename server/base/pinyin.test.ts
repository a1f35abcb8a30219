// Initials of names in every usual reading.
import { describe, expect, it } from 'vitest'
import { initialsOf } from './pinyin.ts'

describe('initials', () => {
  it.each<[string, string[]]>([
    ['贵阳鑫源商贸有限公司', ['gyxysmyxgs']],
    ['贵州（南明）ＡＢＣ 3536厂', ['gznmabc3536c']],
    ['长顺', ['cs', 'zs']],
    ['重庆路粉馆', ['cqlfg', 'zqlfg']],
    ['绿女', ['ln']],
    ['😀有限', ['yx']],
    ['Robert; drop', ['robertdrop']],
    ['—', []],
    ['', []],
  ])('of %j are %j', (name, expected) => expect(initialsOf(name).sort()).toEqual([...expected].sort()))
  it('take the reading of the words around it first', () => {
    expect(initialsOf('银行')[0]).toBe('yh')
    expect(initialsOf('行走')[0]).toBe('xz')
    expect(initialsOf('音乐')[0]).toBe('yy')
  })
  it('are at most eight, however many characters are read in two ways', () => {
    expect(initialsOf('重长行乐厦曾单区朝传调藏').length).toBeLessThanOrEqual(8)
  })
})
