// Pure decisions of exports: which state allows what, who covers whom, numbers, file names, and the words that stand in a file.
import type { Bilingual } from '@fugong/contract/base'
import type { ExportFormat, ExportState } from '@fugong/contract/exports'

export type Language = 'zh' | 'en'
/** Areas and `district/department` keys that somebody reaches. */
export interface Reach { areas: string[]; departments: string[] }

/** Whether one reach holds all of another; whoever reaches an area reaches its departments. An empty reach is held by nobody. */
export function covers(whole: Reach, part: Reach): boolean {
  if (!part.areas.length && !part.departments.length) return false
  const areas = new Set(whole.areas)
  const departments = new Set(whole.departments)
  return part.areas.every((area) => areas.has(area)) && part.departments.every((key) => departments.has(key) || areas.has(key.split('/')[0]!))
}

/** States in which an export still takes up room: waiting, on its way, or being written. */
export const underWay = ['asked', 'open', 'streaming', 'queued', 'running'] as const satisfies ExportState[]
const cancellable: readonly ExportState[] = ['asked', 'open', 'queued', 'running', 'ready']
export interface Standing { state: ExportState; expiresAt: string | null }
/** An export whose time is over is over, also before anyone has swept it. */
export function stateNow({ state, expiresAt }: Standing, now: string): ExportState {
  if (expiresAt === null || expiresAt > now) return state
  return state === 'asked' ? 'lapsed' : state === 'open' || state === 'ready' ? 'expired' : state
}
export const mayTake = (state: ExportState): boolean => state === 'open' || state === 'ready'
export const mayCancel = (state: ExportState): boolean => cancellable.includes(state)

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** `DC20200224-7K3M9Q2B` from the day in Shanghai and eight random bytes. */
export function numberFrom(day: string, random: Uint8Array): string {
  return `DC${day.replaceAll('-', '')}-${[...random].slice(0, 8).map((byte) => ALPHABET[byte % 32]!).join('')}`
}
export const fileName = (name: string, number: string, format: ExportFormat): string => `${name}-${number}.${format}`
export const typeOf: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

/** How a line begins that is no part of the list: imports take such lines for remarks and pass over them. */
export const noteMark: Readonly<Record<Language, string>> = { zh: '注：', en: 'Note: ' }
export interface About { name: Bilingual; number: string; reader: string; unit: Bilingual | null; filter: Bilingual; moment: Date }
/** `2020-02-24 10:00:00` in Asia/Shanghai. */
export const clockText = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const readerOf = ({ reader, unit }: About, language: Language) => (unit ? (language === 'zh' ? `${reader}（${unit.zh}）` : `${reader} (${unit.en})`) : reader)

/** The line that marks every page and the beginning of a file: what it is, whose copy, which number. */
export function watermark(about: About, language: Language): string {
  const { name, number, moment } = about
  return language === 'zh'
    ? `复工 · ${name.zh} · 导出编号 ${number} · 导出人 ${readerOf(about, 'zh')} · ${clockText(moment)}`
    : `Fugong · ${name.en} · export ${number} · by ${readerOf(about, 'en')} · ${clockText(moment)}`
}
/** What stands after the data: label and value each. */
export function notes(about: About, { rows, sha256 }: { rows: number; sha256: string }, language: Language): [string, string][] {
  const { name, number, filter, moment } = about
  return language === 'zh'
    ? [
        ['名单', name.zh], ['条件', filter.zh], ['导出时间', `${clockText(moment)}（北京时间）`], ['行数', String(rows)], ['导出人', readerOf(about, 'zh')], ['导出编号', number],
        ['数据 SHA-256', sha256], ['校验方法', '表头和各数据行按 CSV 写成 UTF-8 文本，每行以 CRLF 结尾，不含开头标记和说明行'], ['提示', '本次导出已登记，仅限工作使用'],
      ]
    : [
        ['List', name.en], ['Filter', filter.en], ['Exported at', `${clockText(moment)} (Asia/Shanghai)`], ['Rows', String(rows)], ['Exported by', readerOf(about, 'en')], ['Export number', number],
        ['SHA-256 of the data', sha256], ['How to check', 'header and data lines as CSV in UTF-8, each ended by CRLF, without the byte order mark and the lines of notes'], ['Note', 'this export is on record; for official use only'],
      ]
}
export const noFilter: Bilingual = { zh: '全部', en: 'Everything' }
/** The parts of a filter as one sentence. */
export function sentenceOf(parts: readonly Bilingual[]): Bilingual {
  return parts.length ? { zh: parts.map((part) => part.zh).join('；'), en: parts.map((part) => part.en).join('; ') } : noFilter
}

// Controls (line breaks in a cell stay) and marks that turn the direction of text show as what they are: replaced characters.
 
const UNSEEN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/
const ALL_UNSEEN = new RegExp(UNSEEN, 'g')
/** Text as a cell may hold it. */
export function cellText(text: string): string {
  return UNSEEN.test(text) ? text.replace(ALL_UNSEEN, '\uFFFD') : text
}
// The same without the unit separator, which parts the cells of a row.
const UNSEEN_BETWEEN = /[\u0000-\u0009\u000B-\u001E\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF]/
/** Whether a text of joined cells holds nothing that cellText would replace. */
export const isClean = (text: string): boolean => !UNSEEN_BETWEEN.test(text)
