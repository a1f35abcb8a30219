// What a certificate looks like on paper, as data: the certificate on A4, and the poster for the door; Chinese first, English below it.
import type { PrintLayout } from '@fugong/contract/certificates.print'

interface Words { zh: string; en: string }
export interface Sheet {
  number: string; firm: string; workplace: string; address: string; planned: string; issued: string; validUntil: string | null
  emergency: Words; level: string | null; procedure: string | null; unit: Words | null
  /** What the QR holds, and the address that a reader can type. */
  qr: string; url: string; keyId: string
  printNo: number; printedOn: string; sample: boolean
  /** Key of the unit's seal among the pictures; without one the sample draws a seal marked as such. */
  seal: string | null
}
type Mark =
  | { kind: 'text'; text: string; x: number; y: number; w: number; h: number; size: number; least: number; lines: number; align?: 'left' | 'center' | 'right'; bold?: true; colour?: string; valign?: 'top' | 'middle' }
  | { kind: 'qr'; text: string; x: number; y: number; side: number }
  | { kind: 'frame'; x: number; y: number; w: number; h: number; line: number; colour: string }
  | { kind: 'rule'; x: number; y: number; w: number; colour: string }
  | { kind: 'seal'; name: string; under: string; x: number; y: number; radius: number }
  | { kind: 'picture'; key: string; x: number; y: number; side: number }
export interface SheetPage { width: number; height: number; marks: Mark[] }

const TEAL = '#0b6e6e'
const QUIET = '#4c5a5d'
const LINE = '#c4d0d0'
const levels: Record<string, Words> = { none: { zh: '无疫情', en: 'no epidemic' }, low: { zh: '低风险', en: 'low risk' }, medium: { zh: '中风险', en: 'medium risk' }, high: { zh: '高风险', en: 'high risk' } }
const procedures: Record<string, Words> = { effective: { zh: '提交即生效（告知承诺）', en: 'effective on submission' }, review: { zh: '材料审核', en: 'document review' }, reviewAndSite: { zh: '材料审核并现场核查', en: 'document review and site check' } }
const chineseDay = (day: string) => { const [year, month, date] = day.split('-').map(Number); return `${year} 年 ${month} 月 ${date} 日` }

/** By what it was decided, in words; what was not kept is said so, and an area without a level is not called safe. */
export function basisWords({ level, procedure }: Pick<Sheet, 'level' | 'procedure'>): Words {
  if (procedure === null) return { zh: '签发时未记录', en: 'not recorded at issue' }
  const at = level === null ? { zh: '未列入名单', en: 'area not listed' } : levels[level]!
  const by = procedures[procedure]!
  return { zh: `${at.zh} · ${by.zh}`, en: `${at.en} · ${by.en}` }
}
export function sheetPage(layout: PrintLayout, sheet: Sheet): SheetPage {
  return layout === 'certificate' ? certificatePage(sheet) : posterPage(sheet, layout === 'posterA3' ? Math.SQRT2 : 1)
}

function certificatePage(sheet: Sheet): SheetPage {
  const marks: Mark[] = [
    { kind: 'frame', x: 9, y: 9, w: 192, h: 279, line: 1.1, colour: TEAL }, { kind: 'frame', x: 11.2, y: 11.2, w: 187.6, h: 274.6, line: 0.3, colour: TEAL },
    { kind: 'text', text: '复工备案证书', x: 20, y: 22, w: 170, h: 18, size: 36, least: 30, lines: 1, align: 'center', bold: true, colour: TEAL },
    { kind: 'text', text: 'Certificate of Resumption of Work', x: 20, y: 39, w: 170, h: 8, size: 15, least: 12, lines: 1, align: 'center', colour: TEAL },
    { kind: 'text', text: `证书编号 No. ${sheet.number}`, x: 20, y: 51, w: 170, h: 8, size: 14, least: 11, lines: 1, align: 'center', bold: true },
    ...(sheet.sample ? [sampleNote(20, 60, 170)] : []),
  ]
  const basis = basisWords(sheet)
  const until = sheet.validUntil === null ? { zh: '长期有效，以扫码核验结果为准', en: 'Open-ended; what the check says counts' } : { zh: `${chineseDay(sheet.validUntil)}（当日有效）`, en: `${sheet.validUntil} (inclusive)` }
  const rows: [Words, string, string | null, boolean][] = [
    [{ zh: '企业', en: 'Enterprise' }, sheet.firm, null, true], [{ zh: '经营场所', en: 'Workplace' }, sheet.workplace, null, true], [{ zh: '地址', en: 'Address' }, sheet.address, null, false],
    [{ zh: '计划复工日期', en: 'Planned date' }, chineseDay(sheet.planned), sheet.planned, false], [{ zh: '依据', en: 'Basis' }, sheet.emergency.zh, sheet.emergency.en, false],
    [{ zh: '决定时的风险等级和办理方式', en: 'Level and procedure at decision' }, basis.zh, basis.en, false], [{ zh: '有效期至', en: 'Valid until' }, until.zh, until.en, false],
  ]
  const [top, height] = [69, 17.5]
  rows.forEach(([label, zh, en, strong], i) => {
    const y = top + i * height
    marks.push(
      { kind: 'rule', x: 22, y, w: 166, colour: LINE },
      { kind: 'text', text: label.zh, x: 22, y: y + 3, w: 42, h: 6, size: 11, least: 7.5, lines: 1, colour: QUIET }, { kind: 'text', text: label.en, x: 22, y: y + 8.6, w: 42, h: 5, size: 8.5, least: 7, lines: 1, colour: QUIET },
      { kind: 'text', text: zh, x: 66, y: y + 1.2, w: 122, h: en === null ? height - 2.4 : 9, size: strong ? 16 : 13, least: 8, lines: en === null ? 2 : 1, valign: 'middle', ...(strong ? { bold: true as const } : {}) },
      ...(en === null ? [] : [{ kind: 'text' as const, text: en, x: 66, y: y + 10, w: 122, h: 6, size: 9.5, least: 7, lines: 1, colour: QUIET }]),
    )
  })
  const foot = top + rows.length * height
  const unit = sheet.unit ?? { zh: '', en: '' }
  marks.push(
    { kind: 'rule', x: 22, y: foot, w: 166, colour: LINE },
    { kind: 'qr', text: sheet.qr, x: 24, y: foot + 6, side: 60 },
    { kind: 'text', text: '扫码核验 Scan to check', x: 22, y: foot + 67.5, w: 64, h: 6, size: 10, least: 8, lines: 1, align: 'center' },
    { kind: 'text', text: unit.zh, x: 87, y: foot + 13, w: 94, h: 13, size: 15, least: 9, lines: 2, align: 'center', bold: true }, { kind: 'text', text: unit.en, x: 87, y: foot + 27, w: 94, h: 10, size: 10, least: 7, lines: 2, align: 'center', colour: QUIET },
    { kind: 'text', text: chineseDay(sheet.issued), x: 87, y: foot + 40, w: 94, h: 8, size: 14, least: 12, lines: 1, align: 'center' }, { kind: 'text', text: sheet.issued, x: 87, y: foot + 47.5, w: 94, h: 6, size: 10, least: 9, lines: 1, align: 'center', colour: QUIET },
    // Beside the date rather than on it: both stay legible.
    ...sealMarks(sheet, 175, foot + 44, 16),
    ...footMarks(sheet, 22, 270, 166, 1),
  )
  return { width: 210, height: 297, marks }
}

