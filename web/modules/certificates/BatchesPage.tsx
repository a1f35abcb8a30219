// My batches of prints: how far each is, where its file lies and until when.
import { cancelPrintBatch, listPrintBatches, takePrintBatch, type PrintBatch } from '@fugong/contract/certificates.print'
import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../base/api.ts'
import { instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import './certificates.css'

const tones: Partial<Record<PrintBatch['state'], Tone>> = { queued: 'info', running: 'info', ready: 'good', failed: 'bad' }
export function BatchesPage() {
  const t = useText('certificates')
  const [moving, setMoving] = useState(false)
  const [cancelling, cancelOf] = useState<PrintBatch | undefined>(undefined)
  const list = usePaged(listPrintBatches, { query: { limit: 50 } }, { staleTime: 0, every: moving ? 2000 : 20_000 })
  const now = list.rows.some((row) => row.state === 'queued' || row.state === 'running')
  if (now !== moving) setMoving(now)
  const cancel = useDeed(cancelPrintBatch, { invalidates: [listPrintBatches], onDone: () => cancelOf(undefined) })
  const removes = (row: PrintBatch) => t(row.state === 'ready' ? 'batch.remove' : 'batch.cancel')
  const columns: DataColumn<PrintBatch>[] = [
    { key: 'what', title: t('batch.what'), main: true, cell: (row) => <div>{pick(row.filter)}<span className="fg-quiet fg-cert-under"><span className="fg-mono">{row.number}</span> · {t(`layout.${row.layout}`)}</span></div> },
    { key: 'state', title: t('stateTitle'), cell: (row) => <div><StatusTag tone={tones[row.state] ?? 'neutral'}>{t(`batch.state.${row.state}`)}</StatusTag><span className="fg-quiet fg-cert-under">{row.state === 'failed' ? t(`batch.failure.${row.failure ?? 'failed'}`) : row.state === 'ready' ? t('batch.until', { until: instant(row.expiresAt) }) : ''}</span></div> },
    { key: 'done', title: t('batch.count'), align: 'right', nowrap: true, cell: (row) => row.state === 'running' && row.expected ? <span className="fg-cert-progress"><progress max={row.expected} value={row.done} aria-label={row.number} /><span>{number(row.done)} / {number(row.expected)}</span></span> : row.expected === null ? '–' : number(row.expected) },
    { key: 'asked', title: t('batch.asked'), nowrap: true, wideOnly: true, cell: (row) => instant(row.askedAt) },
    { key: 'deeds', title: t('deeds'), cell: (row) => <span className="fg-cert-deeds">
      {row.can.includes('take') ? <a className="fg-button" download href={addressOf(takePrintBatch, { params: { id: row.id } })} aria-label={`${t('batch.take')} ${row.number}`}>{t('batch.take')}</a> : null}
      {row.can.includes('cancel') ? <Button aria-label={`${removes(row)} ${row.number}`} onClick={() => { cancel.reset(); cancelOf(row) }}>{removes(row)}</Button> : null}
      {row.can.length ? null : <span className="fg-quiet">–</span>}
    </span> },
  ]
  return (
    <Page title={t('batch.title')} sub={t('batch.sub')} width="full" back={{ to: '/console/certificates', text: t('list.title') }}>
      <DataTable<PrintBatch> label={t('batch.title')} list={list} columns={columns} rowKey={(row) => row.id} rowTone={(row) => (row.state === 'failed' ? 'bad' : undefined)} empty={{ title: t('batch.empty'), text: t('batch.emptyText') }} />
      {cancelling ? <ReasonDialog open danger needsReason={false} title={`${removes(cancelling)}：${cancelling.number}`} text={t('batch.cancelText')} deed={removes(cancelling)} running={cancel.running} problem={cancel.problem} onCancel={() => cancelOf(undefined)} onDo={() => void cancel.run({ params: { id: cancelling.id }, body: {} })} /> : null}
    </Page>
  )
}
