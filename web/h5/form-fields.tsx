// The questions of one page of a form on a phone: a control for each type, groups with their rows, what is known or worked out.
import type { Answer, AnswerRow } from '@fugong/contract/forms'
import { isRows, type Look, type Seen, type TreeField, type TreePage } from '@fugong/contract/forms.work'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { answerText, idOf, nameCode, say, shownAs, typed, type Asked } from './form-answers.ts'
import { language, send, sendFile, t } from './kit.ts'
import type { Errors } from './parts.tsx'

export interface ControlProps { id: string; value: Answer | undefined; onValue: (value: Answer) => void; described: { 'aria-invalid'?: true; 'aria-describedby'?: string } }
export interface FieldsProps {
  page: TreePage; look: Look; errors: Errors
  valueAt: (path: string) => Answer | undefined
  onValue: (path: string, value: Answer) => void
  /** Controls of a page's own, by the code of their field. */
  controls?: Record<string, (props: ControlProps) => ComponentChildren>
  /** What can be done about an answer that was taken from the register. */
  contest?: (field: Asked) => ComponentChildren
}
export function Fields(props: FieldsProps) {
  return <>{props.page.fields.map((field) => {
    const seen = props.look.field(field.code)
    if (!seen.shown) return null
    return field.type === 'group' ? <Rows key={field.code} {...props} field={field} seen={seen} /> : <One key={field.code} {...props} field={field} seen={seen} path={`/${field.code}`} />
  })}</>
}

const FEW = 8
type OneProps = FieldsProps & { field: Asked; seen: Seen; path: string }
function One(props: OneProps) {
  const { field, seen, path, errors, valueAt, onValue } = props
  const id = idOf(path)
  const error = errors[id]
  if (seen.known || seen.computed) {
    return (
      <div class="field given" id={id}>
        <div class="label">{say(field.label)}</div>
        {field.help ? <div class="help">{say(field.help)}</div> : null}
        <output>{answerText(field, seen.value)}</output> <span class="help">{t(seen.known ? 'form.known' : 'form.computed')}</span>
        {seen.known && props.contest ? <div class="help">{props.contest(field)}</div> : null}
      </div>
    )
  }
  const described = { ...(error ? { 'aria-invalid': true as const } : {}), ...(field.help || error ? { 'aria-describedby': `${field.help ? `${id}-help ` : ''}${error ? `${id}-error` : ''}`.trim() } : {}) }
  const own = props.controls && props.controls[field.code]
  const isSet = !own && (field.type === 'boolean' || field.type === 'codes' || (field.type === 'code' && (field.codes || []).length <= FEW))
  const label = <>{say(field.label)}{seen.required ? null : <span class="help">{t('form.optional')}</span>}</>
  const notes = <>{field.help ? <div class="help" id={`${id}-help`}>{say(field.help)}</div> : null}{error ? <div class="error" id={`${id}-error`}>{error}</div> : null}</>
  const control: ControlProps = { id, value: valueAt(path), onValue: (value) => onValue(path, value), described }
  if (isSet) return <fieldset class={error ? 'field faulty' : 'field'} id={id} tabIndex={-1} {...described}><legend>{label}</legend>{notes}<Choices field={field} {...control} /></fieldset>
  return <div class={error ? 'field faulty' : 'field'}><label for={id}>{label}</label>{notes}{own ? own(control) : <Control field={field} {...control} />}</div>
}

function Choices({ field, id, value, onValue }: ControlProps & { field: Asked }) {
  const options: [Answer, string][] = field.type === 'boolean' ? [[true, t('form.yes')], [false, t('form.no')]] : (field.codes || []).map((choice): [Answer, string] => [choice.value, say(choice.label)])
  const chosen = (Array.isArray(value) ? value : []) as string[]
  const several = field.type === 'codes'
  return <>{options.map(([one, text]) => (
    <label class="tick" key={String(one)}>
      <input type={several ? 'checkbox' : 'radio'} name={id} checked={several ? chosen.indexOf(one as string) >= 0 : value === one}
        onChange={(event) => onValue(several ? (event.currentTarget.checked ? chosen.concat(one as string) : chosen.filter((other) => other !== one)) : one)} />
      <span>{text}</span>
    </label>
  ))}</>
}

const INPUTS: Partial<Record<Asked['type'], { type?: string; inputMode?: 'decimal' | 'numeric' | 'tel'; maxLength?: number }>> = {
  number: { inputMode: 'decimal', maxLength: 20 }, integer: { inputMode: 'numeric', maxLength: 20 }, day: { type: 'date' }, moment: { type: 'datetime-local' }, phone: { type: 'tel', inputMode: 'tel', maxLength: 20 }, creditCode: { maxLength: 30 },
}
function Control(props: ControlProps & { field: Asked }) {
  const { field, id, value, onValue, described } = props
  // What is typed stands as it was typed until it is left; the answer is read from it at once.
  const [text, setText] = useState<string>()
  if (field.type === 'area') return <AreaChoice {...props} />
  if (field.type === 'file') return <FileChoice {...props} />
  if (field.type === 'code') return <Select id={id} described={described} value={shownAs('code', value)} onValue={(code) => onValue(code || null)} options={(field.codes || []).map((choice): [string, string] => [choice.value, say(choice.label)])} />
  const change = (typing: string) => { setText(typing); onValue(typed(field.type, typing)) }
  const common = { id, ...described, value: text === undefined ? shownAs(field.type, value) : text, onBlur: () => setText(undefined) }
  if (field.type === 'para') return <textarea rows={4} {...common} onInput={(event) => change(event.currentTarget.value)} />
  const { type = 'text', ...input } = INPUTS[field.type] || {}
  return <div class="beside"><input type={type as 'text'} autoComplete="off" {...input} {...common} onInput={(event) => change(event.currentTarget.value)} />{field.unit ? <span class="unit">{say(field.unit)}</span> : null}</div>
}
export function Select({ id, label, value, onValue, options, described, empty = t('form.choose') }: { id: string; label?: string; value: string; onValue: (value: string) => void; options: [string, string][]; described?: object; empty?: string }) {
  return <select id={id} aria-label={label} {...described} value={value} onChange={(event) => onValue(event.currentTarget.value)}><option value="">{empty}</option>{options.map(([code, text]) => <option key={code} value={code}>{text}</option>)}</select>
}

