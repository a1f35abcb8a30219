// How days, moments and numbers are written, in both languages; time is always Asia/Shanghai, whatever the machine says.
import { language, type Language } from './i18n.ts'

const SHANGHAI = 8 * 3600_000
/** Asia/Shanghai has had no summer time since 1991; earlier moments do not occur here. */
function parts(value: string | number | Date): { day: string; time: string } | undefined {
  const at = new Date(value).getTime()
  if (Number.isNaN(at)) return undefined
  const local = new Date(at + SHANGHAI).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}
const NONE = '–'

/** `2020-02-24`, from a day or a moment. */
export function day(value: string | null | undefined): string {
  if (!value) return NONE
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : (parts(value)?.day ?? NONE)
}
/** `2020-02-24 09:30`. */
export function instant(value: string | number | Date | null | undefined): string {
  if (value === null || value === undefined || value === '') return NONE
  const found = parts(value)
  return found ? `${found.day} ${found.time}` : NONE
}
/** The wire's form of a local day and time, `2020-02-24` and `09:30`. */
export function toInstant(localDay: string, time = '00:00'): string {
  return new Date(`${localDay}T${time.length === 5 ? `${time}:00` : time}+08:00`).toISOString()
}
export function today(now: number = Date.now()): string {
  return parts(now)!.day
}

/** `3 小时前`, `in 2 days`; show it with `instant` as its title. */
export function relative(value: string | number, now: number = Date.now(), spoken: Language = language()): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  const units: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60]]
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  const words = new Intl.RelativeTimeFormat(spoken === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' })
  return Math.abs(seconds) < 60 ? (spoken === 'zh' ? '刚刚' : 'just now') : words.format(Math.round(seconds / size), unit)
}

/** `4,113`; missing is 未报, not 0. */
export function number(value: number | null | undefined, spoken: Language = language()): string {
  if (value === null || value === undefined) return spoken === 'zh' ? '未报' : 'not reported'
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}
/** Large numbers in words: `12.3 万`, `1.2 亿`, in English `123 thousand`, `120 million`. */
export function large(value: number | null | undefined, spoken: Language = language()): string {
  if (value === null || value === undefined) return number(value, spoken)
  const steps: [number, string][] = spoken === 'zh' ? [[1e8, '亿'], [1e4, '万']] : [[1e9, 'billion'], [1e6, 'million'], [1e4, 'thousand']]
  const step = steps.find(([size]) => Math.abs(value) >= size)
  if (!step) return number(value, spoken)
  const divisor = step[1] === 'thousand' ? 1000 : step[0]
  return `${(value / divisor).toLocaleString('en-US', { maximumFractionDigits: 1 })} ${step[1]}`
}
/** `98.7%（4,060 / 4,113）`: a rate never stands without its fraction. */
export function rate(part: number | null | undefined, whole: number | null | undefined, spoken: Language = language()): string {
  if (part === null || part === undefined || !whole) return number(part, spoken)
  // Rounding never claims completeness that is not there.
  const percent = part < whole ? Math.min(99.9, Math.round((part / whole) * 1000) / 10) : Math.round((part / whole) * 1000) / 10
  const fraction = `${number(part, spoken)} / ${number(whole, spoken)}`
  return spoken === 'zh' ? `${percent.toFixed(1)}%（${fraction}）` : `${percent.toFixed(1)}% (${fraction})`
}
/** `1.4 MB`. */
export function bytes(value: number): string {
  return value < 1024 ? `${value} B` : value < 1024 ** 2 ? `${Math.round(value / 1024)} KB` : `${(value / 1024 ** 2).toFixed(1)} MB`
}
