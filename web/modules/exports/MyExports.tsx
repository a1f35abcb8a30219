// What I exported: where each stands, how far it is, where the file lies and until when.
import { cancelExport, countExports, listExports, takeExport, type Export } from '@fugong/contract/exports'
import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../base/api.ts'
import { instant, number, relative } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ExportTabs } from './ExportTabs.tsx'
import { isMoving, toneOfExport } from './states.ts'
import './exports.css'

export function MyExports() {
  const t = useText('exports')
  const [moving, setMoving] = useState(false)
  const [cancelling, cancelOf] = useState<Export | undefined>(undefined)
  const list = usePaged(listExports, { query: { limit: 50 } }, { staleTime: 0, ...(moving ? { every: 2000 } : { every: 20_000 }) })
  const now = list.rows.some((row) => isMoving(row.state))
  if (now !== moving) setMoving(now)
  const cancel = useDeed(cancelExport, { invalidates: [listExports, countExports], onDone: () => cancelOf(undefined) })
  const columns: DataColumn<Export>[] = [
    { key: 'name', title: t('list.what'), main: true, cell: (row) => <div>{pick(row.name)}<span className="fg-quiet ex-under"><span className="fg-mono">{row.number}</span> · {t(`format.${row.format}`)}</span></div> },
    { key: 'state', title: t('list.state'), cell: (row) => <div><StatusTag tone={toneOfExport(row.state)}>{t(`state.${row.state}`)}</StatusTag><span className="fg-quiet ex-under">{next(row)}</span></div> },
    { key: 'filter', title: t('list.filter'), wideOnly: true, cell: (row) => <div>{pick(row.filter)}{row.personal.length ? <span className="fg-quiet ex-under">{t('list.personal', { columns: row.personal.map((column) => pick(column)).join(t('comma')) })}</span> : null}</div> },
    { key: 'rows', title: t('list.rows'), align: 'right', nowrap: true, cell: (row) => <Progress of={row} /> },
    { key: 'asked', title: t('list.asked'), nowrap: true, wideOnly: true, cell: (row) => <time dateTime={row.askedAt}>{instant(row.askedAt)}</time> },
    { key: 'deeds', title: t('list.deeds'), cell: (row) => <Deeds of={row} /> },
  ]
  function next(row: Export): string {
    if (row.state === 'ready') return t('next.ready', { until: instant(row.expiresAt), within: row.expiresAt ? relative(row.expiresAt) : '' })
    if (row.state === 'asked') return t('next.asked', { until: instant(row.expiresAt) })
    if (row.state === 'refused') return t('next.refused', { who: row.decidedBy?.name ?? '', reason: row.decisionReason ?? '' })
    if (row.state === 'failed') return t(`failure.${row.failure ?? 'failed'}`)
    return t(`next.${row.state}`, { until: instant(row.expiresAt) })
  }
  function Deeds({ of }: { of: Export }) {
    const deeds = [
      of.can.includes('take') ? <a key="take" className="fg-button" download href={addressOf(takeExport, { params: { id: of.id } })} aria-label={`${t('take.deed')} ${of.number}`} onClick={() => setTimeout(list.retry, 1500)}>{t('take.deed')}</a> : null,
      of.can.includes('cancel') ? <Button key="cancel" aria-label={`${t(of.state === 'ready' ? 'cancel.remove' : 'cancel.deed')} ${of.number}`} onClick={() => { cancel.reset(); cancelOf(of) }}>{t(of.state === 'ready' ? 'cancel.remove' : 'cancel.deed')}</Button> : null,
    ].filter(Boolean)
    return deeds.length ? <span className="ex-deeds">{deeds}</span> : <span className="fg-quiet">–</span>
  }
  return (
    <Page title={t('title')} sub={t('sub')} width="full">
      <ExportTabs active="mine" />
      <DataTable<Export> label={t('title')} list={list} columns={columns} rowKey={(row) => row.id} rowTone={(row) => (row.state === 'failed' ? 'bad' : undefined)} empty={{ title: t('list.empty'), text: t('list.emptyText') }} />
      {cancelling ? <ReasonDialog open danger needsReason={false} title={t('cancel.title', { number: cancelling.number })} text={t('cancel.text', { name: pick(cancelling.name) })} deed={t(cancelling.state === 'ready' ? 'cancel.remove' : 'cancel.deed')} running={cancel.running} problem={cancel.problem} onCancel={() => cancelOf(undefined)} onDo={() => void cancel.run({ params: { id: cancelling.id }, body: {} })} /> : null}
    </Page>
  )
}

/** Rows written of rows expected, as figures and as a bar. */
function Progress({ of }: { of: Export }) {
  const t = useText('exports')
  if (of.state === 'running' && of.expected) return <span className="ex-progress"><progress max={of.expected} value={of.rows} aria-label={t('list.progress', { number: of.number })} /><span>{number(of.rows)} / {number(of.expected)}</span></span>
  if (of.state === 'done' || of.state === 'ready') return <span title={of.sha256 ? t('list.hash', { hash: of.sha256 }) : undefined}>{number(of.rows)}</span>
  return of.expected === null ? <span className="fg-quiet">–</span> : <span>{number(of.expected)}</span>
}