interface Area { code: string; kind: string; name: { zh: string; en: string }; parent: string | null }
/** District or zone, then street: the areas of the city, asked for when somebody must choose one. */
function AreaChoice({ id, value, onValue, described }: ControlProps) {
  const [areas, setAreas] = useState<Area[]>([])
  useEffect(() => { void send<{ items: Area[] }>('GET', '/api/areas').then((answer) => { if (!answer.ok) return; for (const area of answer.data.items) nameCode(area.code, area.name); setAreas(answer.data.items) }) }, [])
  const code = String(value || '')
  const own = areas.find((area) => area.code === code)
  const district = own && own.kind === 'street' ? own.parent || '' : code
  const options = (wanted: (area: Area) => boolean) => areas.filter(wanted).map((area): [string, string] => [area.code, say(area.name)])
  const streets = district ? options((area) => area.kind === 'street' && area.parent === district) : []
  return <>
    <Select id={id} described={described} value={district} onValue={(chosen) => onValue(chosen || null)} options={options((area) => area.kind === 'district' || area.kind === 'devZone')} empty={t('form.area0')} />
    {streets.length ? <Select id={`${id}-street`} label={t('form.area1')} value={district === code ? '' : code} onValue={(chosen) => onValue(chosen || district)} options={streets} empty={t('form.area1')} /> : null}
  </>
}

function FileChoice({ field, id, value, onValue, described }: ControlProps & { field: Asked }) {
  const [names, setNames] = useState<Record<string, string>>({})
  const [words, setWords] = useState<string>()
  const [busy, setBusy] = useState(false)
  const ids = (Array.isArray(value) ? value : []) as string[]
  const most = field.max || 20
  const take = async (files: File[]) => {
    setBusy(true)
    setWords(undefined)
    let all = ids
    for (const file of files.slice(0, most - ids.length)) {
      const answer = await sendFile<{ id: string; name: string }>('/api/files', file)
      if (!answer.ok) { setWords(`${file.name}: ${answer.title}`); break }
      const { data } = answer
      all = all.concat(data.id)
      setNames((before) => ({ ...before, [data.id]: data.name }))
      onValue(all)
    }
    setBusy(false)
  }
  return <>
    <div class="help">{t('form.fileHelp', { max: most })}</div>
    {words ? <div class="error" role="alert">{words}</div> : null}
    <label class={`side file${busy || ids.length >= most ? ' off' : ''}`}>{t(busy ? 'form.sendingFile' : 'form.file')}<input id={id} {...described} class="away" type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx" disabled={busy || ids.length >= most} onChange={(event) => { void take(Array.from(event.currentTarget.files || [])); event.currentTarget.value = '' }} /></label>
    {ids.map((one, at) => <div class="row" key={one}>{names[one] || t('form.row', { name: say(field.label), n: at + 1 })} <button type="button" class="plain" aria-label={t('form.remove', { name: say(field.label), n: at + 1 })} onClick={() => onValue(ids.filter((other) => other !== one))}>×</button></div>)}
  </>
}

function Rows(props: FieldsProps & { field: TreeField; seen: Seen }) {
  const { field, seen, look, errors, valueAt, onValue } = props
  const path = `/${field.code}`
  const given = valueAt(path)
  const rows: AnswerRow[] = isRows(given) ? given : []
  const name = say(field.label)
  const error = errors[field.code]
  const full = field.max !== undefined && rows.length >= field.max
  return (
    <fieldset class={error ? 'field faulty' : 'field'} id={field.code} tabIndex={-1}>
      <legend>{name}{seen.required ? null : <span class="help">{t('form.optional')}</span>}</legend>
      {field.help ? <div class="help">{say(field.help)}</div> : null}
      {error ? <div class="error">{error}</div> : null}
      {rows.map((_, index) => (
        <fieldset class="row" key={index}>
          <legend>{t('form.row', { name, n: index + 1 })}</legend>
          {(field.fields || []).map((inner) => {
            const one = look.rowField(field.code, index, inner.code)
            return one.shown ? <One key={inner.code} {...props} field={inner} seen={one} path={`${path}/${index}/${inner.code}`} /> : null
          })}
          <button type="button" class="plain" onClick={() => onValue(path, rows.filter((_, at) => at !== index))}>{t('form.remove', { name, n: index + 1 })}</button>
        </fieldset>
      ))}
      {full ? <div class="help">{t('form.full', { max: field.max! })}</div> : <button type="button" class="side full" lang={language() === 'zh' ? 'zh-CN' : 'en'} onClick={() => onValue(path, rows.concat({}))}>{t('form.add', { name })}</button>}
    </fieldset>
  )
}
