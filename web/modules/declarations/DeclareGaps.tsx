// The gaps that a firm was told, where it mends them: in the head of the page, in the list of steps, beside each answer, before submitting again.
import type { Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { Note } from '../../ui/parts.tsx'
import { gapsByStep, pathOfField } from './draft.ts'

type Told = Declaration['gaps'][number]
type Go = (step: string, at?: string) => void

/** Whether the firm has changed since what the gap names: a mark, a word, never colour alone. */
export function Touched({ gap }: { gap: Told }) {
  const t = useText('declarations')
  return <span className={gap.touched ? 'fg-gapmark fg-gapmark-done' : 'fg-gapmark'}>{t(gap.touched ? 'gap.touched' : 'gap.notTouched')}</span>
}

interface ListProps { gaps: readonly Told[]; plan: Form; labels: Record<string, string>; go: Go; marks?: boolean }
function GapList({ gaps, plan, labels, go, marks }: ListProps) {
  const t = useText('declarations')
  const by = gapsByStep(gaps, plan)
  const stepOf = (gap: Told) => [...by].find(([, held]) => held.includes(gap))![0]
  return (
    <ul className="fg-gaplist">{gaps.map((gap, i) => {
      const path = pathOfField(gap.field)
      const step = stepOf(gap)
      return <li key={i}>{step === 'check' ? <strong>{t('gap.other')}</strong> : <Link to={`?step=${step}&at=${encodeURIComponent(path)}`} onClick={(event) => { event.preventDefault(); go(step, path) }}>{labels[path]}</Link>}{t('colon')}{gap.text}{marks ? <> <Touched gap={gap} /></> : null}</li>
    })}</ul>
  )
}

/** All of them, at the head of every step. */
export function Gaps({ declaration, plan, labels, go }: { declaration: Declaration; plan: Form; labels: Record<string, string>; go: Go }) {
  const t = useText('declarations')
  return (
    <Note tone="warn" title={t('gap.title', { count: declaration.gaps.length })}>
      <p>{t('gap.once', { at: instant(declaration.gapsToldAt) })}</p>
      <GapList gaps={declaration.gaps} plan={plan} labels={labels} go={go} marks />
    </Note>
  )
}

/** Beside a step: how many gaps it holds, and whether all of them have been touched. */
export function StepGaps({ gaps }: { gaps: readonly Told[] | undefined }) {
  const t = useText('declarations')
  if (!gaps?.length) return null
  const done = gaps.every((gap) => gap.touched)
  return <span className={done ? 'fg-gapmark fg-gapmark-done' : 'fg-gapmark'}>{t(done ? 'gap.stepTouched' : 'gap.step', { count: gaps.length })}</span>
}

/** Under one answer: what was told about it; `dd` within a list of answers. */
export function GapUnder({ gaps, path, as: Line = 'dd' }: { gaps: readonly Told[]; path: string; as?: 'dd' | 'p' }) {
  const t = useText('declarations')
  const own = gaps.filter((gap) => pathOfField(gap.field) === path)
  return own.map((gap, i) => <Line key={i} className="fg-answer-under"><span className="fg-decl-gap">{t('gap.told', { text: gap.text })}</span> <Touched gap={gap} /></Line>)
}

export const CONFIRM = 'gaps-confirm'
/** Before submitting again: what stands there as it was returned, and the firm's word that it is meant so. */
export function Untouched({ gaps, plan, labels, go, confirmed, confirm, missing }: Omit<ListProps, 'marks'> & { confirmed: boolean; confirm: (yes: boolean) => void; missing: boolean }) {
  const t = useText('declarations')
  return (
    <Note tone="warn" title={t('gap.untouched')}>
      <GapList gaps={gaps} plan={plan} labels={labels} go={go} />
      <p>{t('gap.untouchedText')}</p>
      {missing ? <p className="fg-field-error" id={`${CONFIRM}-error`} role="alert">{t('gap.confirmMissing')}</p> : null}
      <Checkbox id={CONFIRM} className="fg-decl-agree" checked={confirmed} aria-invalid={missing || undefined} aria-describedby={missing ? `${CONFIRM}-error` : undefined} onChange={(event) => confirm(event.target.checked)}>{t('gap.confirm')}</Checkbox>
    </Note>
  )
}
