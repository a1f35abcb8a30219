// Self-entries that wait: each is confirmed or refused; whoever is on the roster already is brought up to date.
import { listRoster, rosterSummary } from '@fugong/contract/people'
import { decideEntry, listEntries, type SelfEntry } from '@fugong/contract/people.entries'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { day, instant } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { rosterPath } from './people.ts'

export function EntriesPage() {
  const t = useText('people')
  const pick = usePick()
  const { id = '' } = useParams()
  const { refused, done } = useNotices()
  const read = useRead(listEntries, { params: { id } }, { every: 15_000 })
  const [refusing, setRefusing] = useState<SelfEntry>()
  const decide = useDeed(decideEntry, { invalidates: [listEntries, listRoster, rosterSummary] })
  const confirm = async (entry: SelfEntry) => {
    if (await decide.run({ params: { id, entryId: entry.id }, body: { confirm: true } })) done(t('entries.confirmed', { name: entry.name }))
    else if (decide.problem) refused(decide.problem)
  }
  const columns: DataColumn<SelfEntry>[] = [
    { key: 'name', title: t('field.name'), main: true, nowrap: true, cell: (row) => <strong>{row.name}</strong> },
    { key: 'id', title: t('field.idNumber'), nowrap: true, cell: (row) => <span className="fg-mono">{row.idMasked}</span> },
    { key: 'phone', title: t('field.phone'), nowrap: true, cell: (row) => <span className="fg-num">{row.phoneMasked}</span> },
    { key: 'place', title: t('field.workplace'), cell: (row) => row.workplaceName },
    { key: 'crew', title: t('field.crew'), cell: (row) => [row.crew, row.dormitory].filter(Boolean).join(' · ') || '–' },
    { key: 'origin', title: t('field.origin'), cell: (row) => [pick(row.origin?.name), row.returnedOn ? day(row.returnedOn) : ''].filter(Boolean).join(' · ') || '–' },
    { key: 'known', title: t('entries.standing'), cell: (row) => t(row.known ? 'entries.known' : 'entries.new') },
    { key: 'at', title: t('entries.at'), nowrap: true, wideOnly: true, cell: (row) => instant(row.enteredAt) },
    { key: 'deeds', title: <span className="fg-hidden">{t('entries.deeds')}</span>, nowrap: true, cell: (row) => <span className="fg-row"><Button type="primary" disabled={decide.running} onClick={() => void confirm(row)}>{t('entries.confirm')}</Button><Button onClick={() => { decide.reset(); setRefusing(row) }}>{t('entries.refuse')}</Button></span> },
  ]
  return (
    <Page title={t('entries.title')} sub={t('entries.sub')} width="full" back={{ to: rosterPath(id), text: t('title') }}>
      <DataTable label={t('entries.title')} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.data ? undefined : read.error, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => row.id}
        notes={read.data?.more ? <p className="fg-quiet">{t('entries.more')}</p> : null} empty={{ title: t('entries.empty'), text: t('entries.emptyText'), action: <Link className="fg-button" to={rosterPath(id, '/posters')}>{t('posters.title')}</Link> }} />
      <ReasonDialog open={refusing !== undefined} danger title={t('entries.refuseTitle', { name: refusing?.name ?? '' })} text={t('entries.refuseText')} deed={t('entries.refuse')} maxLength={200} running={decide.running} problem={decide.problem} onCancel={() => setRefusing(undefined)} onDo={(reason) => void decide.run({ params: { id, entryId: refusing!.id }, body: { confirm: false, reason } }).then((answer) => { if (answer) setRefusing(undefined) })} />
    </Page>
  )
}
