// The form as it will be filled in, drawn by the real engine beside the editor: at desktop and phone width, with what is known chosen by hand.
import { checkAnswers, look } from '@fugong/contract/forms.engine'
import type { Answers, Form } from '@fugong/contract/forms'
import type { Issue } from '@fugong/contract/base'
import { Button, InputNumber, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import type { AnyForm } from '../../base/form.tsx'
import { arrangeIssues, controlId, labelOf, valueAt, withValueAt, withoutPath } from '../../base/form-paths.ts'
import { today } from '../../base/format.ts'
import { pick, useLanguage, useText } from '../../base/i18n.ts'
import { Questions } from '../../base/questions.tsx'
import { wordsOfIssue } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { FormSummary } from '../../ui/FormField.tsx'
import { StepHead } from '../../ui/parts.tsx'

interface Values { answers: Answers }
const SCENES = ['office', 'commercial', 'park', 'site', 'residential']

export function PreviewPane({ form: given, page: wanted }: { form: Form; page: number | undefined }) {
  const t = useText('forms')
  useLanguage()
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop')
  const [values, setValues] = useState<Values>({ answers: {} })
  const [found, setFound] = useState<Issue[]>([])
  const [attempt, setAttempt] = useState(0)
  const [scene, setScene] = useState('office')
  const [headcount, setHeadcount] = useState<number | null>(100)
  const [turned, turn] = useState(0)
  // The engine keeps what it read of a form for as long as the form is the same.
  const form = useMemo(() => structuredClone(given), [given])
  const known = { facts: { workplace_scene: scene, declaration_headcount: headcount ?? undefined, enterprise_name: t('sampleFirm'), workplace_address: t('sampleAddress'), workplace_name: t('samplePlace') }, today: today() }
  const view = look(form, values.answers, known)
  const pages = form.pages.filter((page) => page.fields.some((field) => view.field(field.code).shown))
  const asked = wanted === undefined ? undefined : form.pages[wanted]
  const at = Math.max(0, asked && pages.includes(asked) ? pages.indexOf(asked) : Math.min(turned, pages.length - 1))
  const page = pages[at]
  const labels = Object.fromEntries(form.pages.flatMap((one) => one.fields.flatMap((field) => [[`/answers/${field.code}`, pick(field.label)], ...(field.fields ?? []).map((inner) => [`/answers/${field.code}/*/${inner.code}`, pick(inner.label)])])))
  const issues = arrangeIssues(found, labels).map((issue) => ({ ...issue, label: labelOf(labels, issue.path), id: controlId('pv', issue.path), words: wordsOfIssue(issue, labelOf(labels, issue.path)) }))
  const bound: AnyForm = {
    values, issues, attempt, dirty: false, sending: false, problem: null, refusal: undefined,
    set: (path, value) => { setFound((before) => withoutPath(before, path)); setValues((before) => withValueAt(before, path, value)) },
    replace: setValues, reset: () => setValues({ answers: {} }), submit: async () => undefined,
    valueAt: (path) => valueAt(values, path), labelAt: (path) => labelOf(labels, path), idAt: (path) => controlId('pv', path),
    errorAt: (path) => issues.find((issue) => issue.path === path)?.words, show: (told) => { setFound(told); return told.length === 0 },
  }
  const check = () => {
    const own = new Set(page?.fields.map((field) => `/answers/${field.code}`))
    setFound(checkAnswers(form, values.answers, '/answers', true, known).filter((issue) => own.has(issue.path.split('/').slice(0, 3).join('/'))))
    setAttempt((n) => n + 1)
  }
  const asks = form.pages.flatMap((one) => one.fields).filter((field) => { const seen = view.field(field.code); return seen.shown && !seen.computed && !seen.known }).length
  return (
    <section className="fm-preview" aria-label={t('preview')}>
      <div className="fm-preview-head">
        <h2>{t('preview')}</h2>
        <Segmented aria-label={t('previewWidth')} value={width} onChange={(next) => setWidth(next as typeof width)} options={[{ value: 'desktop', label: t('desktop') }, { value: 'phone', label: t('phone') }]} />
      </div>
      <div className="fm-preview-facts">
        <Field id="pv-scene" label={t('previewScene')}><Choice<string> id="pv-scene" value={scene} options={SCENES.map((value) => ({ value, label: t(`scene.${value}`) }))} onChange={setScene} /></Field>
        <Field id="pv-headcount" label={t('previewHeadcount')}><InputNumber id="pv-headcount" controls={false} min={1} value={headcount} onChange={(next: number | null) => setHeadcount(next)} /></Field>
      </div>
      <p className="fg-quiet" role="status">{t('previewAsks', { count: asks, pages: pages.length })}</p>
      {asked && !pages.includes(asked) ? <p className="fg-quiet" role="status">{t(asked.fields.length === 0 ? 'previewNoFields' : 'previewHidden', { page: pick(asked.title) || t('untitledPage', { n: wanted! + 1 }) })}</p> : null}
      <div className={`fm-frame fm-frame-${width} fg-portal`}>
        {page ? (
          <>
            <StepHead step={at + 1} of={pages.length} title={pick(page.title) || t('untitledPage', { n: at + 1 })} help={page.help ? pick(page.help) : undefined} />
            <FormSummary form={bound} />
            <div className="fg-form"><Questions page={page} look={view} form={bound} base="/answers" uploads={false} /></div>
            <div className="fg-row fm-frame-deeds"><Button disabled={at === 0} onClick={() => turn(at - 1)}>{t('previousPage')}</Button><Button onClick={check}>{t('tryCheck')}</Button><Button disabled={at >= pages.length - 1} onClick={() => turn(at + 1)}>{t('nextPage')}</Button></div>
          </>
        ) : <p className="fg-quiet">{t('previewEmpty')}</p>}
      </div>
    </section>
  )
}
