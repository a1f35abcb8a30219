// Phones that wait for the firm, because the roster has no number to send a code to: each is approved for the phone that asked, or refused with a reason.
import { decideAsk, listBoundPhones, listWaitingAsks, type WaitingAsk } from '@fugong/contract/health.phones'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { rosterPath } from './people.ts'

export function ClaimsPage() {
  const t = useText('people')
  const { id = '' } = useParams()
  const { done } = useNotices()
  const read = useRead(listWaitingAsks, { params: { id } }, { every: 10_000 })
  const [asked, setAsked] = useState<{ claim: WaitingAsk; approve: boolean }>()
  const decide = useDeed(decideAsk, { invalidates: [listWaitingAsks, listBoundPhones] })
  const begin = (claim: WaitingAsk, approve: boolean) => { decide.reset(); setAsked({ claim, approve }) }
  const act = async (reason: string) => {
    const { claim, approve } = asked!
    if (!(await decide.run({ params: { id, askId: claim.id }, body: approve ? { approve } : { approve, reason } }))) return
    setAsked(undefined)
    done(t(approve ? 'claims.approved' : 'claims.refused', { name: claim.name }))
  }
  const columns: DataColumn<WaitingAsk>[] = [
    { key: 'name', title: t('field.name'), main: true, nowrap: true, cell: (row) => <Link className="fg-row-main" data-row-main="" to={rosterPath(id, `/${row.employmentId}`)}>{row.name}</Link> },
    { key: 'place', title: t('field.workplace'), cell: (row) => row.workplaceName },
    { key: 'crew', title: t('field.crew'), cell: (row) => [row.crew, row.dormitory].filter(Boolean).join(' · ') || '–' },
    { key: 'relation', title: t('claims.whose'), nowrap: true, cell: (row) => t(`phones.relation.${row.relation}`) },
    { key: 'phones', title: t('claims.phones'), align: 'right', cell: (row) => row.phones },
    { key: 'at', title: t('claims.at'), nowrap: true, cell: (row) => instant(row.askedAt) },
    { key: 'until', title: t('claims.until'), nowrap: true, wideOnly: true, cell: (row) => instant(row.expiresAt) },
    { key: 'deeds', title: <span className="fg-hidden">{t('entries.deeds')}</span>, nowrap: true, cell: (row) => row.can.includes('approve') ? <span className="fg-row"><Button type="primary" onClick={() => begin(row, true)}>{t('claims.approve')}</Button><Button onClick={() => begin(row, false)}>{t('claims.refuse')}</Button></span> : null },
  ]
  const name = asked?.claim.name ?? ''
  return (
    <Page title={t('claims.title')} sub={t('claims.sub')} width="full" back={{ to: rosterPath(id), text: t('title') }}>
      <DataTable label={t('claims.title')} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.data ? undefined : read.error, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => row.id}
        notes={read.data?.more ? <p className="fg-quiet">{t('entries.more')}</p> : null} empty={{ title: t('claims.empty'), text: t('claims.emptyText'), action: <Link className="fg-button" to={rosterPath(id, '/posters')}>{t('posters.title')}</Link> }} />
      <ReasonDialog open={asked !== undefined} danger={asked?.approve === false} needsReason={asked?.approve === false} title={t(asked?.approve ? 'claims.approveTitle' : 'claims.refuseTitle', { name })} text={t(asked?.approve ? 'claims.approveText' : 'claims.refuseText', { name })} deed={t(asked?.approve ? 'claims.approve' : 'claims.refuse')} maxLength={200}
        running={decide.running} problem={decide.problem} onCancel={() => setAsked(undefined)} onDo={(reason) => void act(reason)} />
    </Page>
  )
}
