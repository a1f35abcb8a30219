// The district's look at rosters: how many people of which firm and workplace are in which state; no names.
import { listRosterCounts, rosterStates, type RosterCount } from '@fugong/contract/people'
import { Link } from 'react-router'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import './people.css'

const KINDS = ['district', 'street'] as const
export function RosterCounts() {
  const t = useText('people')
  const { nameOf } = useAreas()
  const { filters, set, any } = useFilters(['district', 'street'])
  const query = { limit: 50, ...filters }
  const list = usePaged(listRosterCounts, { query })
  const sums = useRead(listRosterCounts, { query: { ...filters, limit: 1 } }, { keepPrevious: true }).data
  const of = (states: RosterCount['states'], state: string) => states.find((one) => one.state === state)?.people ?? 0
  const columns: DataColumn<RosterCount>[] = [
    { key: 'firm', title: t('counts.firm'), main: true, cell: (row) => row.enterpriseName },
    { key: 'place', title: t('field.workplace'), cell: (row) => row.workplaceName },
    { key: 'area', title: t('counts.area'), nowrap: true, cell: (row) => nameOf(row.streetCode) },
    { key: 'total', title: t('counts.total'), align: 'right', cell: (row) => number(row.total) },
    ...rosterStates.filter((state) => state !== 'left').map((state): DataColumn<RosterCount> => ({ key: state, title: t(`state.${state}`), align: 'right', cell: (row) => number(of(row.states, state)) })),
    { key: 'rate', title: t('counts.rate'), align: 'right', cell: (row) => rate(of(row.states, 'onDuty'), row.total) },
  ]
  const total = (sums?.totals ?? []).filter(({ state }) => state !== 'left').reduce((sum, { people }) => sum + people, 0)
  return (
    <Page title={t('counts.title')} sub={t('counts.sub')} width="full">
      {sums ? <ul className="pe-states" aria-label={t('counts.totals')}>
        <li className="pe-state"><strong className="fg-num">{number(sums.firms)}</strong><span>{t('counts.firms')}</span></li><li className="pe-state"><strong className="fg-num">{number(total)}</strong><span>{t('counts.total')}</span></li>
        {rosterStates.filter((state) => state !== 'left').map((state) => <li key={state} className="pe-state"><strong className="fg-num">{number(of(sums.totals, state))}</strong><span>{t(`state.${state}`)}</span></li>)}
      </ul> : null}
      <DataTable label={t('counts.title')} list={list} columns={columns} rowKey={(row) => row.workplaceId} href={(row) => `/console/enterprises/${row.enterpriseId}`}
        filters={<><AreaPicker className="fg-filter" kinds={KINDS} allowClear aria-label={t('counts.area')} placeholder={t('counts.area')} value={filters.street ?? filters.district ?? null} onChange={(code) => set({ district: code?.length === 6 ? code : undefined, street: code && code.length > 6 ? code : undefined })} /></>}
        empty={any ? { title: t('emptyFiltered'), text: t('emptyFilteredText'), action: <Link className="fg-button" to="/console/rosters">{t('clear')}</Link> } : { title: t('counts.empty'), text: t('counts.emptyText') }} />
    </Page>
  )
}
