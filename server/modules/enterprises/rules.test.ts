// The rules of enterprises: credit codes of the standard and of the field, names, searches, addresses.
import { describe, expect, it } from 'vitest'
import { checkCreditCode, expectedCheckDigit, expectedOrganisationDigit, registerEnterprise } from '@fugong/contract/enterprises'
import { judgeCode, lengthIssues, liesElsewhere, placeIssues, searchText, tidy, type AreaFact } from './rules.ts'

const SOUND = ['91350200MA2YJ1XR9G', '91440101MA5CJQ4N59', '91350200776049653A']
/** Issued, and its check digit is nevertheless wrong. */
const ISSUED = '91350203M0001QAY9B'

describe('credit codes', () => {
  it.each(SOUND)('%s passes both digits', (code) => expect(checkCreditCode(code)).toEqual([]))
  it('tells the digit that should stand there', () => {
    const [found] = checkCreditCode(ISSUED)
    expect(found).toMatchObject({ path: '/creditCode', code: expect.stringMatching(/^issue\.(credit_code_check|organisation_code_check)$/) as string })
    expect(found?.params?.['expected']).not.toBe(found?.code === 'issue.credit_code_check' ? ISSUED[17] : ISSUED[16])
  })
  it('finds any single wrong character of the last two', () => {
    for (const code of SOUND) {
      for (const at of [16, 17]) {
        for (const wrong of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
          if (wrong === code[at]) continue
          expect(checkCreditCode(`${code.slice(0, at)}${wrong}${code.slice(at + 1)}`), `${code} at ${at}`).toHaveLength(1)
        }
      }
    }
  })
  it('counts an organisation digit of ten as X and of eleven as 0', () => {
    for (const digit of ['X', '0']) {
      const first8 = Array.from({ length: 3000 }, (_, i) => `MA${String(i).padStart(6, '0')}`).find((first) => expectedOrganisationDigit(first) === digit)!
      const seventeen = `91520112${first8}${digit}`
      expect(checkCreditCode(`${seventeen}${expectedCheckDigit(seventeen)}`)).toEqual([])
    }
  })
  it.each(['', '91350200MA2YJ1XR9', '91350200MA2YJ1XR9GG', '91350200ma2yj1xr9g', '91350200MA2YJ1XR9I', '９1350200MA2YJ1XR9G', ' 1350200MA2YJ1XR9G', "1' or '1'='1' --  ", '520103600123456'])('%j has the wrong shape', (code) => {
    expect(checkCreditCode(code)).toEqual([{ path: '/creditCode', code: 'issue.credit_code_shape' }])
  })
})

describe('judgeCode and the check of the contract', () => {
  const check = (creditCode: string, creditCodeReason?: string) => registerEnterprise.check!({ creditCode, creditCodeReason } as never)
  it('lets a reason speak for wrong digits, never for a wrong shape', () => {
    expect(check(ISSUED)).toHaveLength(1)
    expect(check(ISSUED, '  ')).toHaveLength(1)
    expect(check(ISSUED, '营业执照上就是这个代码')).toEqual([])
    expect(check('12345', '营业执照上就是这个代码')).toEqual([{ path: '/creditCode', code: 'issue.credit_code_shape' }])
  })
  it('makes such a code wait, and keeps no reason for a sound one', () => {
    expect(judgeCode(ISSUED, ' 执照如此 ')).toEqual({ state: 'pending', reason: '执照如此' })
    for (const code of SOUND) expect(judgeCode(code, '多余的说明')).toEqual({ state: 'valid', reason: null })
  })
})

describe('names', () => {
  it.each([
    ['  样例公司\u3000', '样例公司'], ['Cafe\u0301', 'Caf\u00e9'], ['𬒈䶮㼆', '𬒈䶮㼆'], ['=HYPERLINK("x")', '=HYPERLINK("x")'], ['\u{2f81a}', '\u{51ac}'],
  ])('%j is kept as %j', (given, kept) => expect(tidy(given)).toBe(kept))
  it('are measured in characters after they were brought into one form', () => {
    expect(lengthIssues([{ path: '/name', text: '𬒈'.repeat(100), limit: 100 }])).toEqual([])
    expect(lengthIssues([{ path: '/name', text: tidy('\uFB2C'.repeat(40)), limit: 100 }, { path: '/b', text: 'b', limit: 1 }])).toEqual([{ path: '/name', code: 'issue.too_long', params: { limit: 100 } }])
  })
})

describe('search', () => {
  it.each([
    ['ＡＢＣ 有限 公司', 'abc有限公司'], ['3M', '3m'], ['𬒈石', '𬒈石'], ['　', ''],
  ])('%j is searched as %j', (given, searched) => expect(searchText(given)).toBe(searched))
})

describe('liesElsewhere', () => {
  const here = { districtCode: '520103', streetCode: '520103022', zoneCode: null }
  it.each([
    [here, false], [{ districtCode: '520103', streetCode: '520103022' }, false], [{ ...here, streetCode: '520103020' }, true], [{ ...here, zoneCode: '520171' }, true], [{ districtCode: '520111', streetCode: '520111010' }, true],
  ])('%j %s', (place, elsewhere) => expect(liesElsewhere(place, here)).toBe(elsewhere))
})

describe('placeIssues', () => {
  const facts = new Map<string, AreaFact>([
    { code: '520103', kind: 'district', parent: '520100', hosts: [] }, { code: '520111', kind: 'district', parent: '520100', hosts: [] },
    { code: '520103022', kind: 'street', parent: '520103', hosts: [] }, { code: '520111010', kind: 'street', parent: '520111', hosts: [] },
    { code: '520172', kind: 'devZone', parent: '520100', hosts: ['520111'] }, { code: '520100', kind: 'city', parent: '520000', hosts: [] },
  ].map((fact) => [fact.code, fact]))
  it.each([
    ['fits', { districtCode: '520103', streetCode: '520103022' }, []],
    ['fits with a zone', { districtCode: '520111', streetCode: '520111010', zoneCode: '520172' }, []],
    ['no zone', { districtCode: '520111', streetCode: '520111010', zoneCode: null }, []],
    ['nothing known', { districtCode: '999999', streetCode: '999999999', zoneCode: '999998' }, ['/w/districtCode issue.area_unknown', '/w/streetCode issue.area_unknown', '/w/zoneCode issue.area_unknown']],
    ['a city is no district', { districtCode: '520100', streetCode: '520103022' }, ['/w/districtCode issue.area_unknown']],
    ['a district is no street', { districtCode: '520103', streetCode: '520111' }, ['/w/streetCode issue.area_unknown']],
    ['a street is no zone', { districtCode: '520103', streetCode: '520103022', zoneCode: '520111010' }, ['/w/zoneCode issue.area_unknown']],
    ['street of another district', { districtCode: '520103', streetCode: '520111010' }, ['/w/streetCode issue.street_outside_district']],
    ['zone and street of another district', { districtCode: '520103', streetCode: '520111010', zoneCode: '520172' }, ['/w/streetCode issue.street_outside_district', '/w/zoneCode issue.zone_outside_district']],
  ])('%s', (_, place, issues) => expect(placeIssues(place, facts, '/w').map((issue) => `${issue.path} ${issue.code}`)).toEqual(issues))
})
