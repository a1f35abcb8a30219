// The parts of a form over `useForm`: the summary of faults at its top, and one bound control with label, help and error.
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import type { AnyForm } from '../base/form.tsx'
import { useText } from '../base/i18n.ts'
import { Field } from './Field.tsx'
import { Summary } from './Summary.tsx'

/** What went wrong, at the top of the form: takes the focus and links to each field with the same words as beside it. */
export function FormSummary({ form }: { form: AnyForm }) {
  const t = useText('base')
  const title = form.issues.length > 0 ? t('form.faults', { count: form.issues.length }) : form.refusal
  return <Summary title={title} attempt={form.attempt} items={form.issues.map(({ id, words }) => ({ id, words }))} />
}

type Control = ReactElement<Record<string, unknown>>
export interface FormFieldProps {
  form: AnyForm
  path: string
  help?: ReactNode
  /** Marked 选填 when it may stay empty. */
  optional?: boolean
  /** `checked` for checkboxes and switches. */
  valueProp?: 'value' | 'checked'
  /** For groups of choices, which have no single control that a label could point at. */
  group?: boolean
  /** Replaces the label of the setup, for instance by none beside a checkbox. */
  label?: ReactNode
  children: Control
}
/** One control bound to a path: label, help and error around it, value, change and accessibility given to it. */
export function FormField({ form, path, help, optional, valueProp = 'value', group, label, children }: FormFieldProps) {
  const id = form.idAt(path)
  const error = form.errorAt(path)
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const own = children.props['onChange'] as ((...given: unknown[]) => void) | undefined
  const control = cloneElement(children, {
    id, [valueProp]: form.valueAt(path) ?? (valueProp === 'checked' ? false : children.type === 'input' ? '' : undefined),
    onChange: (...given: unknown[]) => {
      form.set(path, readChange(given[0], valueProp))
      own?.(...given)
    },
    ...(error ? { status: 'error', 'aria-invalid': true } : {}),
    ...(described ? { 'aria-describedby': described } : {}),
    ...(group ? { role: 'group', 'aria-labelledby': `${id}-label`, tabIndex: -1 } : {}),
  })
  return <Field id={id} label={label === undefined ? form.labelAt(path) : label} help={help} error={error} optional={optional} group={group}>{control}</Field>
}

/** antd's controls give an event or the value itself. */
function readChange(given: unknown, valueProp: string): unknown {
  const target = typeof given === 'object' && given !== null && 'target' in given ? (given as { target: Record<string, unknown> }).target : undefined
  return target ? target[valueProp] : given
}
