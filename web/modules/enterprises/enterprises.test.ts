// Cases for reading a credit code while it is typed and for finding a trade.
import { describe, expect, it } from 'vitest'
import { readCode, tidyCode } from './creditCode.ts'
import { industryChoices, matchesIndustry } from './industries.ts'
import { emptyRegistration, faultsIn, type Registration } from './registration.ts'

describe('a credit code', () => {
  it.each([
    ['91350200MA2YJ1XR9G', 'right'], ['91440101MA5CJQ4N59', 'right'], ['', 'empty'], ['9135', 'short'], ['91350200MA2YJ1XR9H', 'digit'], ['91350203M0001QAY9B', 'digit'],
  ])('%s is %s', (code, kind) => expect(readCode(code).kind).toBe(kind))
  it('names the character that cannot occur and what it may be', () => expect(readCode('9135O200')).toEqual({ kind: 'character', place: 5, character: 'O', instead: '0' }))
  it('says what character 18 should be', () => expect(readCode('91350200MA2YJ1XR9H')).toMatchObject({ issue: { code: 'issue.credit_code_check', params: { expected: 'G' } } }))
  it('is tidied from what people paste', () => expect(tidyCode(' 91350200-ma2yj1xr９g ')).toBe('91350200MA2YJ1XR9G'))
})

describe('a trade', () => {
  const choices = industryChoices([
    { code: 'C', parent: null, zh: '制造业', en: 'Manufacturing' }, { code: '27', parent: 'C', zh: '医药制造业', en: 'Pharmaceuticals' }, { code: '2770', parent: '27', zh: '卫生材料', en: 'Sanitary materials' },
  ], 'zh')
  it('knows what stands above it', () => expect(choices[2]).toMatchObject({ depth: 2, path: 'C 制造业 › 27 医药制造业' }))
  it.each([['27', ['27', '2770']], ['卫生', ['2770']], ['医药 卫生', ['2770']], ['pharma', ['27', '2770']], ['c 制造业', ['C', '27', '2770']]])('is found by %s', (typed, found) => {
    expect(choices.filter((choice) => matchesIndustry(choice, typed)).map((choice) => choice.value)).toEqual(found)
  })
})

describe('a registration', () => {
  const told = (change: Partial<Registration>) => faultsIn({ ...emptyRegistration, ...change }).map(({ path, code }) => `${path} ${code}`)
  const sound: Registration = { ...emptyRegistration, creditCode: '91350200MA2YJ1XR9G', name: '贵阳𠮷㐂䶮科技有限公司', industryCode: '3982', workplace: { name: '一车间', scene: 'park', districtCode: '520103', streetCode: '520103020', zoneCode: '', address: '样例路 1 号' } }
  it('lists everything that is missing, in the order of the pages', () => {
    expect(told({})).toEqual(['/creditCode issue.required', '/name issue.required', '/industryCode issue.choice', '/workplace/name issue.required', '/workplace/scene issue.choice', '/workplace/districtCode issue.area', '/workplace/streetCode issue.area', '/workplace/address issue.required'])
  })
  it('takes rare characters, formulas and tags for what they are: text', () => {
    expect(told(sound)).toEqual([])
    expect(told({ ...sound, name: '=HYPERLINK("x")<script>' })).toEqual([])
  })
  it.each(['贵阳\u202e公司', '贵阳\u0000', '\ud842'])('tells %j on its own page, not at the end', (name) => {
    expect(told({ ...sound, name, workplace: { ...sound.workplace, name, address: name } })).toEqual(['/name issue.text', '/workplace/name issue.text', '/workplace/address issue.text'])
  })
})
