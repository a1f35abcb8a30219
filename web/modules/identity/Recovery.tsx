// Recovery of an account by two administrators: one asks, another confirms and receives the link to hand over.
import { cancelRecovery, confirmRecovery, getPerson, listPeople, requestRecovery, type Person } from '@fugong/contract/identity'
import { Button } from 'antd'
import { useState } from 'react'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import type { IssuedLink } from './OneTimeLink.tsx'

const STALE = [getPerson, listPeople]
/** `onIssued` hears of the link: this part leaves the page with the recovery that it confirmed, the link must stay. */
export function Recovery({ person, onIssued }: { person: Person; onIssued: (link: IssuedLink) => void }) {
  const t = useText('identity')
  const [asking, setAsking] = useState<'request' | 'confirm' | 'cancel' | undefined>()
  const close = () => setAsking(undefined)
  const request = useDeed(requestRecovery, { invalidates: STALE, onDone: close })
  const confirm = useDeed(confirmRecovery, { invalidates: STALE, onDone: ({ link, expiresAt }) => { close(); onIssued({ name: person.name, link, expiresAt }) } })
  const cancel = useDeed(cancelRecovery, { invalidates: STALE, onDone: close })
  const ask = (what: 'request' | 'confirm' | 'cancel') => { request.reset(); confirm.reset(); cancel.reset(); setAsking(what) }
  const { name, recovery } = person
  const params = { id: person.id }
  const can = (deed: string) => person.can.includes(deed)
  if (!recovery && !can('requestRecovery')) return null
  return (
    <Section title={t('person.recovery')}>
      <div className="fg-stack">
        {recovery ? <Note tone="warn" title={t('person.recoveryWaiting')}>{t('person.recoveryBy', { who: recovery.requestedBy, at: instant(recovery.requestedAt), reason: recovery.reason })}</Note> : <p className="fg-quiet">{t('person.recoveryText')}</p>}
        <div className="fg-row id-deeds">
          {recovery ? <>{can('confirmRecovery') ? <Button type="primary" onClick={() => ask('confirm')}>{t('person.recoveryConfirm')}</Button> : can('cancelRecovery') ? <span>{t('person.recoveryOwn')}</span> : null}{can('cancelRecovery') ? <Button onClick={() => ask('cancel')}>{t('person.recoveryCancel')}</Button> : null}</>
            : <Button onClick={() => ask('request')}>{t('person.recoveryRequest')}</Button>}
        </div>
      </div>
      <ReasonDialog open={asking === 'request'} title={t('person.recoveryRequestOf', { name })} text={t('person.recoveryRequestText')} deed={t('person.recoveryRequest')} reasonHelp={t('person.recoveryReasonHelp')} maxLength={300} running={request.running} problem={request.problem} onCancel={close} onDo={(reason) => void request.run({ params, body: { reason } })} />
      <ReasonDialog open={asking === 'confirm'} title={t('person.recoveryConfirmOf', { name })} text={t('person.recoveryConfirmText')} deed={t('person.recoveryConfirm')} needsReason={false} running={confirm.running} problem={confirm.problem} onCancel={close} onDo={() => void confirm.run({ params, body: {} })} />
      <ReasonDialog open={asking === 'cancel'} title={t('person.recoveryCancelOf', { name })} text={t('person.recoveryCancelText')} deed={t('person.recoveryCancel')} needsReason={false} running={cancel.running} problem={cancel.problem} onCancel={close} onDo={() => void cancel.run({ params })} />
    </Section>
  )
}
