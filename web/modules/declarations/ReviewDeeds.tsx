// What a reviewer can do with a declaration, at the foot of its page and by key; says why when nothing can be done.
import { acceptDeclaration, countDeclarations, getDeclaration, listDeclarations, recordSiteCheck, rejectDeclaration, type Declaration } from '@fugong/contract/declarations'
import { listCertificates } from '@fugong/contract/certificates'
import { Button, Input, Modal, Radio } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { shownState } from '../../base/tones.ts'
import { Field } from '../../ui/Field.tsx'
import { DeedBar } from '../../ui/parts.tsx'
import { useShortcut } from '../../ui/Shortcuts.tsx'
import { Refusal } from './Refusal.tsx'
import { Appoint } from './SiteVisit.tsx'

const stale = [getDeclaration, listDeclarations, countDeclarations, listCertificates]
type Asking = 'accept' | 'reject' | 'siteCheck' | 'appoint' | undefined
export function ReviewDeeds({ declaration, startGaps, writingGaps, ticks }: { declaration: Declaration; startGaps: () => void; writingGaps: boolean; ticks?: string[] | undefined }) {
  const t = useText('declarations')
  const { may } = useSession()
  const [asking, ask] = useState<Asking>(undefined)
  const can = (deed: string) => declaration.can.includes(deed)
  useShortcut('a', t('deed.accept'), () => ask('accept'), can('accept'))
  useShortcut('s', t('deed.siteCheck'), () => ask('siteCheck'), can('siteCheck'))
  const returning = can('return') || can('returnAgain')
  useShortcut('r', t('deed.return'), startGaps, returning && !writingGaps)
  useShortcut('v', t('deed.appoint'), () => ask('appoint'), can('appoint'))
  useShortcut('x', t('deed.reject'), () => ask('reject'), can('reject'))
  const next = useNext(declaration, may('declaration.review'))
  if (!['accept', 'return', 'returnAgain', 'reject', 'siteCheck'].some(can)) {
    return <DeedBar note={<Why declaration={declaration} reviewer={may('declaration.review')} />}>{next ? <Link className="fg-button fg-button-main" to={`/console/declarations/${next}`}>{t('deed.next')}</Link> : <Link className="fg-button" to="/console">{t('deed.home')}</Link>}</DeedBar>
  }
  const key = (letter: string) => <kbd aria-hidden="true" className="fg-key">{letter}</kbd>
  const onlyOnce = can('returnAgain') && declaration.gapsToldAt
  return (
    <>
      <DeedBar note={onlyOnce ? t('deed.toldOnce', { at: instant(declaration.gapsToldAt) }) : declaration.procedure === 'reviewAndSite' && can('accept') ? t('deed.siteFollows') : null}>
        {can('reject') ? <Button danger onClick={() => ask('reject')}>{t('deed.reject')}{key('x')}</Button> : null}
        {returning ? <Button disabled={writingGaps} onClick={startGaps}>{t(can('returnAgain') ? 'deed.returnAgain' : 'deed.return')}{key('r')}</Button> : null}
        {can('appoint') ? <Button onClick={() => ask('appoint')}>{t('deed.appoint')}{key('v')}</Button> : null}
        {can('siteCheck') ? <Button type="primary" onClick={() => ask('siteCheck')}>{t('deed.siteCheck')}{key('s')}</Button> : null}
        {can('accept') ? <Button type="primary" onClick={() => ask('accept')}>{t('deed.accept')}{key('a')}</Button> : null}
      </DeedBar>
      <Accept declaration={declaration} ticks={ticks} open={asking === 'accept'} close={() => ask(undefined)} />
      <Reject declaration={declaration} ticks={ticks} open={asking === 'reject'} close={() => ask(undefined)} />
      <Appoint declaration={declaration} open={asking === 'appoint'} close={() => ask(undefined)} />
      <SiteCheck declaration={declaration} ticks={ticks} open={asking === 'siteCheck'} close={() => ask(undefined)} />
    </>
  )
}

/** Why there is nothing to do here: a state, a rule, or somebody else's turn. */
function Why({ declaration, reviewer }: { declaration: Declaration; reviewer: boolean }) {
  const t = useText('declarations')
  const { state, procedure, certificate } = declaration
  const waiting = state === 'underReview' || state === 'siteCheckPending'
  const params = { unit: pick(declaration.reviewUnit) || t('unit.unknown'), at: instant(declaration.decidedAt), since: instant(certificate?.since), reason: certificate?.reason ?? '–' }
  const shown = shownState(declaration)
  const key = ['suspended', 'revoked', 'superseded', 'expired', 'closed', 'discarded'].includes(shown) ? shown : procedure === 'effective' && state === 'filed' ? 'effective' : waiting ? (reviewer ? 'notYours' : 'notReviewer') : state
  return <>{t(`whyNot.${key}`, params)}</>
}
function useNext(declaration: Declaration, reviewer: boolean): string | undefined {
  const waiting = useRead(listDeclarations, { query: { state: 'underReview', limit: 5 } }, { enabled: reviewer }).data?.items ?? []
  const site = useRead(listDeclarations, { query: { state: 'siteCheckPending', limit: 5 } }, { enabled: reviewer }).data?.items ?? []
  return [...waiting, ...site].find((row) => row.id !== declaration.id)?.id
}

