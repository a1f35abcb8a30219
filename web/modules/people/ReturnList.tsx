// From which day each person may start, with the reason as a sentence.
import type { ReturnCheck } from '@fugong/contract/people'
import { day } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'

export function ReturnList({ items }: { items: ReturnCheck[] }) {
  const t = useText('people')
  const pick = usePick()
  return (
    <ul className="pe-returns">
      {items.map((one) => (
        <li key={one.employmentId}>
          <div className="fg-row"><strong>{one.name}</strong><StatusTag tone={one.outcome === 'now' ? 'good' : one.outcome === 'from' ? 'warn' : 'neutral'}>{one.outcome === 'now' ? t('return.now') : one.outcome === 'from' ? t('return.from', { day: day(one.mayStartOn) }) : t('return.ask', { field: t(`field.${one.missing ?? 'leftOn'}`) })}</StatusTag>{one.place && one.place !== 'none' ? <span className="fg-quiet">{t(`return.place.${one.place}`)}</span> : null}</div>
          <p>{pick(one.sentence)}</p>
          <p className="fg-quiet">{[one.origin ? `${t('field.origin')} ${pick(one.origin.name)}（${t(`level.${one.level}`)}）` : null, one.daysSince === null ? null : t('return.days', { count: one.daysSince })].filter(Boolean).join(' · ')}</p>
        </li>
      ))}
    </ul>
  )
}
