// The phones that report each day for a person, and taking the binding off one that was lost.
import { listBoundPhones, revokePhone } from '@fugong/contract/health.phones'
import type { RosterPerson } from '@fugong/contract/people'
import { Button } from 'antd'
import { useState } from 'react'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Ready } from '../../ui/states.tsx'

export function Phones({ firm, person }: { firm: string; person: Pick<RosterPerson, 'id' | 'name'> }) {
  const t = useText('people')
  const at = { id: firm, employmentId: person.id }
  const read = useRead(listBoundPhones, { params: at })
  const [ending, setEnding] = useState<string>()
  const revoke = useDeed(revokePhone, { invalidates: [listBoundPhones], onDone: () => setEnding(undefined) })
  return (
    <>
      <Ready read={read} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('phones.none')}</p> : (
        <ul className="fg-rows">{items.map(({ id, relation, boundAt, can }) => <li key={id}><strong>{t(`phones.relation.${relation}`)}</strong><span className="fg-quiet fg-num">{t('phones.since', { at: instant(boundAt) })}</span>{can.includes('revoke') ? <Button size="small" danger onClick={() => { revoke.reset(); setEnding(id) }}>{t('phones.revoke')}</Button> : null}</li>)}</ul>
      )}</Ready>
      <ReasonDialog open={ending !== undefined} danger needsReason={false} title={t('phones.revokeTitle', { name: person.name })} text={t('phones.revokeText')} deed={t('phones.revoke')} running={revoke.running} problem={revoke.problem} onCancel={() => setEnding(undefined)} onDo={() => void revoke.run({ params: { ...at, bindingId: ending! }, body: {} })} />
    </>
  )
}
