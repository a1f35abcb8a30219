// What stands on paper: every fact in both languages, within the page, without overlap, and a seal only where it may be.
import { describe, expect, it } from 'vitest'
import { printLayouts } from '@fugong/contract/certificates.print'
import { basisWords, sheetPage, type Sheet, type SheetPage } from './sheet.rules.ts'

const sheet: Sheet = {
  number: 'GY-7K2M9-QX4TZ-P', firm: '样例电子有限公司', workplace: '一车间', address: '云岩区样例路 1 号', planned: '2020-02-26', issued: '2020-02-24', validUntil: null,
  emergency: { zh: '2020 年疫情复工复产', en: 'Epidemic 2020' }, level: 'low', procedure: 'effective', unit: { zh: '云岩区专班', en: 'Yunyan Task Force' },
  qr: 'https://fugong.test/c/GY-7K2M9-QX4TZ-P#123', url: 'https://fugong.test/c/GY-7K2M9-QX4TZ-P', keyId: 'a1b2c3d4', printNo: 3, printedOn: '2020-02-25', sample: true, seal: null,
}
const wordsOf = ({ marks }: SheetPage) => marks.map((mark) => (mark.kind === 'text' ? mark.text : '')).join('\n')
const boxOf = (mark: SheetPage['marks'][number]) => (mark.kind === 'seal' ? { x: mark.x - mark.radius, y: mark.y - mark.radius, w: mark.radius * 2, h: mark.radius * 2 } : mark.kind === 'picture' ? { x: mark.x - mark.side / 2, y: mark.y - mark.side / 2, w: mark.side, h: mark.side } : mark.kind === 'qr' ? { ...mark, w: mark.side, h: mark.side } : mark.kind === 'rule' ? { ...mark, h: 0 } : mark)

describe.each(printLayouts)('%s', (layout) => {
  const page = sheetPage(layout, { ...sheet, validUntil: '2020-05-24' })
  it('says number, firm, workplace, address, dates, unit, key and print in both languages', () => {
    for (const word of ['GY-7K2M9-QX4TZ-P', '样例电子有限公司', '一车间', '云岩区样例路 1 号', '2020 年 2 月 26 日', '2020-02-26', '2020-05-24', '云岩区专班', 'Yunyan Task Force', 'a1b2c3d4', '第 3 次打印', 'Print no. 3', '2020-02-25', 'https://fugong.test/c/GY-7K2M9-QX4TZ-P', '样例证书', 'Scan to check']) expect(wordsOf(page)).toContain(word)
  })
  it('keeps everything on the page, and white around the code', () => {
    const qr = boxOf(page.marks.find(({ kind }) => kind === 'qr')!)
    for (const mark of page.marks) {
      const { x, y, w, h } = boxOf(mark)
      expect(x).toBeGreaterThanOrEqual(0)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(x + w).toBeLessThanOrEqual(page.width)
      expect(y + h).toBeLessThanOrEqual(page.height)
      if (mark.kind === 'text' || mark.kind === 'seal') expect(x + w <= qr.x || x >= qr.x + qr.w || y + h <= qr.y || y >= qr.y + qr.h).toBe(true)
    }
  })
  it('bears the unit’s own seal, in a sample one marked 样例, and else none', () => {
    const seals = (of: Partial<Sheet>) => sheetPage(layout, { ...sheet, ...of }).marks.filter(({ kind }) => kind === 'seal' || kind === 'picture')
    expect(seals({})).toMatchObject([{ kind: 'seal', name: '云岩区专班', under: '样例' }])
    expect(seals({ seal: 'unit' })).toMatchObject([{ kind: 'picture', key: 'unit' }])
    expect(seals({ sample: false, seal: 'unit' })).toHaveLength(1)
    expect(seals({ sample: false })).toEqual([])
    expect(seals({ unit: null })).toEqual([])
  })
  it('of no sample does not call itself one', () => expect(wordsOf(sheetPage(layout, { ...sheet, sample: false }))).not.toMatch(/样例证书|Sample/))
})
it.each([['low', 'effective', '低风险 · 提交即生效（告知承诺）', 'low risk · effective on submission'], [null, 'review', '未列入名单 · 材料审核', 'area not listed · document review'], [null, null, '签发时未记录', 'not recorded at issue']])('level %s and procedure %s read “%s”', (level, procedure, zh, en) => {
  expect(basisWords({ level, procedure })).toEqual({ zh, en })
})
