// One import on its way: each state shows its step, and one may leave and come back at any time.
import { cancelImport, getImport, listImports, listImportTargets, type Import } from '@fugong/contract/imports'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { bytes, number } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Ready } from '../../ui/states.tsx'
import { CheckStep } from './CheckStep.tsx'
import { MatchStep } from './MatchStep.tsx'
import { Resumed } from './Resumed.tsx'
import { useRoot } from './root.ts'
import { ResultStep } from './ResultStep.tsx'
import { isBusy, stepOf, timeLeft, toneOf } from './states.ts'
import './imports.css'

const STEPS = ['file', 'columns', 'check', 'store', 'result'] as const
export function ImportPage() {
  const { id = '' } = useParams()
  const t = useText('imports')
  const pick = usePick()
  const root = useRoot()
  // While work goes on the page follows it; afterwards it rests.
  const [busy, setBusy] = useState(true)
  const read = useRead(getImport, { params: { id } }, busy ? { every: 800 } : {})
  const one = read.data
  if (one && isBusy(one.state) !== busy) setBusy(isBusy(one.state))
  const targets = useRead(listImportTargets)
  const columns = targets.data?.items.find((target) => target.code === one?.target)?.columns ?? []
  return (
    <Page title={one?.fileName ?? t('title')} back={{ to: root, text: t('title') }} tags={one ? <StatusTag tone={toneOf(one.state)} large>{t(`state.${one.state}`)}</StatusTag> : null} sub={one ? `${pick(one.targetName)} · ${bytes(one.size)}` : null}>
      <Ready read={read}>{(found) => (
        <div className="fg-stack">
          <ol className="im-steps" aria-label={t('steps.label')}>
            {STEPS.map((step, at) => <li key={step} className={at + 1 < stepOf(found) ? 'im-step-done' : at + 1 === stepOf(found) ? 'im-step-now' : ''} aria-current={at + 1 === stepOf(found) ? 'step' : undefined}><span className="im-step-no" aria-hidden="true">{at + 1}</span>{t(`steps.${step}`)}</li>)}
          </ol>
          <Resumed one={found} />
          <Step one={found} columns={columns} />
        </div>
      )}</Ready>
    </Page>
  )
}
function Step({ one, columns }: { one: Import; columns: Parameters<typeof MatchStep>[0]['columns'] }) {
  if (isBusy(one.state)) return <Progress one={one} />
  if (one.state === 'read') return <MatchStep key={`${one.id} ${one.revision}`} one={one} columns={columns} />
  if (one.state === 'checked') return <CheckStep one={one} columns={columns} />
  return <ResultStep one={one} columns={columns} />
}

function Progress({ one }: { one: Import }) {
  const t = useText('imports')
  const cancel = useDeed(cancelImport, { invalidates: [getImport, listImports] })
  const [asking, setAsking] = useState(false)
  const share = one.total > 0 ? one.done / one.total : undefined
  const running = one.state === 'running'
  const stop = () => (running ? setAsking(true) : void cancel.run({ params: { id: one.id }, body: {} }))
  return (
    <Section title={t(`progress.${one.state}`)}>
      <div className="fg-stack">
        <progress className="im-bar" max={1} {...(share === undefined ? {} : { value: share })} aria-label={t(`progress.${one.state}`)} />
        <p role="status">{one.total > 0 ? t('progress.rows', { done: number(one.done), total: number(one.total) }) : t('progress.rowsRead', { done: number(one.done) })}{one.state === 'uploaded' ? '' : ` · ${timeLeft(one.secondsLeft, t)}`}</p>
        <p className="fg-quiet">{t(`progress.${one.state}Text`)}</p>
        <div className="fg-row"><Button danger={running} disabled={one.cancelling || !one.can.includes('cancel')} loading={cancel.running} onClick={stop}>{one.cancelling ? t('progress.cancelling') : t(running ? 'cancel.running' : 'cancel.before')}</Button></div>
        <ReasonDialog open={asking} title={t('cancel.title')} text={t('cancel.text')} deed={t('cancel.running')} danger needsReason={false} running={cancel.running} problem={cancel.problem} onCancel={() => setAsking(false)} onDo={() => void cancel.run({ params: { id: one.id }, body: {} }).then((done) => { if (done) setAsking(false) })} />
      </div>
    </Section>
  )
}