function posterPage(sheet: Sheet, scale: number): SheetPage {
  const s = (value: number) => value * scale
  const text = (content: string, y: number, h: number, size: number, least: number, lines: number, more: { bold?: true; colour?: string } = {}): Mark => ({ kind: 'text', text: content, x: s(18), y: s(y), w: s(174), h: s(h), size: s(size), least: s(least), lines, align: 'center', valign: 'middle', ...more })
  const marks: Mark[] = [
    { kind: 'frame', x: s(8), y: s(8), w: s(194), h: s(281), line: s(1.6), colour: TEAL },
    text('已办理复工备案', 13, 22, 46, 40, 1, { bold: true, colour: TEAL }), text('Work has resumed · filed with the city', 34, 8, 15, 12, 1, { colour: TEAL }),
    text(sheet.firm, 45, 25, 32, 15, 2, { bold: true }), text(sheet.workplace, 70, 11, 20, 11, 1), text(sheet.address, 81, 10, 13, 7.5, 2, { colour: QUIET }),
    // Four modules of white around it, as readers need them.
    { kind: 'qr', text: sheet.qr, x: s(45), y: s(95), side: s(120) },
    text('扫一扫，核验是否有效', 222, 13, 28, 24, 1, { bold: true }), text('Scan to check that it is valid', 234.5, 7, 14, 12, 1, { colour: QUIET }),
    text(sheet.number, 243, 10, 22, 18, 1, { bold: true }),
    text(`${chineseDay(sheet.planned)}起复工${sheet.validUntil ? ` · 有效期至 ${sheet.validUntil}` : ''} · ${sheet.unit?.zh ?? ''}`, 253, 8, 13, 8, 1), text([`From ${sheet.planned}`, sheet.validUntil && `valid until ${sheet.validUntil}`, sheet.unit?.en].filter(Boolean).join(' · '), 260.5, 6, 9.5, 7, 1, { colour: QUIET }),
    ...sealMarks(sheet, s(179), s(236), s(15)),
    ...(sheet.sample ? [sampleNote(s(18), s(267), s(174), scale)] : []),
    ...footMarks(sheet, s(18), s(273), s(174), scale),
  ]
  return { width: s(210), height: s(297), marks }
}
const sampleNote = (x: number, y: number, w: number, scale = 1): Mark => ({ kind: 'text', text: '样例证书，不是真实证书 · Sample certificate, not a real one', x, y, w, h: 6 * scale, size: 10 * scale, least: 8, lines: 1, align: 'center', colour: '#b3261e' })
/** The seal of the unit; only a sample draws one of its own, marked 样例. */
function sealMarks({ seal, unit, sample }: Sheet, x: number, y: number, radius: number): Mark[] {
  if (seal !== null) return [{ kind: 'picture', key: seal, x, y, side: radius * 2 }]
  return sample && unit ? [{ kind: 'seal', name: unit.zh, under: '样例', x, y, radius }] : []
}
function footMarks({ url, keyId, printNo, printedOn }: Sheet, x: number, y: number, w: number, scale: number): Mark[] {
  const line = (text: string, below: number): Mark => ({ kind: 'text', text, x, y: y + below * scale, w, h: 5 * scale, size: 8.5 * scale, least: 6 * scale, lines: 1, align: 'center', colour: QUIET })
  return [
    line(`${url} · 签名密钥 Signing key ${keyId}`, 0),
    line(`第 ${printNo} 次打印 Print no. ${printNo} · ${printedOn} · 状态以扫码核验结果为准 What the check says counts`, 5),
  ]
}
