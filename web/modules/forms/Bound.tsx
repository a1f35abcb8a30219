// Small bound controls of the editor: a text in both languages, a text, a number, a tick; each with its label and its fault.
import type { Issue } from '@fugong/contract/base'
import { Checkbox, Input, InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'

export interface Bound { /** Prefix of the ids, one per editor. */ id: string; path: string; faults: readonly Issue[]; locked: boolean }
export const idOf = (id: string, path: string): string => `${id}${path.replace(/[^A-Za-z0-9]+/g, '-')}`
export const faultAt = (faults: readonly Issue[], path: string): Issue | undefined => faults.find((issue) => issue.path === path)

type Two = { zh: string; en: string }
/** Chinese and English side by side; an emptied optional text is taken out. */
export function TwoTexts({ id, path, faults, locked, label, help, value, optional = false, rows, onChange }: Bound & { label: string; help?: string; value: Two | undefined; optional?: boolean; rows?: number; onChange: (value: Two | undefined) => void }) {
  const t = useText('forms')
  const set = (part: Partial<Two>) => { const next = { zh: value?.zh ?? '', en: value?.en ?? '', ...part }; onChange(optional && next.zh === '' && next.en === '' ? undefined : next) }
  const one = (language: 'zh' | 'en') => {
    const at = `${path}/${language}`
    const fault = faultAt(faults, at) ?? (language === 'zh' ? faultAt(faults, path) : undefined)
    const own = { id: idOf(id, at), value: value?.[language] ?? '', readOnly: locked, 'aria-invalid': fault ? true : undefined, onChange: (event: { target: { value: string } }) => set({ [language]: event.target.value }) }
    return <Field id={idOf(id, at)} label={`${label}（${t(language)}）`} optional={optional} help={language === 'zh' ? help : undefined} error={fault ? wordsOfIssue(fault, `${label}（${t(language)}）`) : undefined}>{rows ? <Input.TextArea rows={rows} {...own} /> : <Input {...own} />}</Field>
  }
  return <div className="fm-two">{one('zh')}{one('en')}</div>
}
export function OneText({ id, path, faults, locked, label, help, value, mono, onChange }: Bound & { label: string; help?: ReactNode; value: string | undefined; mono?: boolean; onChange: (value: string) => void }) {
  const fault = faultAt(faults, path)
  return <Field id={idOf(id, path)} label={label} help={help} error={fault ? wordsOfIssue(fault, label) : undefined}><Input id={idOf(id, path)} className={mono ? 'fg-mono' : ''} value={value ?? ''} readOnly={locked} aria-invalid={fault ? true : undefined} onChange={(event) => onChange(event.target.value)} /></Field>
}
export function OneNumber({ id, path, faults, locked, label, value, onChange }: Bound & { label: string; value: number | undefined; onChange: (value: number | undefined) => void }) {
  const fault = faultAt(faults, path)
  return <Field id={idOf(id, path)} label={label} optional error={fault ? wordsOfIssue(fault, label) : undefined}><InputNumber id={idOf(id, path)} className="fm-number" controls={false} value={value ?? null} readOnly={locked} onChange={(next: number | null) => onChange(next ?? undefined)} /></Field>
}
export function Tick({ label, value, locked, onChange }: { label: string; value: boolean; locked: boolean; onChange: (value: boolean) => void }) {
  return <Checkbox checked={value} disabled={locked} onChange={(event) => onChange(event.target.checked)}>{label}</Checkbox>
}
