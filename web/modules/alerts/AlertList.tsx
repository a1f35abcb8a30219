// The case officer's desk: alerts of the district, the running ones first, by colour and state.
import { listAlerts, type AlertRow, type AlertState } from '@fugong/contract/alerts'
import { healthLevels, type HealthLevel } from '@fugong/contract/health'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { Colour, Limit, Tabs } from './Parts.tsx'
import './alerts.css'

export const stateTones: Record<AlertState, Tone> = { open: 'bad', following: 'info', observing: 'info', released: 'good', lifted: 'neutral', answered: 'good', lapsed: 'neutral' }
const states = ['running', 'open', 'following', 'observing', 'released', 'lifted', 'answered', 'lapsed'] as const
export function AlertList() {
  const t = useText('alerts')
  const { filters, set, clear, any } = useFilters(['state', 'level'] as const)
  const state = states.find((one) => one === filters.state) ?? 'running'
  const level = healthLevels.find((one) => one === filters.level)
  const list = usePaged(listAlerts, { query: { limit: 50, state, ...(level ? { level } : {}) } }, { every: 15_000 })
  const columns: DataColumn<AlertRow>[] = [
    { key: 'name', title: t('field.name'), main: true, nowrap: true, cell: (row) => <Link data-row-main="" className="fg-row-main" to={`/console/alerts/${row.id}`}>{row.name}</Link> },
    { key: 'level', title: t('field.level'), nowrap: true, cell: (row) => <Colour level={row.level} /> },
    { key: 'state', title: t('field.state'), nowrap: true, cell: (row) => <StatusTag tone={stateTones[row.state]}>{t(row.kind === 'matter' && row.state === 'open' ? 'state.waitsForFirm' : `state.${row.state}`)}</StatusTag> },
    { key: 'next', title: t('field.next'), nowrap: true, cell: (row) => (row.nextStep ? <>{t(`step.${row.nextStep}`)} · <Limit at={row.dueAt!} late={row.overdue} /></> : row.observeUntil && !row.endedAt ? t('observedUntil', { day: row.observeUntil }) : '–') },
    { key: 'firm', title: t('field.firm'), cell: (row) => <>{row.enterpriseName}<span className="fg-quiet"> · {row.workplaceName}</span></> },
    { key: 'handler', title: t('field.handler'), nowrap: true, cell: (row) => row.handler ?? t('nobody') },
    { key: 'opened', title: t('field.opened'), nowrap: true, wideOnly: true, cell: (row) => instant(row.openedAt) },
  ]
  return (
    <Page title={t('title')} sub={t('sub')} width="full">
      <Tabs at="alerts" />
      <DataTable<AlertRow> label={t('title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/alerts/${row.id}`} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
        filters={<>
          <Choice className="fg-filter" aria-label={t('field.state')} value={state} onChange={(value) => set({ state: value === 'running' ? undefined : (value ?? undefined) })} options={states.map((value) => ({ value, label: t(`state.${value}`) }))} />
          <Choice<HealthLevel> className="fg-filter" allowClear aria-label={t('field.level')} placeholder={t('field.level')} value={level ?? null} onChange={(value) => set({ level: value ?? undefined })} options={(['yellow', 'orange', 'red'] as const).map((value) => ({ value, label: t(`level.${value}`) }))} />
        </>}
        empty={any ? { title: t('emptyFiltered'), action: <Button onClick={clear}>{t('clear')}</Button> } : { title: t('empty'), text: t('emptyText') }} />
    </Page>
  )
}
