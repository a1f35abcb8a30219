// Parts that the pages of the day share: a share as bar and fraction, and a number that may be hidden.
import { number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'

export function Rate({ part, whole }: { part: number; whole: number }) {
  return <span className="he-rate"><span className="he-bar" aria-hidden="true"><i style={{ width: `${whole ? Math.min(100, (part / whole) * 100) : 0}%` }} /></span><span className="fg-num">{rate(part, whole)}</span></span>
}
/** A count that is not shown when it is small, nor when a small one could be worked out from it. */
export function HiddenCount({ value, below }: { value: number | null; below: number }) {
  const t = useText('health')
  return value === null ? <abbr title={t('hidden.why', { below })}>{t('hidden.text')}</abbr> : <span className="fg-num">{number(value)}</span>
}
