// A sample of what changes: row, record, column, from what to what; personal values are masked.
import type { Import, ImportTargetColumn } from '@fugong/contract/imports'
import { number } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'

export function Changes({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const pick = usePick()
  if (!one.changes.length) return null
  return (
    <Section title={t('changes.title', { count: one.counts?.changed ?? 0, shown: number(one.counts?.changed ?? 0) })}>
      <div className="im-scroll" tabIndex={0} role="region" aria-label={t('changes.list')}>
        <table className="im-table">
          <thead><tr><th scope="col">{t('rejects.row')}</th><th scope="col">{t('changes.key')}</th><th scope="col">{t('rejects.column')}</th><th scope="col">{t('changes.from')}</th><th scope="col">{t('changes.to')}</th></tr></thead>
          <tbody>{one.changes.slice(0, 20).map((change) => (
            <tr key={`${change.row} ${change.column}`}>
              <td className="fg-num" data-label={t('rejects.row')}>{change.row}</td><td className="fg-mono">{change.key}</td><td>{pick(columns.find((column) => column.code === change.column)?.name) || change.column}</td>
              <td className="im-from">{change.from ?? '–'}</td><td className="im-to">{change.to ?? '–'}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </Section>
  )
}
