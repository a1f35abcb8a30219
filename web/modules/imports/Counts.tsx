// The numbers of an import as one sum: what came in and what became of it, so that anyone can add it up.
import type { Import } from '@fugong/contract/imports'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'

const PARTS = ['fresh', 'changed', 'unchanged', 'rejected', 'notData', 'left'] as const
export function Counts({ one }: { one: Import }) {
  const t = useText('imports')
  const { counts } = one
  if (!counts) return null
  const stored = one.state !== 'checked'
  const parts = PARTS.filter((part) => part === 'fresh' || part === 'changed' || part === 'unchanged' || part === 'rejected' || counts[part] > 0)
  return (
    <dl className="im-counts">
      <div className="im-count im-count-rows"><dt>{t('count.rows')}</dt><dd>{number(counts.rows)}</dd></div>
      {parts.map((part, at) => (
        <div key={part} className={`im-count im-count-${part}`}><dt>{t(stored ? `countDone.${part}` : `count.${part}`)}</dt><dd><span className="im-sign" aria-hidden="true">{at === 0 ? '=' : '+'}</span>{number(counts[part])}</dd></div>
      ))}
    </dl>
  )
}
