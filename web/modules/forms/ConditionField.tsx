// A condition: rows to fill in, or the expression itself; said at once, in plain words, when it cannot be worked out.
import type { Issue } from '@fugong/contract/base'
import type { Variable } from '@fugong/contract/expressions'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { needsValue, operatorsFor, rowsOf, textOf, type Operator, type Row, type Rows } from './conditions.ts'

export interface NamedVariable extends Variable { name: string; label: string; choices?: { value: string; label: string }[] }
interface Props { id: string; label: string; help?: string; value: string | undefined; onChange: (text: string | undefined) => void; names: readonly NamedVariable[]; fault: Issue | undefined; /** A sum gives a value and has no rows. */ sum?: boolean }

export function ConditionField({ id, label, help, value, onChange, names, fault, sum = false }: Props) {
  const t = useText('forms')
  const parsed = value === undefined ? { join: 'all' as const, rows: [] } : rowsOf(value)
  const [asText, setAsText] = useState(sum || parsed === undefined)
  const [open, setOpen] = useState<Rows | undefined>(undefined)
  const variables = new Map(names.map((one) => [one.name, one]))
  // A row that lacks its field yet makes no condition, but it stands there.
  const rows = open ?? parsed ?? { join: 'all', rows: [] }
  const put = (next: Rows) => { setOpen(next.rows.some((row) => row.field === '' || (needsValue(row.operator) && row.value === '')) ? next : undefined); onChange(textOf({ ...next, rows: next.rows.filter((row) => !needsValue(row.operator) || row.value !== '') }, variables)) }
  const words = fault ? wordsOfIssue(fault, undefined) : undefined
  const canRows = !sum && parsed !== undefined
  return (
    <Field id={id} label={label} help={help} error={words} group={!asText}>
      {asText ? (
        <Input.TextArea id={id} className="fm-code" rows={2} spellCheck={false} value={value ?? ''} placeholder={t(sum ? 'sumExample' : 'conditionExample')} aria-invalid={words ? true : undefined} aria-describedby={words ? `${id}-error` : undefined} onChange={(event) => onChange(event.target.value.trim() === '' ? undefined : event.target.value)} />
      ) : (
        <div className="fm-rows" id={id}>
          {rows.rows.length > 1 ? <Choice<string> aria-label={t('join')} className="fm-join" value={rows.join} onChange={(join) => put({ ...rows, join: join as Rows['join'] })} options={[{ value: 'all', label: t('joinAll') }, { value: 'any', label: t('joinAny') }]} /> : null}
          {rows.rows.map((row, at) => <OneRow key={at} row={row} names={names} onChange={(next) => put({ ...rows, rows: rows.rows.map((one, place) => (place === at ? next : one)) })} onRemove={() => put({ ...rows, rows: rows.rows.filter((_, place) => place !== at) })} />)}
          <div className="fg-row"><Button size="small" onClick={() => setOpen({ ...rows, rows: [...rows.rows, { field: '', operator: '==', value: '' }] })}>{t('addRow')}</Button>{rows.rows.length === 0 ? <span className="fg-quiet">{t('noCondition')}</span> : null}</div>
        </div>
      )}
      <div className="fg-row fm-condition-foot">
        {asText && names.length > 0 ? <Choice<string> aria-label={t('insertField')} className="fm-insert" value={null} placeholder={t('insertField')} showSearch={{ optionFilterProp: 'label' }} options={names.map((one) => ({ value: one.name, label: `${one.label}（${one.name}）` }))} onChange={(name) => onChange(`${value ? `${value} ` : ''}${name}`)} /> : null}
        {sum ? null : <Button type="link" size="small" disabled={asText && !canRows} onClick={() => { setOpen(undefined); setAsText(!asText) }}>{t(asText ? 'asRows' : 'asText')}</Button>}
        {asText && !canRows && !sum ? <span className="fg-quiet">{t('onlyText')}</span> : null}
      </div>
    </Field>
  )
}

function OneRow({ row, names, onChange, onRemove }: { row: Row; names: readonly NamedVariable[]; onChange: (row: Row) => void; onRemove: () => void }) {
  const t = useText('forms')
  const chosen = names.find((one) => one.name === row.field)
  const operators = operatorsFor(chosen)
  const pickField = (field: string) => {
    const allowed = operatorsFor(names.find((one) => one.name === field))
    onChange({ field, operator: allowed.includes(row.operator) ? row.operator : allowed[0]!, value: '' })
  }
  return (
    <div className="fm-row">
      <Choice<string> aria-label={t('conditionField')} value={row.field || null} placeholder={t('conditionField')} showSearch={{ optionFilterProp: 'label' }} options={[...names.map((one) => ({ value: one.name, label: one.label })), ...(row.field && !chosen ? [{ value: row.field, label: row.field }] : [])]} onChange={pickField} />
      <Choice<Operator> aria-label={t('operator')} value={row.operator} options={operators.map((one) => ({ value: one, label: t(`operators.${one}`) }))} onChange={(operator) => onChange({ ...row, operator, value: needsValue(operator) && operator !== 'in' && row.operator !== 'in' ? row.value : '' })} />
      {!needsValue(row.operator) ? <span /> : chosen?.choices ? (
        row.operator === 'in'
          ? <Choice<string> aria-label={t('value')} mode="multiple" value={(row.value === '' ? [] : row.value.split(',')) as unknown as string} options={chosen.choices} onChange={(all) => onChange({ ...row, value: (all as unknown as string[]).join(',') })} />
          : <Choice<string> aria-label={t('value')} value={row.value || null} placeholder={t('value')} options={chosen.choices} onChange={(value) => onChange({ ...row, value })} />
      ) : <Input aria-label={t('value')} value={row.value} inputMode={chosen?.type === 'number' ? 'decimal' : 'text'} onChange={(event) => onChange({ ...row, value: event.target.value })} />}
      <Button type="text" aria-label={t('removeRow')} onClick={onRemove}>×</Button>
    </div>
  )
}
