// Check your answers, see which procedure applies and why, then submit.
import { listDeclarations, submitDeclaration, countDeclarations, type Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { Button } from 'antd'
import type { Issue } from '@fugong/contract/base'
import { useState } from 'react'
import { Link } from 'react-router'
import { controlId, labelOf } from '../../base/form-paths.ts'
import { day, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf, wordsOfIssue } from '../../base/words.ts'
import { AnswerList } from './AnswerList.tsx'
import { CONFIRM, GapUnder, Untouched } from './DeclareGaps.tsx'
import { faultsOf, knownFor, stepOfField } from './draft.ts'
import { Preview } from './Preview.tsx'
import type { DraftView } from './useDraft.ts'
import { quoted } from './useForms.ts'

export interface CheckProps { declaration: Declaration; plan: Form; labels: Record<string, string>; view: DraftView; go: (step: string, at?: string) => void; onSubmitted: () => void }
export function DeclareCheck({ declaration, plan, labels, view, go, onSubmitted }: CheckProps) {
  const t = useText('declarations')
  const [told, tell] = useState<Issue[]>([])
  const [confirmed, confirm] = useState(false)
  const [asked, ask] = useState(false)
  const deed = useDeed(submitDeclaration, { invalidates: [listDeclarations, countDeclarations], onDone: (answer) => { onSubmitted(); view.accept(answer) } })
  const { draft } = view
  const gaps = declaration.state === 'returned' ? declaration.gaps : []
  const untouched = gaps.filter((gap) => !gap.touched)
  const known = knownFor(declaration, draft)
  const missing = faultsOf(draft, plan, true, known)
  const faults = missing.length > 0 ? missing : told
  const submit = async () => {
    deed.reset()
    tell([])
    if (missing.length > 0) return void document.getElementById('missing')?.focus()
    if (untouched.length > 0 && !confirmed) {
      ask(true)
      return void document.getElementById(CONFIRM)?.focus()
    }
    if (!(await view.flush())) return
    const answer = await deed.run({ params: { id: declaration.id }, body: { revision: view.revision() } })
    if (!answer) document.getElementById('missing')?.focus()
  }
  const problem = deed.problem
  const shown = faults.length > 0 ? faults : (problem?.issues ?? [])
  const change = (step: string, what: string) => <Button type="link" aria-label={t('check.changeNamed', { what })} onClick={() => go(step)}>{t('check.change')}</Button>
  return (
    <>
      {shown.length > 0 || problem ? (
        <div className="fg-summary" id="missing" tabIndex={-1} role={problem ? 'alert' : undefined}>
          <h3>{shown.length > 0 ? t('check.missing', { count: shown.length }) : wordsOf(problem)}</h3>
          {shown.length > 0 ? <ul>{shown.map((issue) => {
            const step = stepOfField(issue.path, plan)
            return <li key={issue.path}><Link to={`?step=${step}&at=${encodeURIComponent(issue.path)}`} onClick={(event) => { event.preventDefault(); go(step, issue.path); view.form.show([issue]) }}>{wordsOfIssue(issue, quoted(issue.path, labelOf(labels, issue.path)))}</Link></li>
          })}</ul> : null}
          {problem?.code === 'conflict.changed' ? <div className="fg-error-deeds"><Button onClick={() => { deed.reset(); void view.takeLatest() }}>{t('save.takeLatest')}</Button></div> : null}
        </div>
      ) : null}
      <section className="fg-answers">
        <div className="fg-answers-head"><h3>{t('step.plan')}</h3>{change('plan', t('step.plan'))}</div>
        <dl>
          <div className="fg-answer"><dt>{t('field.plannedDate')}</dt><dd>{draft.plannedDate ? day(draft.plannedDate) : <span className="fg-answer-none">{t('q.missing')}</span>}</dd><GapUnder gaps={gaps} path="/plannedDate" /></div>
          <div className="fg-answer"><dt>{t('field.headcount')}</dt><dd>{draft.headcount === null ? <span className="fg-answer-none">{t('q.missing')}</span> : `${number(draft.headcount)} ${t('people')}`}</dd><GapUnder gaps={gaps} path="/headcount" /></div>
        </dl>
      </section>
      <AnswerList form={plan} answers={draft.answers} known={known} files={declaration.files} underField={(field) => <GapUnder gaps={gaps} path={`/answers/${field.code}`} />} besidePage={(code) => change(`page.${code}`, pick(plan.pages.find((page) => page.code === code)?.title))} />
      <section className="fg-answers">
        <div className="fg-answers-head"><h3>{t('step.files')}</h3>{change('files', t('step.files'))}</div>
        <p>{draft.fileIds.length > 0 ? t('files.count', { count: draft.fileIds.length }) : <span className="fg-answer-none">{t('files.none')}</span>}</p>
        <GapUnder gaps={gaps} path="/fileIds" as="p" />
      </section>
      <section className="fg-answers">
        <div className="fg-answers-head"><h3>{t('step.pledge')}</h3>{change('pledge', t('step.pledge'))}</div>
        <p>{draft.pledged ? t('pledge.made') : <span className="fg-answer-none">{t('pledge.notYet')}</span>}</p>
        <GapUnder gaps={gaps} path="/pledged" as="p" />
      </section>
      <section><h3 className="fg-decl-next">{t('check.then')}</h3><Preview id={declaration.id} full /></section>
      {untouched.length > 0 ? <Untouched gaps={untouched} plan={plan} labels={labels} go={go} confirmed={confirmed} confirm={confirm} missing={asked && !confirmed} /> : null}
      <div className="fg-decl-deeds"><Button id={controlId('d', '/submit')} type="primary" size="large" loading={deed.running} onClick={() => void submit()}>{t(declaration.state === 'returned' ? 'submit.again' : 'submit.deed')}</Button></div>
    </>
  )
}
