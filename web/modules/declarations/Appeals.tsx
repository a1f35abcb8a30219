// Appeals against a rejection: how a firm makes one and sees where it stands, and how another unit answers it.
import { countDeclarations, getDeclaration, listDeclarations, type Appeal, type Declaration } from '@fugong/contract/declarations'
import { decideAppeal, openAppeal, withdrawAppeal } from '@fugong/contract/declarations.review'
import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { day, instant, relative } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { FileList } from './Parts.tsx'
import { Refusal } from './Refusal.tsx'

const stale = [getDeclaration, listDeclarations, countDeclarations]
const tones: Record<Appeal['state'], Tone> = { underReview: 'info', upheld: 'bad', reopened: 'warn', filed: 'good', withdrawn: 'neutral' }
/** Every appeal with its answer; the way to make one stands here while it may still be made. */
export function Appeals({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const [asking, ask] = useState<'open' | 'withdraw' | 'decide' | undefined>(undefined)
  const open = useDeed(openAppeal, { invalidates: stale, onDone: () => ask(undefined) })
  const withdraw = useDeed(withdrawAppeal, { invalidates: stale, onDone: () => ask(undefined) })
  const may = declaration.can.includes('appeal')
  if (!may && !declaration.appeals.length) return null
  const params = { id: declaration.id }
  return (
    <Section title={t('appeal.title')}>
      {declaration.appeals.map((one) => (
        <div key={one.id} className="fg-appeal">
          <div className="fg-row"><StatusTag tone={tones[one.state]}>{t(`appeal.state.${one.state}`)}</StatusTag><span className="fg-quiet">{instant(one.openedAt)}</span></div>
          <p className="fg-answer-text">{one.reason}</p>
          {one.files.length ? <FileList files={one.files} /> : null}
          <p className="fg-quiet">{t(one.state === 'underReview' ? 'appeal.waits' : 'appeal.by', { unit: pick(one.unit), against: pick(one.against) || '–', at: instant(one.state === 'underReview' ? one.dueAt : one.decidedAt), within: relative(one.dueAt) })}</p>
          {one.answer ? <p className="fg-answer-text"><strong>{t('appeal.answer')}</strong>{t('colon')}{one.answer}</p> : null}
          {one.can.includes('decide') ? <Button type="primary" onClick={() => ask('decide')}>{t('appeal.decide')}</Button> : null}
          {one.can.includes('withdraw') ? <Button type="link" onClick={() => { withdraw.reset(); ask('withdraw') }}>{t('appeal.withdraw')}</Button> : null}
        </div>
      ))}
      {may ? <><p>{t('appeal.way', { until: day(declaration.appealUntil) })}</p><Button onClick={() => { open.reset(); ask('open') }}>{t('appeal.open')}</Button></> : null}
      <ReasonDialog open={asking === 'open'} title={t('appeal.openTitle', { workplace: declaration.workplace.name })} text={t('appeal.openText')} deed={t('appeal.open')} reasonLabel={t('appeal.reason')} maxLength={1000} running={open.running} problem={open.problem} onCancel={() => ask(undefined)} onDo={(reason) => void open.run({ params, body: { revision: declaration.revision, reason } })} />
      <ReasonDialog open={asking === 'withdraw'} title={t('appeal.withdraw')} text={t('appeal.withdrawText')} deed={t('appeal.withdraw')} needsReason={false} running={withdraw.running} problem={withdraw.problem} onCancel={() => ask(undefined)} onDo={() => void withdraw.run({ params, body: { revision: declaration.revision } })} />
      <Decide declaration={declaration} open={asking === 'decide'} close={() => ask(undefined)} />
    </Section>
  )
}
const outcomes = ['uphold', 'reopen', 'file'] as const
function Decide({ declaration, open, close }: { declaration: Declaration; open: boolean; close: () => void }) {
  const t = useText('declarations')
  const [outcome, setOutcome] = useState<(typeof outcomes)[number] | undefined>(undefined)
  const [answer, setAnswer] = useState('')
  const [asked, setAsked] = useState(false)
  const read = useRead(getDeclaration, { params: { id: declaration.id } })
  const deed = useDeed(decideAppeal, { invalidates: stale, onDone: close })
  const decide = () => {
    setAsked(true)
    if (outcome && answer.trim()) void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, outcome, answer: answer.trim() } })
  }
  return (
    <Modal open={open} title={t('appeal.decideTitle', { enterprise: declaration.enterpriseName })} okText={t('appeal.decide')} cancelText={t('cancel')} onOk={decide} onCancel={close} confirmLoading={deed.running} destroyOnHidden>
      <Refusal problem={deed.problem} latest={() => { deed.reset(); void read.refetch() }} />
      <div className="fg-form">
        <Field id="appeal-outcome" group label={t('appeal.outcome')} error={asked && !outcome ? t('appeal.outcomeMissing') : undefined}>
          <Radio.Group id="appeal-outcome" aria-labelledby="appeal-outcome-label" value={outcome} onChange={(event) => setOutcome(event.target.value as (typeof outcomes)[number])} options={outcomes.map((one) => ({ value: one, label: t(`appeal.outcomes.${one}`) }))} />
        </Field>
        <Field id="appeal-answer" label={t('appeal.answer')} help={t('appeal.answerHelp')} error={asked && !answer.trim() ? t('appeal.answerMissing') : undefined}><Input.TextArea id="appeal-answer" maxLength={1000} rows={3} value={answer} onChange={(event) => setAnswer(event.target.value)} /></Field>
      </div>
    </Modal>
  )
}
