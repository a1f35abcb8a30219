// The common plan as its operator writes it: the day, every question, the papers; kept as a draft, then sent to the tenants.
import { askTenants, saveFiling, type Complex, type ComplexFiling } from '@fugong/contract/complexes'
import type { AnyEndpoint } from '@fugong/contract/base'
import type { Answers, Form } from '@fugong/contract/forms'
import { checkAnswers, look } from '@fugong/contract/forms.engine'
import { Button } from 'antd'
import { FileQuestion } from '../../base/file-question.tsx'
import { useForm } from '../../base/form.tsx'
import { today } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Questions } from '../../base/questions.tsx'
import { useDeed } from '../../base/query.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Ready } from '../../ui/states.tsx'
import { usePlanForm } from './PlanRead.tsx'

interface FormProps { complex: Complex; filing: ComplexFiling; stale: AnyEndpoint[] }
export function FilingForm(props: FormProps) {
  const read = usePlanForm({ ...props.filing, districtCode: props.complex.districtCode })
  return <Ready read={read} lines={8}>{(plan) => <Writing {...props} plan={plan} />}</Ready>
}
function Writing({ filing, complex, stale, plan }: FormProps & { plan: Form }) {
  const t = useText('complexes')
  const { done, refused } = useNotices()
  const known = { facts: {}, today: today() }
  const labels = { '/plannedDate': t('filing.day'), ...Object.fromEntries(plan.pages.flatMap((page) => page.fields).flatMap((field) => [[`/answers/${field.code}`, pick(field.label)], ...(field.fields ?? []).map((inner) => [`/answers/${field.code}/*/${inner.code}`, pick(inner.label)])])), '/fileIds': t('filing.files') }
  const form = useForm(saveFiling, {
    initial: { plannedDate: filing.plannedDate, answers: filing.answers, fileIds: filing.files.map(({ id }) => id) } as { plannedDate: string | null; answers: Answers; fileIds: string[] },
    labels, params: { id: filing.id }, body: (values) => ({ revision: filing.revision, ...values }), invalidates: stale, onDone: () => done(t('filing.saved')),
  })
  const ask = useDeed(askTenants, { invalidates: stale, onDone: ({ counts }) => done(t('filing.asked', { count: counts.asked })), onProblem: (problem) => { if (problem.issues.length) form.show(problem.issues); else refused(problem) } })
  const { answers, plannedDate, fileIds } = form.values
  const send = async () => {
    const missing = [...(plannedDate ? [] : [{ path: '/plannedDate', code: 'issue.required' }]), ...checkAnswers(plan, answers, '/answers', true, known), ...(fileIds.length ? [] : [{ path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } }])]
    if (!form.show(missing)) return
    const saved = await form.submit()
    if (saved?.filing) await ask.run({ params: { id: filing.id }, body: { revision: saved.filing.revision } })
  }
  return (
    <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
      <FormSummary form={form} />
      <p className="fg-quiet">{t('filing.write')}</p>
      <FormField form={form} path="/plannedDate" help={t('filing.dayHelp')}><DayInput /></FormField>
      {plan.pages.map((page) => <fieldset key={page.code} className="cx-page"><legend>{pick(page.title)}</legend><Questions page={page} look={look(plan, answers, known)} form={form} base="/answers" files={filing.files} /></fieldset>)}
      <FileQuestion form={form} path="/fileIds" label={t('filing.files')} most={20} known={filing.files} optional={false} help={<div>{t('filing.filesHelp')}</div>} uploads />
      <div className="fg-row"><Button htmlType="submit" loading={form.sending}>{t('filing.save')}</Button><Button type="primary" loading={ask.running} disabled={complex.counts.tenants === 0} onClick={() => void send()}>{t('filing.send', { count: complex.counts.tenants })}</Button>{complex.counts.tenants === 0 ? <span className="fg-quiet">{t('filing.noTenants')}</span> : null}</div>
    </form>
  )
}
