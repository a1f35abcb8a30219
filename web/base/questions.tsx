// Draws the questions of one page of a form as the engine sees them: what is shown, asked, known already or worked out.
import type { FileInfo } from '@fugong/contract/files'
import { isRows, type Look, type Seen } from '@fugong/contract/forms.engine'
import type { Answer, AnswerRow, FormField as Question, FormPage } from '@fugong/contract/forms'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { AnswerText } from './answer-text.tsx'
import { FileQuestion } from './file-question.tsx'
import type { AnyForm } from './form.tsx'
import { pick, useText } from './i18n.ts'
import { controlOf, isSet, limitOf } from './question-control.tsx'
import { Field } from '../ui/Field.tsx'
import { FormField } from '../ui/FormField.tsx'

export interface QuestionsProps {
  page: FormPage
  look: Look
  /** Values under `base`, faults by path. */
  form: AnyForm
  /** JSON pointer below which the answers lie. */
  base: string
  files?: readonly FileInfo[]
  /** False in a preview, where nothing is uploaded. */
  uploads?: boolean
  /** Lines under a question: where an answer came from, what a reviewer wrote. */
  beside?: (field: Question) => ReactNode
  /** What can be done about an answer that was taken from the register. */
  besideKnown?: (field: Question) => ReactNode
}
export function Questions(props: QuestionsProps) {
  return props.page.fields.map((field) => {
    const seen = props.look.field(field.code)
    if (!seen.shown) return null
    if (field.type === 'group') return <Group key={field.code} {...props} field={field} seen={seen} />
    return <One key={field.code} {...props} field={field} seen={seen} path={`${props.base}/${field.code}`} />
  })
}

type OneProps = QuestionsProps & { field: Question; seen: Seen; path: string }
function One({ form, field, seen, path, files = [], uploads = true, beside, besideKnown }: OneProps) {
  const t = useText('base')
  const lines = [field.help ? pick(field.help) : '', seen.known || seen.computed ? '' : limitOf(field, t)].filter(Boolean)
  const more = beside?.(field)
  const help = lines.length > 0 || more ? <>{lines.map((line) => <div key={line}>{line}</div>)}{more}</> : undefined
  if (seen.known || seen.computed) {
    return (
      <Field id={form.idAt(path)} label={pick(field.label)} help={help} group>
        <div className="fg-q-given">
          <output id={form.idAt(path)} aria-labelledby={`${form.idAt(path)}-label`}><AnswerText field={field} answer={seen.value} files={files} /></output>
          <span className="fg-q-source">{t(seen.known ? 'q.known' : 'q.computed')}</span>
          {seen.known ? besideKnown?.(field) : null}
        </div>
      </Field>
    )
  }
  if (field.type === 'file') return <FileQuestion form={form} path={path} label={pick(field.label)} most={field.max ?? 20} known={files} optional={!seen.required} help={help} uploads={uploads} />
  return <FormField form={form} path={path} label={pick(field.label)} optional={!seen.required} group={isSet(field)} help={help}>{controlOf(field, t)}</FormField>
}

function Group(props: QuestionsProps & { field: Question; seen: Seen }) {
  const t = useText('base')
  const { field, form, look, base, seen } = props
  const path = `${base}/${field.code}`
  const given = form.valueAt(path) as Answer | undefined
  const rows: AnswerRow[] = isRows(given) ? given : []
  const full = field.max !== undefined && rows.length >= field.max
  const error = form.errorAt(path)
  const name = pick(field.label)
  return (
    <Field id={form.idAt(path)} label={name} group optional={!seen.required} error={error} help={<>{field.help ? <div>{pick(field.help)}</div> : null}{props.beside?.(field)}</>}>
      <div id={form.idAt(path)} className="fg-q-group" role="group" tabIndex={-1} aria-labelledby={`${form.idAt(path)}-label`}>
        {rows.map((_, index) => (
          <fieldset key={index} className="fg-q-row">
            <legend>{t('q.row', { name, n: index + 1 })}</legend>
            {(field.fields ?? []).map((inner) => {
              const one = look.rowField(field.code, index, inner.code)
              return one.shown ? <One key={inner.code} {...props} field={inner} seen={one} path={`${path}/${index}/${inner.code}`} beside={() => null} /> : null
            })}
            <div><Button type="link" danger aria-label={t('q.removeRow', { name, n: index + 1 })} onClick={() => form.set(path, rows.filter((_, place) => place !== index))}>{t('q.remove')}</Button></div>
          </fieldset>
        ))}
        <div><Button disabled={full} onClick={() => form.set(path, [...rows, {}])}>{t('q.addRow', { name })}</Button>{full ? <span className="fg-quiet"> {t('q.full', { max: field.max })}</span> : null}</div>
      </div>
    </Field>
  )
}
