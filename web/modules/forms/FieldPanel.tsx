// Everything about one question: what it asks and how, when it is shown and required, what it is worked out from.
import type { Issue } from '@fugong/contract/base'
import { fieldTypes, type DictionaryField, type FieldType } from '@fugong/contract/fields'
import { variablesAt, type Hint } from '@fugong/contract/forms.check'
import type { Form, FormField } from '@fugong/contract/forms'
import { Button } from 'antd'
import { pick, useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/parts.tsx'
import { CodesField } from './CodesField.tsx'
import { ConditionField, type NamedVariable } from './ConditionField.tsx'
import { fieldAt, groupAt, pathOf, putAt, type Spot } from './document.ts'
import { faultAt, idOf, OneNumber, OneText, Tick, TwoTexts } from './Bound.tsx'

const LENGTHS: readonly string[] = ['text', 'para']
const COUNTS: readonly string[] = ['codes', 'file', 'group']
const NUMBERS: readonly string[] = ['number', 'integer']
interface Props { form: Form; spot: Spot; change: (form: Form) => void; faults: readonly Issue[]; hints: readonly Hint[]; dictionary: readonly DictionaryField[]; locked: boolean; id: string }

export function FieldPanel({ form, spot, change, faults, hints, dictionary, locked, id }: Props) {
  const t = useText('forms')
  const field = fieldAt(form, spot)!
  const path = pathOf(spot)
  const bound = (part: string) => ({ id, path: `${path}${part}`, faults, locked })
  /** A part set to nothing is taken out of the document. */
  const set = (part: Partial<FormField>) => change(putAt(form, spot, Object.fromEntries(Object.entries({ ...field, ...part }).filter(([, value]) => value !== undefined)) as FormField))
  const inGroup = groupAt(form, spot) !== undefined
  const names = useNames(form, groupAt(form, spot)?.code)
  const entry = dictionary.find((one) => one.code === field.dict)
  const own = hints.filter((hint) => hint.path === path)
  const withCodes = field.type === 'code' || field.type === 'codes'
  const setType = (type: FormField['type']) => set({
    type, codes: type === 'code' || type === 'codes' ? (field.codes ?? [{ value: 'choice1', label: { zh: '', en: '' } }]) : undefined, fields: type === 'group' ? (field.fields ?? []) : undefined,
    pattern: LENGTHS.includes(type) ? field.pattern : undefined, unit: NUMBERS.includes(type) ? field.unit : undefined, known: type === 'group' ? undefined : field.known,
  })
  const limits = LENGTHS.includes(field.type) ? ['minLength', 'maxLength'] : COUNTS.includes(field.type) ? ['minCount', 'maxCount'] : NUMBERS.includes(field.type) ? ['min', 'max'] : undefined
  return (
    <div className="fg-form fm-panel">
      {own.map((hint) => <HintNote key={hint.kind} hint={hint} dictionary={dictionary} locked={locked} link={() => { const found = dictionary.find((one) => one.code === hint.dict); if (found) set({ dict: found.code, type: found.type, ...(found.codes ? { codes: found.codes } : {}), ...(found.unit ? { unit: found.unit } : {}), known: found.source === 'asked' ? undefined : found.source }) }} take={() => { const found = dictionary.find((one) => one.code === hint.dict); if (found && found.source !== 'asked') set({ known: found.source, required: undefined, requiredWhen: undefined }) }} />)}
      <TwoTexts {...bound('/label')} label={t('label')} value={field.label} rows={2} onChange={(label) => set({ label: label! })} />
      <TwoTexts {...bound('/help')} label={t('help')} value={field.help} optional onChange={(help) => set({ help })} />
      <div className="fm-two">
        <Field id={idOf(id, `${path}/type`)} label={t('answerType')} error={faultAt(faults, `${path}/type`) ? t('typeDiffers', { type: entry ? t(`type.${entry.type}`) : '' }) : undefined}>
          <Choice<string> id={idOf(id, `${path}/type`)} value={field.type} disabled={locked} options={[...fieldTypes, ...(inGroup ? [] : ['group'])].map((type) => ({ value: type, label: t(`type.${type}`) }))} onChange={(type) => setType(type as FieldType)} />
        </Field>
        <OneText {...bound('/code')} label={t('code')} help={t('codeHelp')} mono value={field.code} onChange={(code) => set({ code })} />
      </div>
      {entry || field.dict ? <p className="fm-dict"><span className="fg-quiet">{t('dict')}</span> {entry ? pick(entry.name) : field.dict} <span className="fg-mono fg-quiet">{field.dict}</span>{entry ? <span className="fg-quiet"> · {pick(entry.purpose)}</span> : null} {locked ? null : <Button type="link" size="small" onClick={() => set({ dict: undefined, known: undefined })}>{t('unlink')}</Button>}</p> : <p className="fg-quiet fm-dict">{t('noDict')}</p>}
      {field.known ? <Note tone="info"><p>{t('knownNote', { source: t(`source.${field.known}`) })}</p></Note> : null}
      {withCodes ? <CodesField id={idOf(id, `${path}/codes`)} value={field.codes} faults={faults.filter((issue) => issue.path.startsWith(`${path}/codes`))} onChange={(codes) => set({ codes })} /> : null}
      {NUMBERS.includes(field.type) ? <TwoTexts {...bound('/unit')} label={t('unit')} value={field.unit} optional onChange={(unit) => set({ unit })} /> : null}
      {limits ? <div className="fm-two"><OneNumber {...bound('/min')} label={t(limits[0]!)} value={field.min} onChange={(min) => set({ min })} /><OneNumber {...bound('/max')} label={t(limits[1]!)} value={field.max} onChange={(max) => set({ max })} /></div> : null}
      {LENGTHS.includes(field.type) ? <OneText {...bound('/pattern')} label={t('pattern')} help={t('patternHelp')} mono value={field.pattern} onChange={(pattern) => set({ pattern: pattern === '' ? undefined : pattern })} /> : null}
      {field.computed === undefined ? <Tick label={t('required')} value={field.required ?? false} locked={locked} onChange={(required) => set({ required: required ? true : undefined })} /> : null}
      <fieldset className="fm-conditions" disabled={locked}>
        <legend>{t('conditions')}</legend>
        <ConditionField key={`${spot}v`} id={idOf(id, `${path}/visibleWhen`)} label={t('visibleWhen')} value={field.visibleWhen} names={names} fault={faultAt(faults, `${path}/visibleWhen`)} onChange={(visibleWhen) => set({ visibleWhen })} />
        {field.computed === undefined && !field.required ? <ConditionField key={`${spot}r`} id={idOf(id, `${path}/requiredWhen`)} label={t('requiredWhen')} value={field.requiredWhen} names={names} fault={faultAt(faults, `${path}/requiredWhen`)} onChange={(requiredWhen) => set({ requiredWhen })} /> : null}
        {field.type === 'group' || field.computed !== undefined ? null : <>
          <ConditionField key={`${spot}c`} id={idOf(id, `${path}/check/when`)} label={t('check')} help={t('checkHelp')} value={field.check?.when} names={names} fault={faultAt(faults, `${path}/check/when`)} onChange={(when) => set({ check: when === undefined ? undefined : { when, message: field.check?.message ?? { zh: '', en: '' } } })} />
          {field.check ? <TwoTexts {...bound('/check/message')} label={t('checkMessage')} value={field.check.message} onChange={(message) => set({ check: { ...field.check!, message: message! } })} /> : null}
        </>}
        {field.type === 'group' || field.type === 'file' || field.known ? null : <ConditionField key={`${spot}s`} sum id={idOf(id, `${path}/computed`)} label={t('computed')} help={t('computedHelp')} value={field.computed} names={names} fault={faultAt(faults, `${path}/computed`)} onChange={(computed) => set({ computed, ...(computed === undefined ? {} : { required: undefined, requiredWhen: undefined, check: undefined }) })} />}
      </fieldset>
    </div>
  )
}

function HintNote({ hint, dictionary, locked, link, take }: { hint: Hint; dictionary: readonly DictionaryField[]; locked: boolean; link: () => void; take: () => void }) {
  const t = useText('forms')
  const entry = dictionary.find((one) => one.code === hint.dict)
  const words = { name: entry ? pick(entry.name) : hint.dict, source: entry && entry.source !== 'asked' ? t(`source.${entry.source}`) : '', forms: (hint.forms ?? []).join(t('q.comma')) }
  return (
    <Note tone="warn" title={t(`hint.${hint.kind}`, words)}>
      <p>{t(`hintText.${hint.kind}`, words)}</p>
      {locked ? null : hint.kind === 'alike' ? <Button size="small" onClick={link}>{t('hintLink')}</Button> : hint.kind === 'known' ? <Button size="small" onClick={take}>{t('hintTake')}</Button> : null}
    </Note>
  )
}

/** What a condition at this place may name, by the words a reader knows it by. */
export function useNames(form: Form, group: string | undefined): NamedVariable[] {
  const t = useText('forms')
  const labels = new Map(form.pages.flatMap((page) => page.fields.flatMap((field) => [[field.code, field] as const, ...(field.fields ?? []).map((inner) => [inner.code, inner as FormField] as const)])))
  return [...variablesAt(form, group).variables].map(([name, variable]) => {
    const field = labels.get(name)
    const scenes = name === 'workplace_scene' ? ['office', 'commercial', 'park', 'site', 'residential'].map((value) => ({ value, label: t(`scene.${value}`) })) : undefined
    const choices = field?.codes?.map((choice) => ({ value: choice.value, label: pick(choice.label) || choice.value })) ?? scenes
    return { ...variable, name, label: field ? pick(field.label) || field.code : t(`fact.${name}`), ...(scenes ? { codes: scenes.map(({ value }) => value) } : {}), ...(choices ? { choices } : {}) }
  })
}
