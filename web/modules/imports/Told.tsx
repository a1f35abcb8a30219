// What was put right in cells or passed over, by kind and column, with the rows where it happened first.
import type { Import, ImportTargetColumn } from '@fugong/contract/imports'
import { number } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'

export function Told({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const pick = usePick()
  if (!one.told.length) return null
  return (
    <Section title={t('told.title')}>
      <ul className="im-told">
        {one.told.map((told) => {
          const name = pick(columns.find((column) => column.code === told.column)?.name)
          const rows = told.rows.map(String).join(t('told.comma'))
          return (
            <li key={`${told.kind} ${told.column}`}>
              {name ? <strong>{name}</strong> : null}
              <span>{t(`told.${told.kind}`, { count: number(told.count) })}</span>
              {told.rows.length ? <span className="fg-quiet">{t(told.count > told.rows.length ? 'told.rowsMore' : 'told.rows', { rows })}</span> : null}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
