// Stop-work orders of one's scope: by state, late ones, found by number or firm.
import { listOrders, orderStates, type OrderRow } from '@fugong/contract/orders'
import { Button, Checkbox } from 'antd'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { Deadline, StateOf } from './Parts.tsx'
import './orders.css'

const names = ['state', 'overdue', 'declaration', 'q'] as const
export function OrderList() {
  const t = useText('orders')
  const { filters, set, clear, any } = useFilters(names)
  const { nameOf } = useAreas()
  const state = orderStates.find((one) => one === filters.state)
  const list = usePaged(listOrders, { query: { limit: 50, ...(state ? { state } : {}), ...(filters.overdue ? { overdue: true } : {}), ...(filters.declaration ? { declaration: filters.declaration } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const columns: DataColumn<OrderRow>[] = [
    { key: 'number', title: t('field.documentNo'), main: true, cell: (row) => <Link data-row-main="" to={`/console/orders/${row.id}`}>{row.documentNo}</Link> },
    { key: 'state', title: t('stateTitle'), nowrap: true, cell: (row) => <StateOf of={row} /> },
    { key: 'firm', title: t('field.firm'), cell: (row) => <div>{row.enterpriseName}<span className="fg-quiet fg-order-under">{row.workplaceName} · {nameOf(row.districtCode)}</span></div> },
    { key: 'reason', title: t('field.reason'), wideOnly: true, cell: (row) => <span className="fg-order-reason">{row.reason}</span> },
    { key: 'points', title: t('points'), nowrap: true, align: 'right', cell: (row) => `${row.accepted} / ${row.items}` },
    { key: 'deadline', title: t('field.deadline'), nowrap: true, cell: (row) => <Deadline of={row} /> },
    { key: 'unit', title: t('field.unit'), cell: (row) => <div>{pick(row.unit)}<span className="fg-quiet fg-order-under">{day(row.issuedAt)}</span></div> },
  ]
  const tab = (key: string | undefined) => `?${new URLSearchParams(Object.entries({ ...filters, state: key }).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()}`
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full">
      <TabLinks label={t('list.tabs')} items={[{ key: 'all', to: tab(undefined), text: t('list.all'), active: !state }, ...orderStates.map((key) => ({ key, to: tab(key), text: t(`state.${key}`), active: state === key }))]} />
      <DataTable<OrderRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/orders/${row.id}`} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        filters={<Checkbox checked={Boolean(filters.overdue)} onChange={(event) => set({ overdue: event.target.checked ? 'true' : undefined })}>{t('list.overdueOnly')}</Checkbox>}
        empty={any ? { title: t('list.emptyFiltered'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
    </Page>
  )
}
