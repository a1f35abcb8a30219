// Writing a declaration: one group of questions a page, saved while one types, checked before it is submitted.
import { saveDeclaration, withdrawDeclaration, getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { look } from '@fugong/contract/forms.engine'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { controlId } from '../../base/form-paths.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Questions } from '../../base/questions.tsx'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { FormSummary } from '../../ui/FormField.tsx'
import { Page } from '../../ui/Page.tsx'
import { StepHead } from '../../ui/parts.tsx'
import { DeclareCheck } from './DeclareCheck.tsx'
import { DeclareFiles } from './DeclareFiles.tsx'
import { Gaps, StepGaps } from './DeclareGaps.tsx'
import { PlanStep, PledgeStep } from './DeclareSteps.tsx'
import { correctedAt, faultsOf, gapsByStep, knownFor, pathOfField, stepOfField, stepsOf } from './draft.ts'
import { Correct, StateTag } from './Parts.tsx'
import { useDraft, type DraftView } from './useDraft.ts'
import { useEarlier } from './useEarlier.ts'
import { useLabels } from './useForms.ts'

export interface WritingProps { declaration: Declaration; plan: Form; pledge: Form; onSubmitted: () => void }
export function DeclareForm({ declaration, plan, pledge, onSubmitted }: WritingProps) {
  const t = useText('declarations')
  const labels = useLabels(plan)
  const view = useDraft(declaration, plan, labels)
  const earlier = useEarlier(declaration)
  const [search, setSearch] = useSearchParams()
  const known = knownFor(declaration, view.draft)
  const steps = stepsOf(plan, view.draft.answers, known)
  const asked = search.get('step') ?? ''
  const step = steps.includes(asked) ? asked : steps[0]!
  const place = steps.indexOf(step)
  const titleOf = (key: string) => (key.startsWith('page.') ? pick(plan.pages.find((page) => `page.${page.code}` === key)!.title) : t(`step.${key}`))
  const missing = faultsOf(view.draft, plan, true, known)
  const faultyOn = (key: string) => missing.filter((issue) => stepOfField(issue.path, plan) === key)
  const go = (key: string, at?: string) => { setSearch({ step: key, ...(at ? { at } : {}) }); view.form.show([]); void view.flush() }
  const onward = () => {
    if (view.form.show(faultyOn(step))) go(steps[place + 1]!)
  }
  const at = search.get('at')
  useEffect(() => {
    const target = at ? document.getElementById(controlId('d', at)) : null
    if (target) (target.matches('input,textarea,button,[tabindex]') ? target : (target.querySelector<HTMLElement>('input,textarea,button') ?? target)).focus()
    else scrollTo({ top: 0 })
  }, [step, at])
  const gapOf = (path: string) => declaration.gaps.find((gap) => pathOfField(gap.field) === path)?.text
  const gapsOf = gapsByStep(declaration.state === 'returned' ? declaration.gaps : [], plan)
  const page = plan.pages.find((other) => `page.${other.code}` === step)

  return (
    <Page title={t('portal.title')} back={place === 0 ? { to: '/portal', text: t('portal.back') } : { to: `?step=${steps[place - 1]}`, text: t('step.back') }} tags={<StateTag state={declaration.state} />} sub={`${declaration.enterpriseName} · ${declaration.workplace.name}`}>
      {declaration.state === 'returned' ? <Gaps declaration={declaration} plan={plan} labels={labels} go={go} /> : null}
      <div className="fg-decl-frame">
        <nav className="fg-decl-steps" aria-label={t('step.all')}>
          <ol>{steps.map((key) => {
            const open = key === 'check' ? 0 : faultyOn(key).length
            return <li key={key}><Link to={`?step=${key}`} onClick={() => { view.form.show([]); void view.flush() }} aria-current={key === step ? 'step' : undefined}><span>{titleOf(key)}</span><span className="fg-decl-marks">{key === 'check' ? null : <span className={open > 0 ? 'fg-decl-open' : 'fg-decl-done'}>{open > 0 ? t('step.open', { count: open }) : t('step.done')}</span>}<StepGaps gaps={gapsOf.get(key)} /></span></Link></li>
          })}</ol>
        </nav>
        <div className="fg-decl-body">
          <StepHead step={place + 1} of={steps.length} title={titleOf(step)} help={page ? undefined : t(`stepHelp.${step}`)} />
          <FormSummary form={view.form} />
          <div className="fg-form">
            {step === 'plan' ? <PlanStep declaration={declaration} form={view.form} gapOf={gapOf} sourceOf={earlier.sourceOfPlan(view.draft)} /> : null}
            {page ? <Questions page={page} look={look(plan, view.draft.answers, known)} form={view.form} base="/answers" files={declaration.files} beside={({ code }) => <Beside source={earlier.sourceOf(code, view.draft.answers[code])} gap={gapOf(`/answers/${code}`)} />} besideKnown={({ known: source }) => <Correct to={correctedAt(declaration.enterpriseId, source)} />} /> : null}
            {step === 'files' ? <DeclareFiles form={view.form} known={declaration.files} gap={gapOf('/fileIds')} /> : null}
            {step === 'pledge' ? <PledgeStep pledge={pledge} form={view.form} gap={gapOf('/pledged')} /> : null}
            {step === 'check' ? <DeclareCheck declaration={declaration} plan={plan} labels={labels} view={view} go={go} onSubmitted={onSubmitted} /> : null}
          </div>
          <SaveLine view={view} />
          {step === 'check' ? null : <div className="fg-decl-deeds"><Button type="primary" size="large" onClick={onward}>{t('step.onward')}</Button></div>}
          <Withdraw declaration={declaration} revision={view.revision} flush={view.flush} />
        </div>
      </div>
    </Page>
  )
}

function Beside({ source, gap }: { source: string | undefined; gap: string | undefined }) {
  const t = useText('declarations')
  return source || gap ? <>{source ? <div className="fg-decl-source">{source}</div> : null}{gap ? <div className="fg-decl-gap">{t('gap.told', { text: gap })}</div> : null}</> : null
}

/** What has been kept, when, and what to do when it could not be. */
function SaveLine({ view }: { view: DraftView }) {
  const t = useText('declarations')
  if (view.state === 'conflict' || view.state === 'failed') {
    return (
      <div className="fg-error" role="alert">
        <p>{wordsOf(view.problem)}</p>
        <p>{t(view.state === 'conflict' ? 'save.conflict' : 'save.failed')}</p>
        <div className="fg-error-deeds"><Button onClick={() => void (view.state === 'conflict' ? view.takeLatest() : view.flush())}>{t(view.state === 'conflict' ? 'save.takeLatest' : 'save.again')}</Button></div>
      </div>
    )
  }
  const words = view.state === 'saving' || view.state === 'waiting' ? t('save.saving') : view.savedAt ? t('save.saved', { at: instant(view.savedAt).slice(11) }) : t('save.kept')
  return <p className="fg-quiet fg-decl-saved" role="status">{words}</p>
}

export function Withdraw({ declaration, revision, flush }: { declaration: Declaration; revision: () => number; flush?: () => Promise<boolean> }) {
  const t = useText('declarations')
  const [asking, ask] = useState(false)
  const deed = useDeed(withdrawDeclaration, { invalidates: [getDeclaration, listDeclarations, saveDeclaration], onDone: () => ask(false) })
  if (!declaration.can.includes('withdraw')) return null
  // Nobody has seen a draft: it is given up without a reason.
  const draft = declaration.state === 'draft'
  const words = draft ? 'discard' : 'withdraw'
  const withdraw = async (reason: string) => {
    await flush?.()
    await deed.run({ params: { id: declaration.id }, body: { revision: revision(), ...(draft ? {} : { reason }) } })
  }
  return (
    <p className="fg-decl-withdraw">
      <Button type="link" danger onClick={() => { deed.reset(); ask(true) }}>{t(`${words}.deed`)}</Button>
      <ReasonDialog open={asking} danger title={t(`${words}.title`, { workplace: declaration.workplace.name })} text={t(`${words}.text`)} deed={t(`${words}.deed`)} needsReason={!draft} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => ask(false)} onDo={(reason) => void withdraw(reason)} />
    </p>
  )
}