interface Ask { declaration: Declaration; ticks?: string[] | undefined; open: boolean; close: () => void }
const withTicks = (ticks: string[] | undefined) => (ticks ? { ticked: ticks } : {})
function useLatest(declaration: Declaration, reset: () => void): () => void {
  const read = useRead(getDeclaration, { params: { id: declaration.id } })
  return () => { reset(); void read.refetch() }
}
function Accept({ declaration, ticks, open, close }: Ask) {
  const t = useText('declarations')
  const [note, setNote] = useState('')
  const deed = useDeed(acceptDeclaration, { invalidates: stale, onDone: close })
  const latest = useLatest(declaration, deed.reset)
  const accept = () => void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, ...(note.trim() ? { note: note.trim() } : {}), ...withTicks(ticks) } })
  return (
    <Modal open={open} title={t('accept.title', { enterprise: declaration.enterpriseName })} okText={t('deed.accept')} cancelText={t('cancel')} onOk={accept} onCancel={close} confirmLoading={deed.running} destroyOnHidden okButtonProps={{ autoFocus: true }}>
      <Refusal problem={deed.problem} latest={latest} />
      <p>{t(declaration.procedure === 'reviewAndSite' ? 'accept.textSite' : 'accept.text', { workplace: declaration.workplace.name })}</p>
      <Field id="accept-note" label={t('accept.note')} optional><Input.TextArea id="accept-note" maxLength={500} rows={2} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
    </Modal>
  )
}
function Reject({ declaration, ticks, open, close }: Ask) {
  const t = useText('declarations')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed(rejectDeclaration, { invalidates: stale, onDone: close })
  const latest = useLatest(declaration, deed.reset)
  const reject = () => {
    setAsked(true)
    if (!reason.trim()) document.getElementById('reject-reason')?.focus()
    else void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, reason: reason.trim(), ...withTicks(ticks) } })
  }
  const error = asked && !reason.trim() ? t('reject.missing') : undefined
  return (
    <Modal open={open} title={t('reject.title', { enterprise: declaration.enterpriseName })} okText={t('deed.reject')} okButtonProps={{ danger: true }} cancelText={t('cancel')} onOk={reject} onCancel={close} confirmLoading={deed.running} destroyOnHidden>
      <Refusal problem={deed.problem} latest={latest} />
      <p>{t('reject.text')}</p>
      <Field id="reject-reason" label={t('fact.reason')} help={t('reject.help')} error={error}><Input.TextArea id="reject-reason" autoFocus maxLength={1000} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} status={error ? 'error' : ''} aria-invalid={error ? true : undefined} /></Field>
    </Modal>
  )
}
function SiteCheck({ declaration, ticks, open, close }: Ask) {
  const t = useText('declarations')
  const [result, setResult] = useState<'pass' | 'fail' | undefined>(undefined)
  const [findings, setFindings] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed(recordSiteCheck, { invalidates: stale, onDone: close })
  const latest = useLatest(declaration, deed.reset)
  useEffect(() => { if (open) setAsked(false) }, [open])
  const record = () => {
    setAsked(true)
    if (!result || !findings.trim()) document.getElementById(result ? 'site-findings' : 'site-result')?.querySelector<HTMLElement>('input')?.focus()
    else void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, result, findings: findings.trim(), ...withTicks(ticks) } })
  }
  return (
    <Modal open={open} title={t('siteCheck.title', { workplace: declaration.workplace.name })} okText={t('siteCheck.record')} cancelText={t('cancel')} onOk={record} onCancel={close} confirmLoading={deed.running} destroyOnHidden>
      <Refusal problem={deed.problem} latest={latest} />
      <div className="fg-form">
        <Field id="site-result" group label={t('siteCheck.result')} error={asked && !result ? t('siteCheck.resultMissing') : undefined}>
          <Radio.Group id="site-result" aria-labelledby="site-result-label" value={result} onChange={(event) => setResult(event.target.value as 'pass' | 'fail')} options={[{ value: 'pass', label: t('siteCheck.pass') }, { value: 'fail', label: t('siteCheck.fail') }]} />
        </Field>
        <Field id="site-findings" label={t('siteCheck.findings')} help={t('siteCheck.findingsHelp')} error={asked && !findings.trim() ? t('siteCheck.findingsMissing') : undefined}><Input.TextArea id="site-findings" maxLength={1000} rows={3} value={findings} onChange={(event) => setFindings(event.target.value)} /></Field>
      </div>
    </Modal>
  )
}
