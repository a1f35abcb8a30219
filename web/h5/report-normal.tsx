// A day in one tap, normal or the same as before: what it says is read out, a temperature may be added by ± or typing.
import type { Answer, Answers } from '@fugong/contract/forms'
import { faultsOf } from '@fugong/contract/forms.faults'
import type { FormTrees, TreeField } from '@fugong/contract/forms.work'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { answerText, errorsOf, idOf, say, shownAs, typed } from './form-answers.ts'
import type { ControlProps } from './form-fields.tsx'
import { t, type Fault, type Refusal } from './kit.ts'
import { Submit, Summary, type Errors } from './parts.tsx'
import { measuresOf, readOut, stepped } from './report-answers.ts'

/** A number by − and +, a tenth at a time, or typed; large enough for gloves. */
export function Stepper({ field, id, value, onValue, described }: ControlProps & { field: TreeField }) {
  // What is typed stands as it was typed until it is left; the answer is read from it at once.
  const [text, setText] = useState<string>()
  const step = (by: number) => () => { setText(undefined); onValue(stepped(field, value, by)) }
  const name = say(field.label)
  return (
    <div class="beside stepper">
      <button type="button" class="side" aria-label={t('reportLess', { name })} onClick={step(-0.1)}>−</button>
      <input id={id} {...described} type="text" inputMode="decimal" autoComplete="off" maxLength={8} placeholder="–" value={text === undefined ? shownAs('number', value) : text} onBlur={() => setText(undefined)} onInput={(event) => { setText(event.currentTarget.value); onValue(typed('number', event.currentTarget.value)) }} />
      {field.unit ? <span class="unit">{say(field.unit)}</span> : null}
      <button type="button" class="side" aria-label={t('reportMoreOf', { name })} onClick={step(0.1)}>+</button>
    </div>
  )
}
/** Steppers for every number of a form, by its code. */
export function measureControls(form: FormTrees): Record<string, (props: ControlProps) => ComponentChildren> {
  const found: Record<string, (props: ControlProps) => ComponentChildren> = {}
  for (const page of form.pages) for (const field of page.fields) if (field.type === 'number') found[field.code] = (props) => <Stepper {...props} field={field} />
  return found
}

export interface NormalProps {
  form: FormTrees; title: string
  /** What it says beside what is measured: nothing to tell, or what was said before. */
  said: Answers
  /** What the deed is called. */
  deed: string; send: (answers: Answers) => Promise<Refusal | undefined>; back: () => void; other: () => void
}
/** A day in one tap: what it says is read out, numbers are measured anew or left out. */
export function ShortDay({ form, title, said, deed, send, back, other }: NormalProps) {
  const [measured, setMeasured] = useState<Answers>({})
  const [told, setTold] = useState<{ errors: Errors; refusal: string | undefined; attempt: number }>({ errors: {}, refusal: undefined, attempt: 0 })
  const [sending, setSending] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (head.current) head.current.focus() }, [])
  const set = (code: string) => (value: Answer) => setMeasured({ ...measured, [code]: value })
  const tell = (faults: readonly Fault[], refusal?: string) => {
    const errors = errorsOf(form, faults)
    setTold({ errors, refusal: Object.keys(errors).length ? undefined : refusal, attempt: told.attempt + 1 })
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (sending) return
    const answers = { ...said }
    for (const code of Object.keys(measured)) if (measured[code] !== null) answers[code] = measured[code]!
    const faults = faultsOf(form, answers, '', true) as Fault[]
    if (faults.length) return tell(faults)
    setSending(true)
    const refusal = await send(answers)
    setSending(false)
    if (refusal) tell(refusal.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/answers/, '') })), refusal.title)
  }
  return (
    <form class="card" noValidate onSubmit={(event) => void submit(event)}>
      <button type="button" class="plain back" onClick={back}>‹ {t('reportBack')}</button>
      <h2 tabIndex={-1} ref={head}>{title}</h2>
      <Summary refusal={told.refusal} errors={told.errors} attempt={told.attempt} />
      {measuresOf(form).map((field) => {
        const id = idOf(`/${field.code}`)
        const error = told.errors[id]
        const described = error ? { 'aria-invalid': true as const, 'aria-describedby': `${id}-error` } : {}
        return <div key={id} class={error ? 'field faulty' : 'field'}><label for={id}>{say(field.label)}{field.required ? null : <span class="help">{t('form.optional')}</span>}</label>{error ? <div class="error" id={`${id}-error`}>{error}</div> : null}<Stepper field={field} id={id} value={measured[field.code]} onValue={set(field.code)} described={described} /></div>
      })}
      <p class="strong">{t('reportSays')}</p>
      <ul class="report-says">{readOut(form, said).map((field) => <li key={field.code}>{say(field.label)}{t('reportColon')}{wordOf(field, said[field.code])}</li>)}</ul>
      <Submit sending={sending}>{deed}</Submit>
      <button type="button" class="plain" onClick={other}>{t('reportNotSo')}</button>
    </form>
  )
}
/** No to a question and none of a list are the same word here. */
const wordOf = (field: TreeField, answer: Answer | undefined): string => (answer === undefined || answer === false || answer === 'none' || (Array.isArray(answer) && !answer.length) ? t('reportNo') : answerText(field, answer))
