// One plan: its batches by day with how full they are, the firms of the chosen batch, and what can be done with either.
import { getBatchPlan, proposeOrder, undoBatchDeed, type BatchPlan } from '@fugong/contract/batches'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { ExportButton } from '../../base/export-button.tsx'
import { useFilters } from '../../base/filters.ts'
import { instant, number, rate } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note, TabLinks } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { LevelTag, StatusTag } from '../../ui/tags.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { AddFirmsButton } from './AddFirms.tsx'
import { BatchDays } from './BatchDays.tsx'
import { Members } from './Members.tsx'
import { PlanHistory } from './PlanHistory.tsx'
import { PlanMenu } from './PlanMenu.tsx'
import { SlotDialog } from './SlotDialog.tsx'
import { stale } from './stale.ts'
import './batches.css'

export function PlanPage() {
  const t = useText('batches')
  const { id = '' } = useParams()
  const read = useRead(getBatchPlan, { params: { id } }, { every: 30_000 })
  const back = { to: '/console/batches', text: t('list.title') }
  if (!read.data) return <Page title={t('plan.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Plan key={id} plan={read.data} back={back} />
}
function Plan({ plan, back }: { plan: BatchPlan; back: { to: string; text: string } }) {
  const t = useText('batches')
  const { nameOf } = useAreas()
  const { filters, set } = useFilters(['view', 'batch', 'state', 'declared', 'missed', 'q'] as const)
  const [adding, addSlot] = useState(false)
  const can = plan.can.includes('plan')
  const view = filters.view === 'history' ? 'history' : 'firms'
  const to = (one: string) => (one === 'firms' ? '?' : `?view=${one}`)
  return (
    <Page title={plan.name} back={back} width="full" tags={<StatusTag tone={plan.state === 'open' ? 'info' : 'neutral'}>{t(`planState.${plan.state}`)}</StatusTag>}
      sub={<>{pick(plan.unit)} · {nameOf(plan.areaCode)}{plan.note ? ` · ${plan.note}` : ''}</>}
      actions={<>{can ? <><AddFirmsButton plan={plan} /><Propose plan={plan} /></> : null}<ExportButton source="batches" filter={{ plan: plan.id, batch: filters.batch, state: filters.state, declared: filters.declared, q: filters.q }} total={undefined} />{can ? <PlanMenu plan={plan} onAddBatch={() => addSlot(true)} /> : null}</>}>
      {plan.state === 'ended' ? <Note title={t('plan.endedTitle', { at: instant(plan.endedAt) })}>{plan.endReason}</Note> : null}
      <Meanings plan={plan} />
      {can && plan.undo ? <Undo plan={plan} /> : null}
      <Section title={t('plan.byDay')} extra={<span className="fg-quiet">{t('plan.summary', { firms: number(plan.counts.firms), heads: number(plan.counts.heads), known: rate(plan.counts.headsKnown, plan.counts.firms) })}</span>}>
        <BatchDays plan={plan} chosen={filters.batch} onChoose={(batch) => set({ batch, view: undefined, missed: undefined })} onAdd={can ? () => addSlot(true) : undefined} />
      </Section>
      <TabLinks label={t('plan.views')} items={(['firms', 'history'] as const).map((one) => ({ key: one, to: to(one), text: t(`view.${one}`), active: one === view, ...(one === 'firms' ? { count: plan.counts.firms } : {}) }))} />
      {view === 'firms' ? <Members plan={plan} filters={filters} set={set} /> : <PlanHistory plan={plan} />}
      <SlotDialog plan={plan} open={adding} onClose={() => addSlot(false)} />
    </Page>
  )
}
/** What the day of a batch means in each district, so that nobody is told to wait who need not. */
function Meanings({ plan }: { plan: BatchPlan }) {
  const t = useText('batches')
  const { nameOf } = useAreas()
  if (!plan.meanings.length) return null
  const free = plan.meanings.every(({ meaning }) => meaning === 'free')
  return (
    <Note tone={free ? 'good' : 'info'} title={t(free ? 'meaning.free' : 'meaning.title')}>
      <details><summary>{t('meaning.why')}</summary><ul className="ba-meanings">{plan.meanings.map((one) => <li key={one.districtCode}><LevelTag level={one.level}>{nameOf(one.districtCode)}</LevelTag> <span>{pick(one.sentence)}</span></li>)}</ul></details>
    </Note>
  )
}
function Undo({ plan }: { plan: BatchPlan }) {
  const t = useText('batches')
  const { refused } = useNotices()
  const deed = useDeed(undoBatchDeed, { invalidates: stale, onProblem: refused })
  const last = plan.undo!
  return <div className="fg-outcome" role="status"><span>{t(`undo.${last.deed}`, { count: last.count, shown: number(last.count) })}</span><span className="fg-quiet">{t('undo.until', { at: instant(last.until) })}</span><Button type="link" size="small" loading={deed.running} onClick={() => void deed.run({ params: { id: plan.id }, body: { revision: plan.revision, deedId: last.deedId } })}>{t('undo.deed')}</Button></div>
}
function Propose({ plan }: { plan: BatchPlan }) {
  const t = useText('batches')
  const [asking, ask] = useState(false)
  const [anew, setAnew] = useState(false)
  const deed = useDeed(proposeOrder, { invalidates: stale, onDone: () => ask(false) })
  return (
    <>
      <Button type="primary" disabled={plan.counts.firms === 0} onClick={() => { deed.reset(); setAnew(false); ask(true) }}>{t('propose.deed')}</Button>
      <ReasonDialog open={asking} needsReason={false} title={t('propose.title')} text={t('propose.text')} deed={t('propose.deed')} running={deed.running} problem={deed.problem} onCancel={() => ask(false)} onDo={() => void deed.run({ params: { id: plan.id }, body: { revision: plan.revision, anew } })}>
        <Checkbox checked={anew} onChange={(event) => setAnew(event.target.checked)}>{t('propose.anew')}</Checkbox>
      </ReasonDialog>
    </>
  )
}
