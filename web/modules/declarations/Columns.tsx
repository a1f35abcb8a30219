// The columns that lists of declarations share.
import type { DeclarationRow } from '@fugong/contract/declarations'
import { useAreas } from '../../base/areas.ts'
import { instant, number, relative } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { Clock, Level, StateOf } from './Parts.tsx'

/** Shown until the reader chooses others. */
export const usualColumns = ['name', 'state', 'due', 'level', 'procedure', 'area', 'headcount', 'submitted'] as const
export function useColumns(narrow = false): DataColumn<DeclarationRow>[] {
  const t = useText('declarations')
  const { nameOf } = useAreas()
  const all: (DataColumn<DeclarationRow> & { spare?: boolean })[] = [
    { key: 'name', title: t('column.enterprise'), main: true, cell: (row) => <>{row.enterpriseName}<span className="fg-quiet fg-under">{row.workplaceName}</span></> },
    { key: 'state', title: t('column.state'), nowrap: true, cell: (row) => <><StateOf of={row} />{row.gapLists > 1 ? <span className="fg-quiet fg-under">{t('column.lists', { count: row.gapLists })}</span> : null}</> },
    { key: 'due', title: t('column.due'), nowrap: true, cell: (row) => <Clock of={row} short /> },
    { key: 'level', title: t('column.level'), nowrap: true, cell: (row) => <Level of={row} /> },
    { key: 'procedure', title: t('column.procedure'), spare: true, wideOnly: true, nowrap: true, cell: (row) => (row.procedure ? t(`procedureShort.${row.procedure}`) : '–') },
    { key: 'area', title: t('column.area'), spare: true, nowrap: true, cell: (row) => <div>{nameOf(row.districtCode)}{row.zoneCode ? <span className="fg-quiet fg-under">{nameOf(row.zoneCode)}</span> : null}</div> },
    { key: 'headcount', title: t('column.headcount'), align: 'right', spare: true, wideOnly: true, cell: (row) => (row.headcount === null ? '–' : number(row.headcount)) },
    { key: 'submitted', title: t('column.submitted'), nowrap: true, spare: true, cell: (row) => (row.submittedAt ? <time dateTime={row.submittedAt} title={instant(row.submittedAt)}>{relative(row.submittedAt)}</time> : '–') },
  ]
  return narrow ? all.filter((column) => !column.spare) : all
}
