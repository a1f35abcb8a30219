// Edits one cell: a condition by the ways its column can be asked (expressions on demand), a result by its type, a reason in two languages.
import type { Column } from '@fugong/contract/rules'
import { Input, InputNumber } from 'antd'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { blankModel, celOf, kindsFor, modelOf, type Kind, type Model } from './cells.ts'
import type { Value } from './editor.ts'
import { Chips } from './Chips.tsx'

/** The frame of a cell's editor: takes the focus when it opens. */
function Frame({ label, faults, children }: { label: string; faults: readonly string[]; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => box.current?.querySelector<HTMLElement>('input:not([type="radio"]), textarea, input:checked, [role="combobox"]')?.focus(), 60)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="ru-editor" role="group" aria-label={label} ref={box}>
      <strong>{label}</strong>
      {children}
      {faults.map((words) => <p key={words} className="fg-field-error" role="alert">{words}</p>)}
    </div>
  )
}

interface ConditionProps { column: Column; cel: string | undefined; faults: readonly string[]; onChange: (cel: string | undefined) => void }
export function ConditionEditor({ column, cel, faults, onChange }: ConditionProps) {
  const t = useText('rules')
  const name = useId()
  // The way of asking is kept here as well: an unfinished choice (no value yet) would read as "any".
  const [model, setModel] = useState<Model>(() => modelOf(column, cel))
  const set = (next: Model) => { setModel(next); onChange(celOf(column, next)) }
  const kinds = kindsFor(column)
  return (
    <Frame label={t('editor.cellOf', { column: pick(column.label) })} faults={faults}>
      <fieldset className="ru-kinds">
        <legend className="fg-hidden">{t('editor.way')}</legend>
        {kinds.map((kind: Kind) => (
          <label key={kind} className={model.kind === kind ? 'ru-kind ru-kind-on' : 'ru-kind'}>
            <input type="radio" name={name} checked={model.kind === kind} onChange={() => set(blankModel(kind, column, model))} />{t(`editor.kind.${kind}`)}
          </label>
        ))}
      </fieldset>
      <ModelControl column={column} model={model} onChange={set} />
    </Frame>
  )
}

function ModelControl({ column, model, onChange }: { column: Column; model: Model; onChange: (model: Model) => void }) {
  const t = useText('rules')
  const label = pick(column.label)
  switch (model.kind) {
    case 'oneOf': case 'noneOf': case 'beginsWith':
      return <Chips column={column} values={model.values} label={`${label}: ${t(`editor.kind.${model.kind}`)}`} onChange={(values) => onChange({ kind: model.kind, values })} />
    case 'range': {
      const bound = (side: 'from' | 'to') => (
        <span className="ru-bound">
          <Choice<string> aria-label={t(`editor.${side}Sign`)} value={model[`${side}Included`] ? 'yes' : 'no'} onChange={(value) => onChange({ ...model, [`${side}Included`]: value === 'yes' })}
            options={[{ value: 'yes', label: t(`editor.${side}Included`) }, { value: 'no', label: t(`editor.${side}Excluded`) }]} />
          <NumberBox column={column} label={t(`editor.${side}`)} value={model[side]} onChange={(value) => onChange({ ...model, [side]: value })} />
        </span>
      )
      return <div className="ru-range">{bound('from')}{bound('to')}</div>
    }
    case 'equal': return <NumberBox column={column} label={label} value={model.value} onChange={(value) => { if (value !== null) onChange({ kind: 'equal', value }) }} />
    case 'flag':
      return <Choice<string> aria-label={label} value={model.value ? 'yes' : 'no'} onChange={(value) => onChange({ kind: 'flag', value: value === 'yes' })}
        options={[{ value: 'yes', label: column.whenTrue ? pick(column.whenTrue) : t('yes') }, { value: 'no', label: column.whenFalse ? pick(column.whenFalse) : t('no') }]} />
    case 'raw': return (
      <>
        <Input.TextArea className="fg-mono" aria-label={t('editor.kind.raw')} rows={3} maxLength={400} value={model.cel} spellCheck={false} onChange={(event) => onChange({ kind: 'raw', cel: event.target.value })} />
        <p className="fg-quiet">{t('editor.rawHelp', { name: column.name })}</p>
      </>
    )
    default: return <p className="fg-quiet">{t(`editor.about.${model.kind}`)}</p>
  }
}
/** A number with its unit and the range its column can hold. */
export function NumberBox({ column, label, value, onChange }: { column: Column; label: string; value: number | null; onChange: (value: number | null) => void }) {
  return <InputNumber<number> className="ru-number" aria-label={label} value={value} controls={false} onChange={(given) => onChange(typeof given === 'number' && Number.isFinite(given) ? given : null)} suffix={column.unit ? pick(column.unit) : undefined} placeholder={column.min === undefined && column.max === undefined ? undefined : `${column.min ?? ''}–${column.max ?? ''}`} />
}

interface ResultProps { column: Column; value: Value | undefined; faults: readonly string[]; onChange: (value: Value) => void }
export function ResultEditor({ column, value, faults, onChange }: ResultProps) {
  const t = useText('rules')
  return <Frame label={t('editor.resultOf', { column: pick(column.label) })} faults={faults}><ValueControl column={column} value={value ?? null} onChange={onChange} none={t('editor.noResult')} /></Frame>
}
/** One value of a column, chosen or typed by its type; `none` names the empty one. */
export function ValueControl({ column, value, onChange, none, label = pick(column.label) }: { column: Column; value: Value; onChange: (value: Value) => void; none: string; label?: string }) {
  const t = useText('rules')
  if (column.type === 'number') return <div className="ru-range"><NumberBox column={column} label={label} value={typeof value === 'number' ? value : null} onChange={onChange} />{value === null ? <span className="fg-quiet">{none}</span> : null}</div>
  if (column.type === 'text') return <Input aria-label={label} maxLength={400} value={typeof value === 'string' ? value : ''} placeholder={none} onChange={(event) => onChange(event.target.value || null)} />
  const options = column.type === 'boolean'
    ? [{ value: 'true', label: column.whenTrue ? pick(column.whenTrue) : t('yes') }, { value: 'false', label: column.whenFalse ? pick(column.whenFalse) : t('no') }]
    : (column.codes ?? []).map((choice) => ({ value: choice.value, label: pick(choice.label) }))
  return <Choice<string> className="ru-choice" aria-label={label} value={value === null ? '' : String(value)} showSearch={{ optionFilterProp: 'label' }} options={[{ value: '', label: none }, ...options]}
    onChange={(chosen) => onChange(chosen === '' ? null : column.type === 'boolean' ? chosen === 'true' : chosen)} />
}

interface BecauseProps { because: { zh: string; en: string } | undefined; faults: readonly string[]; onChange: (because: { zh: string; en: string }) => void }
export function BecauseEditor({ because = { zh: '', en: '' }, faults, onChange }: BecauseProps) {
  const t = useText('rules')
  const id = useId().replace(/[^A-Za-z0-9]/g, '')
  return (
    <Frame label={t('because')} faults={faults}>
      {(['zh', 'en'] as const).map((language) => (
        <div key={language} className="fg-field">
          <label className="fg-field-label" htmlFor={`${id}-${language}`}>{t(`editor.language.${language}`)}</label>
          <Input.TextArea id={`${id}-${language}`} lang={language === 'zh' ? 'zh-CN' : 'en'} rows={3} maxLength={language === 'zh' ? 400 : 800} value={because[language]} onChange={(event) => onChange({ ...because, [language]: event.target.value })} />
        </div>
      ))}
    </Frame>
  )
}
