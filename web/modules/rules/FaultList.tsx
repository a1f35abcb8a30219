// All faults of a file by row and column, in plain words.
import { hasText, pick, useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import type { Fault } from './faults.ts'

export function FaultList({ faults }: { faults: readonly Fault[] }) {
  const t = useText('rules')
  const columnOf = ({ column }: Fault) => !column ? '' : 'label' in column ? pick(column.label) : hasText('rules', `field.${column.key}`) ? t(`field.${column.key}`) : column.key
  return (
    <div id="ru-faults" tabIndex={-1}>
      <p className="fg-quiet">{t('faultsText')}</p>
      <div className="ru-faults">
        <table className="fg-table" aria-label={t('faultsList')}>
          <thead><tr><th scope="col">{t('faultRow')}</th><th scope="col">{t('faultColumn')}</th><th scope="col">{t('faultWhat')}</th></tr></thead>
          <tbody>{faults.map((fault, i) => {
            const column = columnOf(fault)
            return (
              <tr key={i}>
                <td data-label={t('faultRow')} className="fg-cell-nowrap">{fault.row === undefined ? t('faultTable') : fault.rowId ? t('faultRowN', { n: fault.row, id: fault.rowId }) : t('faultRowNoId', { n: fault.row })}</td>
                <td data-label={t('faultColumn')}>{column || '–'}</td>
                <td data-label={t('faultWhat')}>{wordsOfIssue(fault.issue, column || undefined)}</td>
              </tr>
            )
          })}</tbody>
        </table>
      </div>
    </div>
  )
}
