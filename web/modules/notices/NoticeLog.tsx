// What a unit told people and what became of it: filters in the address, counts by channel, reasons in words.
import { listNoticeLog, logStates, type LogEntry } from '@fugong/contract/notices.log'
import { templateCodes } from '@fugong/contract/notices.templates'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { templateWord, whyWord } from './words.ts'
import './notices.css'

export function NoticeLog() {
  const t = useText('notices')
  const { filters, set, clear, any } = useFilters(['template', 'channel', 'state', 'from', 'to'])
  const list = usePaged(listNoticeLog, { query: { limit: 50, ...filters } as never }, { every: 30_000 })
  const [opened, open] = useState<string | undefined>(undefined)
  const shown = list.rows.find(({ id }) => id === opened)
  const told = (counts: Record<string, number>) => Object.entries(counts).filter(([, count]) => count > 0).map(([state, count]) => t(`count.${state}`, { count: number(count) })).join(t('sent.comma')) || '–'
  const columns: DataColumn<LogEntry>[] = [
    { key: 'title', title: t('log.message'), main: true, cell: (row) => pick(row.title) },
    { key: 'template', title: t('log.template'), wideOnly: true, cell: (row) => templateWord(t, row.template) },
    { key: 'at', title: t('log.at'), nowrap: true, cell: (row) => instant(row.sentAt) },
    { key: 'read', title: t('log.read'), align: 'right', nowrap: true, cell: (row) => `${number(row.read)} / ${number(row.people)}` },
    { key: 'sms', title: t('log.sms'), cell: (row) => told(row.sms) },
    { key: 'robots', title: t('log.robots'), cell: (row) => told(row.robots), wideOnly: true },
  ]
  const any_ = { value: '', label: t('log.any') }
  return (
    <Page title={t('log.title')} sub={t('log.sub')} width="full">
      <DataTable<LogEntry> label={t('log.title')} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => open(row.id)} openKey={opened} rowTone={(row) => (row.sms.failed || row.robots.failed ? 'warn' : undefined)}
        filters={<>
          <Choice className="nt-filter" aria-label={t('log.template')} value={filters.template ?? ''} onChange={(template) => set({ template: template || undefined })} options={[{ value: '', label: t('log.anyTemplate') }, ...templateCodes.map((code) => ({ value: code, label: templateWord(t, code) }))]} />
          <Choice className="nt-filter" aria-label={t('log.channel')} value={filters.channel ?? ''} onChange={(channel) => set({ channel: channel || undefined })} options={[{ ...any_, label: t('log.anyChannel') }, { value: 'sms', label: t('log.sms') }, { value: 'robot', label: t('log.robots') }]} />
          <Choice className="nt-filter" aria-label={t('log.state')} value={filters.state ?? ''} onChange={(state) => set({ state: state || undefined })} options={[{ ...any_, label: t('log.anyState') }, ...logStates.map((state) => ({ value: state, label: t(`state.${state}`) }))]} />
          <Input className="nt-filter" type="date" aria-label={t('log.from')} value={filters.from ?? ''} onChange={(event) => set({ from: event.target.value || undefined })} />
          <Input className="nt-filter" type="date" aria-label={t('log.to')} value={filters.to ?? ''} onChange={(event) => set({ to: event.target.value || undefined })} />
        </>}
        empty={any ? { title: t('log.noneFound'), action: <Button onClick={clear}>{t('log.clear')}</Button> } : { title: t('log.empty'), text: t('log.emptyText') }} />
      <Panel open={shown !== undefined} title={shown ? pick(shown.title) : ''} onClose={() => open(undefined)}>
        {shown ? (
          <>
            <Facts columns={2} items={[
              { label: t('log.template'), value: templateWord(t, shown.template) }, { label: t('log.at'), value: instant(shown.sentAt) }, { label: t('log.read'), value: `${number(shown.read)} / ${number(shown.people)}` },
              { label: t('log.sms'), value: told(shown.sms) }, { label: t('log.robots'), value: told(shown.robots) }, { label: t('log.deferredUntil'), value: shown.deferredUntil ? instant(shown.deferredUntil) : '–' },
            ]} />
            {shown.reasons.length ? <ul>{shown.reasons.map(({ channel, why, count }) => <li key={`${channel} ${why}`}>{t('log.reason', { channel: t(channel === 'sms' ? 'log.sms' : 'log.robots'), why: whyWord(t, why), count: number(count) })}</li>)}</ul> : null}
            {shown.link ? <p><Link to={shown.link}>{t('inbox.open')}</Link></p> : null}
          </>
        ) : null}
      </Panel>
    </Page>
  )
}
