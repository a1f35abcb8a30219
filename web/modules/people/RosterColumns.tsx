// Columns of the roster's list.
import type { RosterRow, RosterSummary } from '@fugong/contract/people'
import { day } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { toneOf } from './people.ts'

export function useRosterColumns(summary: RosterSummary | undefined): DataColumn<RosterRow>[] {
  const t = useText('people')
  const pick = usePick()
  const places = new Map(summary?.workplaces.map((place) => [place.id, place.name]))
  return [
    { key: 'name', title: t('field.name'), main: true, nowrap: true, cell: (row) => row.name },
    { key: 'state', title: t('field.state'), nowrap: true, cell: (row) => <StatusTag tone={toneOf(row.state)}>{t(`state.${row.state}`)}{row.observingUntil ? ` ${t('until', { day: day(row.observingUntil) })}` : ''}</StatusTag> },
    { key: 'id', title: t('field.idNumber'), nowrap: true, wideOnly: true, cell: (row) => <span className="fg-mono">{row.idMasked}</span> },
    { key: 'phone', title: t('field.phone'), nowrap: true, cell: (row) => <span className="fg-num">{row.phoneMasked ?? '–'}</span> },
    ...(places.size > 1 ? [{ key: 'place', title: t('field.workplace'), cell: (row: RosterRow) => places.get(row.workplaceId) ?? '–' }] : []),
    { key: 'crew', title: t('field.crew'), cell: (row) => [row.crew, row.shift].filter(Boolean).join(' · ') || '–' },
    { key: 'dormitory', title: t('field.dormitory'), cell: (row) => row.dormitory ?? '–' },
    { key: 'origin', title: t('field.origin'), cell: (row) => pick(row.origin?.name) || '–' },
    { key: 'returned', title: t('field.returnedOn'), nowrap: true, wideOnly: true, cell: (row) => (row.returnedOn ? day(row.returnedOn) : '–') },
  ]
}
