// A deed that must be reasoned: names the thing, says what follows, takes the reason, tells at once when it was refused.
import { Input, Modal } from 'antd'
import { useEffect, useId, useState, type ReactNode } from 'react'
import { useText } from '../base/i18n.ts'
import { wordsOf } from '../base/words.ts'
import { Field } from './Field.tsx'

export interface ReasonDialogProps {
  open: boolean
  /** The deed and the thing: 暂停证书 GY-…. */
  title: string
  /** What follows from it. */
  text?: ReactNode
  /** The deed in words, on the button. */
  deed: string
  danger?: boolean
  reasonLabel?: string
  reasonHelp?: ReactNode
  maxLength?: number
  /** False for a deed that only needs a confirmation in words. */
  needsReason?: boolean
  running?: boolean
  problem?: unknown
  onCancel: () => void
  onDo: (reason: string) => void
  children?: ReactNode
}
export function ReasonDialog(props: ReasonDialogProps) {
  const { open, title, text, deed, danger, reasonLabel, reasonHelp, maxLength = 500, needsReason = true, running = false, problem, onCancel, onDo, children } = props
  const t = useText('ui')
  const id = useId().replace(/[^A-Za-z0-9]/g, '')
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!open) return
    setReason('')
    setAsked(false)
  }, [open])
  const missing = asked && needsReason && !reason.trim() ? t('reasonMissing') : undefined
  const submit = () => {
    setAsked(true)
    if (needsReason && !reason.trim()) document.getElementById(id)?.focus()
    else onDo(reason.trim())
  }
  return (
    <Modal open={open} title={title} okText={deed} cancelText={t('cancel')} onOk={submit} onCancel={onCancel} confirmLoading={running} okButtonProps={{ danger: danger ?? false }} mask={{ closable: false }} destroyOnHidden>
      <div className="fg-dialog">
      {problem ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p></div> : null}
      {text ? <p>{text}</p> : null}
      {children}
      {needsReason ? (
        <Field id={id} label={reasonLabel ?? t('reason')} help={reasonHelp} error={missing}>
          <Input.TextArea id={id} autoFocus rows={4} maxLength={maxLength} value={reason} onChange={(event) => setReason(event.target.value)} status={missing ? 'error' : ''} aria-invalid={missing ? true : undefined} aria-describedby={missing ? `${id}-error` : undefined} />
        </Field>
      ) : null}
      </div>
    </Modal>
  )
}
