// Complexes of one's areas: who operates each, how many tenants it has, how far its collective declaration has come.
import { listComplexes, type ComplexRow } from '@fugong/contract/complexes'
import { Button } from 'antd'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { FilingTag } from './FilingTag.tsx'
import './complexes.css'

export function ComplexList() {
  const t = useText('complexes')
  const { whereIs } = useAreas()
  const { filters, set, clear, any } = useFilters(['district', 'q'] as const)
  const list = usePaged(listComplexes, { query: { limit: 50, ...filters } })
  const columns: DataColumn<ComplexRow>[] = [
    { key: 'name', title: t('complex.name'), main: true, cell: (row) => row.name },
    { key: 'operator', title: t('complex.operator'), cell: (row) => row.operatorName },
    { key: 'address', title: t('complex.address'), cell: (row) => whereIs(row) },
    { key: 'filing', title: t('filing.title'), nowrap: true, cell: (row) => <FilingTag state={row.filing} /> },
    { key: 'tenants', title: t('tenant.title'), align: 'right', nowrap: true, cell: (row) => number(row.counts.tenants) },
    { key: 'confirmed', title: t('state.confirmed'), nowrap: true, cell: (row) => rate(row.counts.confirmed, row.counts.tenants) },
    { key: 'review', title: t('count.underReview'), align: 'right', nowrap: true, cell: (row) => number(row.counts.underReview) },
    { key: 'filed', title: t('count.filed'), nowrap: true, cell: (row) => rate(row.counts.filed, row.counts.tenants) },
  ]
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full">
      <DataTable<ComplexRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/complexes/${row.id}`} rowTone={(row) => (row.counts.underReview ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        filters={<AreaPicker className="fg-filter" aria-label={t('list.area')} placeholder={t('list.area')} kinds={['district', 'devZone']} allowClear value={filters.district ?? null} onChange={(district) => set({ district })} />}
        empty={any ? { title: t('list.emptyFiltered'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
    </Page>
  )
}
