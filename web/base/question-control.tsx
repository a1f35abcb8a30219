// The control for each type of question, the same wherever a form is filled in.
import type { FormField as Question } from '@fugong/contract/forms'
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { AreaPicker } from './area-picker.tsx'
import { pick, type Say } from './i18n.ts'
import { DayInput, MomentInput } from '../ui/inputs.tsx'

type Asked = Pick<Question, 'type' | 'codes' | 'unit' | 'min' | 'max'>
const FEW = 8
/** A group of boxes has no single control that a label could point at. */
export const isSet = (field: Asked): boolean => field.type === 'boolean' || ((field.type === 'code' || field.type === 'codes') && (field.codes?.length ?? 0) <= FEW)

export function controlOf(field: Asked, t: Say): ReactElement<Record<string, unknown>> {
  const options = (field.codes ?? []).map((choice) => ({ value: choice.value, label: pick(choice.label) }))
  const unit = field.unit ? { suffix: pick(field.unit) } : {}
  switch (field.type) {
    case 'boolean': return <Radio.Group className="fg-q-set" options={[{ value: true, label: t('q.yes') }, { value: false, label: t('q.no') }]} />
    case 'number': return <InputNumber className="fg-q-short" controls={false} inputMode="decimal" {...unit} />
    case 'integer': return <InputNumber className="fg-q-short" controls={false} inputMode="numeric" precision={0} {...unit} />
    case 'para': return <Input.TextArea rows={3} />
    case 'day': return <DayInput className="fg-q-short" />
    case 'moment': return <MomentInput className="fg-q-short" />
    case 'area': return <AreaPicker />
    case 'phone': return <Input className="fg-q-short" inputMode="tel" maxLength={20} />
    case 'creditCode': return <Input className="fg-q-short fg-mono" maxLength={18} />
    case 'code': return isSet(field) ? <Radio.Group className="fg-q-set fg-q-tall" options={options} /> : <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
    case 'codes': return isSet(field) ? <Checkbox.Group className="fg-q-set fg-q-tall" options={options} /> : <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
    default: return <Input />
  }
}

/** What a question allows, in words, where the control itself does not show it. */
export function limitOf(field: Asked, t: Say): string {
  if (field.type === 'para' && field.max) return t('q.max', { max: field.max })
  if (field.type === 'codes') return field.min && field.max ? t('q.between', { min: field.min, max: field.max }) : field.max ? t('q.atMost', { max: field.max }) : field.min ? t('q.atLeast', { min: field.min }) : ''
  return ''
}
