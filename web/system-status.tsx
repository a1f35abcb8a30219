// What the system could not do by itself, for the administrator: jobs and deliveries that were given up, tried again or settled here.
import { listDeadLetters, retryDeadLetter, settleDeadLetter, type DeadLetter } from '@fugong/contract/base.letters'
import { Button } from 'antd'
import { useState } from 'react'
import { instant, relative } from './base/format.ts'
import { hasText, useText } from './base/i18n.ts'
import { useDeed, usePaged } from './base/query.tsx'
import { useSession } from './base/session.tsx'
import { DataTable, type DataColumn } from './ui/DataTable.tsx'
import { ReasonDialog } from './ui/Dialog.tsx'
import { useNotices } from './ui/notices.tsx'
import { Page } from './ui/Page.tsx'
import { Note } from './ui/parts.tsx'

export function SystemStatus() {
  const t = useText('base')
  const { may } = useSession()
  const { done } = useNotices()
  const list = usePaged(listDeadLetters, { query: { limit: 50 } }, { every: 60_000 })
  const [asking, ask] = useState<{ deed: 'retry' | 'settle'; of: DeadLetter } | undefined>()
  const close = () => { ask(undefined); retry.reset(); settle.reset() }
  const retry = useDeed(retryDeadLetter, { invalidates: [listDeadLetters], onDone: () => { done(t('system.retried')); close() } })
  const settle = useDeed(settleDeadLetter, { invalidates: [listDeadLetters], onDone: () => { done(t('system.settled')); close() } })
  const nameOf = (name: string) => { const key = `system.names.${name.replace(/\W/g, '_')}`; return hasText('base', key) ? t(key) : name }
  const columns: DataColumn<DeadLetter>[] = [
    { key: 'name', title: t('system.name'), main: true, cell: (one) => <>{nameOf(one.name)}<span className="fg-quiet fg-mono fg-below">{one.name}</span></> },
    { key: 'kind', title: t('system.kind'), nowrap: true, cell: (one) => t(`system.kinds.${one.kind}`) },
    { key: 'at', title: t('system.at'), nowrap: true, cell: (one) => <time dateTime={one.at} title={relative(one.at)}>{instant(one.at)}</time> },
    { key: 'error', title: t('system.error'), cell: (one) => <span className="fg-mono">{one.error}</span> },
    { key: 'reference', title: t('system.reference'), wideOnly: true, cell: (one) => <span className="fg-mono">{one.reference}</span> },
    { key: 'deeds', title: t('system.deeds'), nowrap: true, cell: (one) => may('system.settle') ? <span className="fg-row">
      <Button size="small" className="fg-row-deed" aria-label={t('system.retryNamed', { name: nameOf(one.name) })} onClick={() => ask({ deed: 'retry', of: one })}>{t('system.retry')}</Button>
      <Button size="small" className="fg-row-deed" aria-label={t('system.settleNamed', { name: nameOf(one.name) })} onClick={() => ask({ deed: 'settle', of: one })}>{t('system.settle')}</Button>
    </span> : null },
  ]
  const deed = asking?.deed === 'retry' ? retry : settle
  return (
    <Page title={t('system.title')} sub={t('system.sub')}>
      {list.rows.length > 0 ? <Note tone="warn" title={t('system.waiting', { count: list.total ?? list.rows.length })}>{t('system.waitingText')}</Note> : null}
      <DataTable<DeadLetter> label={t('system.list')} list={list} columns={columns} rowKey={(one) => one.id} empty={{ title: t('system.empty'), text: t('system.emptyText') }} />
      {asking ? (
        <ReasonDialog open title={t(`system.${asking.deed}Of`, { name: nameOf(asking.of.name) })} text={t(`system.${asking.deed}Text`, { at: instant(asking.of.at), reference: asking.of.reference })} deed={t(`system.${asking.deed}`)} needsReason={asking.deed === 'settle'} reasonHelp={t('system.settleHelp')} maxLength={300}
          running={deed.running} problem={deed.problem} onCancel={close} onDo={(reason) => void (asking.deed === 'retry' ? retry.run({ params: { id: asking.of.id } }) : settle.run({ params: { id: asking.of.id }, body: { reason } }))} />
      ) : null}
    </Page>
  )
}
