// A control with its label, its help and its error, in that order, the same everywhere.
import type { ReactNode } from 'react'
import { useText } from '../base/i18n.ts'

export interface FieldProps {
  id: string
  label: ReactNode
  help?: ReactNode
  error?: string | undefined
  optional?: boolean | undefined
  /** True when the children are several controls; the label then names the group. */
  group?: boolean | undefined
  children: ReactNode
}
export function Field({ id, label, help, error, optional, group, children }: FieldProps) {
  const t = useText('ui')
  const mark = optional ? <span className="fg-field-optional">{t('optional')}</span> : null
  const named = label === null || label === '' || label === undefined ? null : group
    ? <div className="fg-field-label" id={`${id}-label`}>{label}{mark}</div>
    : <label className="fg-field-label" htmlFor={id}>{label}{mark}</label>
  return (
    <div className={error ? 'fg-field fg-field-faulty' : 'fg-field'}>
      {named}
      {help ? <div className="fg-field-help" id={`${id}-help`}>{help}</div> : null}
      {error ? <div className="fg-field-error" id={`${id}-error`}>{error}</div> : null}
      {children}
    </div>
  )
}
