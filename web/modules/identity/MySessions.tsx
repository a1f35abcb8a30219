// Where I am signed in; what I do not recognise I end from here.
import { endMySession, listMySessions, type MySession } from '@fugong/contract/identity'
import { Button } from 'antd'
import { useState } from 'react'
import type { Static } from 'typebox'
import { instant, relative } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { deviceOf } from './people.ts'

type Session = Static<typeof MySession>
export function MySessions() {
  const t = useText('identity')
  const { session } = useSession()
  const read = useRead(listMySessions)
  const [ending, setEnding] = useState<Session | undefined>()
  const end = useDeed(endMySession, { invalidates: [listMySessions], onDone: () => setEnding(undefined) })
  const columns: DataColumn<Session>[] = [
    { key: 'device', title: t('me.device'), main: true, cell: (one) => <span title={one.agent}>{deviceOf(one.agent, t)}</span> },
    { key: 'since', title: t('me.since'), cell: (one) => instant(one.createdAt), nowrap: true },
    { key: 'seen', title: t('me.lastSeen'), cell: (one) => <time dateTime={one.lastSeenAt} title={instant(one.lastSeenAt)}>{relative(one.lastSeenAt)}</time>, nowrap: true },
    { key: 'deed', title: t('grant.deeds'), align: 'right', cell: (one) => one.current ? <StatusTag tone="good">{t('me.here')}</StatusTag> : <Button size="small" onClick={() => { end.reset(); setEnding(one) }}>{t('me.end')}</Button>, nowrap: true },
  ]
  return (
    <Section plain title={t('me.sessions')}>
      <p className="fg-quiet id-before">{t(session.staff ? 'me.sessionsText' : 'me.sessionsTextFirm')}</p>
      <DataTable label={t('me.sessions')} columns={columns} rowKey={(one) => one.id} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() }} empty={{ title: t('me.sessionsEmpty') }} />
      <ReasonDialog open={ending !== undefined} title={ending ? t('me.endOf', { device: deviceOf(ending.agent, t) }) : ''} text={t('me.endText')} deed={t('me.end')} needsReason={false} running={end.running} problem={end.problem} onCancel={() => setEnding(undefined)} onDo={() => ending && void end.run({ params: { id: ending.id } })} />
    </Section>
  )
}
