// Shows a one-time link once: copied from here, never seen again.
import { Button, Input, Modal, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/parts.tsx'

export interface IssuedLink { name: string; link: string; expiresAt: string }
/** Closes only by its own button, so that no stray press loses the link. */
export function OneTimeLink({ issued, onClose }: { issued: IssuedLink | undefined; onClose: () => void }) {
  const t = useText('identity')
  const field = useRef<InputRef>(null)
  const [told, setTold] = useState<'copied' | 'copyFailed' | undefined>()
  useEffect(() => setTold(undefined), [issued])
  const copy = async () => {
    field.current?.select()
    setTold(await copied(issued?.link ?? '') ? 'copied' : 'copyFailed')
  }
  return (
    <Modal open={issued !== undefined} title={t('link.for', { name: issued?.name ?? '' })} closable={false} keyboard={false} mask={{ closable: false }} destroyOnHidden footer={<Button type="primary" onClick={onClose}>{t('link.close')}</Button>}>
      <div className="fg-form">
        <Note tone="warn" title={t('link.once')}>{t('link.text')}</Note>
        <Field id="one-time-link" label={t('link.field')} help={issued ? t('link.expires', { at: instant(issued.expiresAt) }) : undefined}>
          <Input id="one-time-link" ref={field} className="fg-mono" readOnly value={issued?.link ?? ''} aria-describedby="one-time-link-help" onFocus={(event) => event.target.select()} />
        </Field>
        <div className="fg-row"><Button onClick={() => void copy()}>{t('link.copy')}</Button><span role="status">{told ? t(`link.${told}`) : ''}</span></div>
      </div>
    </Modal>
  )
}

/** The clipboard needs a secure origin; an inner network may only have the older way, which copies the selection. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
