// Draws the fields of one page of a form: the right control for each type, its help, and where a known answer came from.
import type { Form, FormField as FieldSpec } from '@fugong/contract/forms'
import { Input, InputNumber, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import type { AnyForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'

export interface FormFieldsProps {
  page: Form['pages'][number]
  form: AnyForm
  /** Where the answer that stands there was taken from, in words; undefined when the person gave it. */
  sourceOf: (code: string) => string | undefined
  /** What the reviewer wrote about a field. */
  gapOf: (code: string) => string | undefined
}
export function FormFields({ page, form, sourceOf, gapOf }: FormFieldsProps) {
  const t = useText('declarations')
  return page.fields.map((field) => {
    const source = sourceOf(field.code)
    const gap = gapOf(field.code)
    const help = [field.help ? pick(field.help) : '', limits(field, t)].filter(Boolean)
    return (
      <FormField key={field.code} form={form} path={`/answers/${field.code}`} optional={!field.required} group={isGroup(field)} help={help.length > 0 || source || gap ? (
        <>{help.map((line) => <div key={line}>{line}</div>)}{source ? <div className="fg-decl-source">{source}</div> : null}{gap ? <div className="fg-decl-gap">{t('gap.told', { text: gap })}</div> : null}</>
      ) : undefined}>
        {controlOf(field, t)}
      </FormField>
    )
  })
}
const isGroup = (field: FieldSpec) => field.type === 'boolean' || (field.type === 'code' && (field.codes?.length ?? 0) <= 6)

function limits(field: FieldSpec, t: (key: string, params?: Record<string, unknown>) => string): string {
  return field.type === 'para' && field.max ? t('field.max', { max: field.max }) : ''
}
function controlOf(field: FieldSpec, t: (key: string) => string): ReactElement<Record<string, unknown>> {
  switch (field.type) {
    case 'boolean': return <Radio.Group className="fg-decl-radios" options={[{ value: true, label: t('yes') }, { value: false, label: t('no') }]} />
    case 'number': return <InputNumber className="fg-decl-number" controls={false} inputMode="decimal" {...(field.unit ? { suffix: pick(field.unit) } : {})} />
    case 'para': return <Input.TextArea rows={3} />
    case 'day': return <DayInput className="fg-decl-number" />
    case 'code': {
      const options = (field.codes ?? []).map((choice) => ({ value: choice.value, label: pick(choice.label) }))
      return isGroup(field) ? <Radio.Group className="fg-decl-radios fg-decl-radios-tall" options={options} /> : <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
    }
    default: return <Input />
  }
}
