// Several values as chips: picked from the codes of a column, or typed where it has none.
import type { Column } from '@fugong/contract/rules'
import { Button, Input } from 'antd'
import { useRef, useState, type KeyboardEvent } from 'react'
import { pick, useText } from '../../base/i18n.ts'

interface ChipsProps { column: Column; values: readonly string[]; label: string; onChange: (values: string[]) => void }
export function Chips({ column, values, label, onChange }: ChipsProps) {
  return column.type === 'code' ? <CodeChips column={column} values={values} label={label} onChange={onChange} /> : <TextChips column={column} values={values} label={label} onChange={onChange} />
}

/** Every code stands there; a press takes it in or out. */
function CodeChips({ column, values, label, onChange }: ChipsProps) {
  const known = new Set(column.codes?.map((choice) => choice.value))
  const all = [...(column.codes ?? []), ...values.filter((value) => !known.has(value)).map((value) => ({ value, label: { zh: value, en: value } }))]
  return (
    <div className="ru-chips" role="group" aria-label={label}>
      {all.map((choice) => {
        const on = values.includes(choice.value)
        // The order of the column, not of the presses: the same choice is the same cell.
        const next = all.map((one) => one.value).filter((value) => (value === choice.value ? !on : values.includes(value)))
        return <button key={choice.value} type="button" className={on ? 'ru-chip ru-chip-on' : 'ru-chip'} aria-pressed={on} onClick={() => onChange(next)}>{on ? <span aria-hidden="true">✓ </span> : null}{pick(choice.label)}</button>
      })}
    </div>
  )
}
function TextChips({ values, label, onChange }: ChipsProps) {
  const t = useText('rules')
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLDivElement>(null)
  const add = () => {
    const fresh = typed.split(/[\s,，、;；]+/).map((value) => value.replace(/["\\]/g, '')).filter((value) => value && !values.includes(value))
    if (fresh.length) onChange([...values, ...fresh])
    setTyped('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !typed.trim()) return
    event.preventDefault()
    event.stopPropagation()
    add()
  }
  return (
    <>
      {values.length ? (
        <ul className="ru-chips" aria-label={label}>{values.map((value) => (
          <li key={value} className="ru-chip ru-chip-on"><span className="fg-mono">{value}</span><button type="button" aria-label={t('editor.removeValue', { value })} onClick={() => { onChange(values.filter((one) => one !== value)); input.current?.querySelector('input')?.focus() }}>×</button></li>
        ))}</ul>
      ) : null}
      <div className="ru-add" ref={input}><Input aria-label={t('editor.addValue')} placeholder={t('editor.addValueHelp')} maxLength={200} value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} onBlur={add} /><Button onClick={add}>{t('editor.add')}</Button></div>
    </>
  )
}
