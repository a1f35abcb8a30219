// A deed with several entries, asked in a dialog: faults at its top, the entries, what follows, and the deed in words.
import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import type { AnyForm } from '../base/form.tsx'
import { useText } from '../base/i18n.ts'
import { FormSummary } from './FormField.tsx'

export interface FormDialogProps { open: boolean; title: string; width?: number; onCancel: () => void; /** Mounted while open, so that each opening begins anew. */ children: ReactNode }
export function FormDialog({ open, title, width = 560, onCancel, children }: FormDialogProps) {
  return <Modal open={open} title={title} width={width} footer={null} onCancel={onCancel} mask={{ closable: false }} destroyOnHidden>{children}</Modal>
}

export interface DialogFormProps {
  form: AnyForm
  /** The deed in words, on the button. */
  deed: string
  danger?: boolean
  /** What follows from the deed, above its button. */
  note?: ReactNode
  onCancel: () => void
  /** Hears that it was done; faults stay in the dialog. */
  onDone: () => void
  children: ReactNode
}
/** The entries of a dialog and its deed; Enter in a line of text does the deed. */
export function DialogForm({ form, deed, danger, note, onCancel, onDone, children }: DialogFormProps) {
  const t = useText('ui')
  const submit = async () => { if (await form.submit() !== undefined) onDone() }
  return (
    <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <FormSummary form={form} />
      {children}
      {note ? <div className="fg-quiet">{note}</div> : null}
      <div className="fg-dialog-deeds"><Button onClick={onCancel}>{t('cancel')}</Button><Button type="primary" danger={danger ?? false} htmlType="submit" loading={form.sending}>{deed}</Button></div>
    </form>
  )
}
