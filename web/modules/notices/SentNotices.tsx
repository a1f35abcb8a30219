// What my units sent to firms, and what became of it: reached, read, text messages sent and failed.
import { listSentNotices, type SentNotice } from '@fugong/contract/notices'
import { useState } from 'react'
import { instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import './notices.css'

export function SentNotices() {
  const t = useText('notices')
  const list = usePaged(listSentNotices, { query: { limit: 50 } }, { every: 30_000 })
  const [opened, open] = useState<string | undefined>(undefined)
  const shown = list.rows.find(({ id }) => id === opened)
  const columns: DataColumn<SentNotice>[] = [
    { key: 'title', title: t('sent.message'), main: true, cell: (row) => row.title },
    { key: 'by', title: t('sent.by'), nowrap: true, cell: (row) => row.by },
    { key: 'at', title: t('sent.at'), nowrap: true, cell: (row) => instant(row.sentAt) },
    { key: 'firms', title: t('sent.firms'), align: 'right', nowrap: true, cell: (row) => number(row.firms) },
    { key: 'read', title: t('sent.read'), align: 'right', nowrap: true, cell: (row) => `${number(row.read)} / ${number(row.people)}` },
    { key: 'sms', title: t('sent.sms'), nowrap: true, wideOnly: true, cell: (row) => (row.sms ? smsWords(row) : '–') },
  ]
  const smsWords = (row: SentNotice) => [t('sent.smsSent', { count: row.smsSent }), row.smsWaiting ? t('sent.smsWaiting', { count: row.smsWaiting }) : '', row.smsFailed ? t('sent.smsFailed', { count: row.smsFailed }) : ''].filter(Boolean).join(t('sent.comma'))
  return (
    <Page title={t('sent.title')} sub={t('sent.sub')} width="full">
      <DataTable<SentNotice> label={t('sent.title')} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => open(row.id)} openKey={opened} empty={{ title: t('sent.empty'), text: t('sent.emptyText') }} />
      <Panel open={shown !== undefined} title={shown?.title ?? ''} onClose={() => open(undefined)}>
        {shown ? (
          <>
            <p className="fg-notice-text">{shown.text}</p>
            <Facts columns={2} items={[
              { label: t('sent.by'), value: `${shown.by}${shown.unit ? ` · ${pick(shown.unit)}` : ''}` }, { label: t('sent.at'), value: instant(shown.sentAt) },
              { label: t('sent.firms'), value: number(shown.firms) }, { label: t('sent.without'), value: number(shown.firmsWithoutContact) },
              { label: t('sent.read'), value: `${number(shown.read)} / ${number(shown.people)}` }, { label: t('sent.sms'), value: shown.sms ? smsWords(shown) : t('sent.noSms') },
            ]} />
          </>
        ) : null}
      </Panel>
    </Page>
  )
}
