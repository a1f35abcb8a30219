// Plans of batches that concern one's areas: who planned, from when to when, how far firms have come; and the way to a new one.
import { listBatchPlans, planStates, type BatchPlanRow } from '@fugong/contract/batches'
import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day, number, rate } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { OpenPlan } from './OpenPlan.tsx'
import './batches.css'

export function PlanList() {
  const t = useText('batches')
  const { may, session } = useSession()
  const { nameOf } = useAreas()
  const go = useNavigate()
  const { filters, set, clear, any } = useFilters(['state', 'q'] as const)
  const [opening, open] = useState(false)
  const state = planStates.find((one) => one === filters.state)
  const list = usePaged(listBatchPlans, { query: { limit: 50, ...(state ? { state } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const plans = may('batch.plan') && !session.seeingAs
  const make = plans ? <Button type="primary" onClick={() => open(true)}>{t('open.deed')}</Button> : null
  const columns: DataColumn<BatchPlanRow>[] = [
    { key: 'name', title: t('plan.name'), main: true, cell: (row) => row.name },
    { key: 'state', title: t('plan.state'), nowrap: true, cell: (row) => <StatusTag tone={row.state === 'open' ? 'info' : 'neutral'}>{t(`planState.${row.state}`)}</StatusTag> },
    { key: 'unit', title: t('plan.unit'), cell: (row) => <>{pick(row.unit)}<span className="fg-quiet ba-under">{nameOf(row.areaCode)}</span></> },
    { key: 'days', title: t('plan.days'), nowrap: true, cell: (row) => (row.firstDay ? `${day(row.firstDay)} – ${day(row.lastDay)}` : '–') },
    { key: 'batches', title: t('plan.batches'), align: 'right', nowrap: true, cell: (row) => number(row.batches) },
    { key: 'firms', title: t('plan.firms'), align: 'right', nowrap: true, cell: (row) => number(row.counts.firms) },
    { key: 'ready', title: t('count.ready'), nowrap: true, cell: (row) => rate(row.counts.ready, row.counts.invited) },
    { key: 'filed', title: t('count.filed'), nowrap: true, cell: (row) => rate(row.counts.filed, row.counts.firms) },
  ]
  const tab = (key: string | undefined) => `?${new URLSearchParams({ ...(key ? { state: key } : {}), ...(filters.q ? { q: filters.q } : {}) }).toString()}`
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full" actions={make}>
      <TabLinks label={t('plan.state')} items={[{ key: 'all', to: tab(undefined), text: t('list.all'), active: !state }, ...planStates.map((key) => ({ key, to: tab(key), text: t(`planState.${key}`), active: state === key }))]} />
      <DataTable<BatchPlanRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/batches/${row.id}`}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        empty={any ? { title: t('list.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText'), action: make }} />
      <FormDialog open={opening} title={t('open.title')} width={640} onCancel={() => open(false)}><OpenPlan onCancel={() => open(false)} onDone={(plan) => void go(`/console/batches/${plan.id}`)} /></FormDialog>
    </Page>
  )
}
