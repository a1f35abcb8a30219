// A form on a phone: one group of questions a page, faults beside each field, what was typed kept, everything read back before it is sent.
import { faultsOf } from '@fugong/contract/forms.faults'
import type { Answer, Answers } from '@fugong/contract/forms'
import { isRows, lookAt, type FormTrees, type Known, type Look, type TreePage } from '@fugong/contract/forms.work'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { answerText, draftOf, errorsOf, keepDraft, pageOfPath, pagesOf, say, withAnswer } from './form-answers.ts'
import { Fields, type FieldsProps } from './form-fields.tsx'
import zh from './form.zh.json'
import { learn, t, type Fault, type Refusal } from './kit.ts'
import { Submit, Summary, type Errors } from './parts.tsx'

learn({ zh, en: () => import('./form.en.json') })
export interface FillingProps extends Pick<FieldsProps, 'controls' | 'contest'> {
  form: FormTrees
  known: Known
  /** What stands there at first: answers that are to be corrected. */
  begin?: Answers
  /** Under which name the draft is kept; empty: nowhere. */
  keep: string
  /** What the last deed is called. */
  deed: string
  /** Sends the answers that count; a refusal comes back and is shown at its fields, or above them. */
  send: (answers: Answers) => Promise<Refusal | undefined>
  /** What stands before the last deed: a notice to agree to, say; its faults by the id of its own control. */
  last?: (errors: Errors) => ComponentChildren
  lastErrors?: () => Errors
}
interface Told { errors: Errors; refusal: string | undefined; attempt: number }

export function Filling({ form, known, begin, keep, deed, send, last, lastErrors, controls, contest }: FillingProps) {
  const [answers, setAnswers] = useState<Answers>(() => draftOf(keep) || begin || {})
  const [found, setFound] = useState(() => draftOf(keep) !== undefined)
  const [at, setAt] = useState(0)
  const [told, setTold] = useState<Told>({ errors: {}, refusal: undefined, attempt: 0 })
  const [sending, setSending] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  const look = lookAt(form, answers, known)
  const pages = pagesOf(form, look)
  // A form of one page is sent from it; a longer one is read back first.
  const steps = pages.length + (pages.length > 1 ? 1 : 0)
  const step = Math.min(at, steps - 1)
  const page = pages[step]
  const isLast = step === steps - 1
  const tell = (errors: Errors, refusal?: string) => setTold((before) => ({ errors, refusal, attempt: before.attempt + 1 }))
  const go = (to: number) => { setTold({ errors: {}, refusal: undefined, attempt: 0 }); setAt(to) }
  const turned = useRef(step)
  useEffect(() => {
    if (turned.current === step) return
    turned.current = step
    window.scrollTo(0, 0)
    if (head.current) head.current.focus()
  }, [step])
  const onValue = (path: string, value: Answer) => {
    const next = withAnswer(answers, path, value)
    setAnswers(next)
    keepDraft(keep, next)
  }
  const valueAt = (path: string): Answer | undefined => {
    const [code, index, inner] = path.split('/').slice(1)
    const own = answers[code!]
    return inner === undefined ? own : isRows(own) ? own[Number(index)]![inner] : undefined
  }
  /** Shows faults on the first page that has some, and says whether there were any. */
  const show = (faults: readonly Fault[], more: Errors = {}, refusal?: string): boolean => {
    const places = faults.map((fault) => pageOfPath(pages, fault.path)).filter((place) => place >= 0)
    const first = places.length && !Object.keys(more).length ? Math.min.apply(null, places) : step
    const here = faults.filter((fault) => { const place = pageOfPath(pages, fault.path); return place === first || place < 0 })
    const errors = { ...errorsOf(form, here), ...more }
    if (!Object.keys(errors).length && !refusal) return false
    setAt(first)
    tell(errors, refusal)
    return true
  }
  const onward = async (event: Event) => {
    event.preventDefault()
    if (sending) return
    const faults = faultsOf(form, answers, '', true, known)
    if (!isLast) {
      const own = faults.filter((fault) => pageOfPath(pages, fault.path) === step) as Fault[]
      if (!show(own)) go(step + 1)
      return
    }
    if (show(faults as Fault[], lastErrors && (pages.length > 1 ? !faults.length : true) ? lastErrors() : {})) return
    setSending(true)
    const refusal = await send(given(form, look))
    setSending(false)
    if (!refusal) return keepDraft(keep, undefined)
    const issues = refusal.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/answers/, '') }))
    show(issues, {}, issues.some((issue) => pageOfPath(pages, issue.path) >= 0) ? undefined : refusal.title)
  }
  const anew = () => { setAnswers({}); setFound(false); keepDraft(keep, undefined); go(0) }
  return (
    <form class="card" noValidate onSubmit={(event) => void onward(event)}>
      {step > 0 ? <button type="button" class="plain back" onClick={() => go(step - 1)}>‹ {t('form.back')}</button> : null}
      {steps > 1 ? <p class="help">{t('form.step', { n: step + 1, of: steps })}</p> : null}
      <h2 tabIndex={-1} ref={head}>{page ? say(page.title) : t('form.check')}</h2>
      {page && page.help ? <p class="help">{say(page.help)}</p> : null}
      {found && step === 0 ? <p class="note" role="status">{t('form.kept')} <button type="button" class="plain" onClick={anew}>{t('form.anew')}</button></p> : null}
      <Summary refusal={told.refusal} errors={told.errors} attempt={told.attempt} />
      {page ? <Fields page={page} look={look} errors={told.errors} valueAt={valueAt} onValue={onValue} {...(controls ? { controls } : {})} {...(contest ? { contest } : {})} /> : pages.map((one, place) => <ReadBack key={one.code} page={one} look={look} coded={Object.keys(controls || {})} change={() => go(place)} />)}
      {isLast && last ? last(told.errors) : null}
      {isLast ? <Submit sending={sending}>{deed}</Submit> : <button type="submit" class="main-deed">{t('form.next')}</button>}
    </form>
  )
}
/** The answers that count and that were given here: what the register knows and what is worked out is not sent back to it. */
function given(form: FormTrees, look: Look): Answers {
  const found = look.effective()
  for (const page of form.pages) for (const { code } of page.fields) {
    const seen = look.field(code)
    if (seen.known || seen.computed) delete found[code]
  }
  return found
}

function ReadBack({ page, look, coded, change }: { page: TreePage; look: Look; /** Fields with controls of the page's own. */ coded: string[]; change: () => void }) {
  return (
    <section class="read">
      <div class="read-head"><h3>{say(page.title)}</h3><button type="button" class="plain" aria-label={t('form.changeOne', { name: say(page.title) })} onClick={change}>{t('form.change')}</button></div>
      <dl class="facts">{page.fields.map((field) => {
        const { shown, value } = look.field(field.code)
        if (!shown) return null
        return [<dt key={field.code}>{say(field.label)}</dt>, <dd key={`${field.code}-answer`}>{isRows(value)
          ? value.map((_, index) => <div key={index}>{(field.fields || []).filter((inner) => look.rowField(field.code, index, inner.code).value !== null).map((inner) => `${say(inner.label)} ${answerText(inner, look.rowField(field.code, index, inner.code).value)}`).join(t('form.comma'))}</div>)
          : answerText(field, value, field.type === 'area' || coded.indexOf(field.code) >= 0)}</dd>]
      })}</dl>
    </section>
  )
}
