// What a firm can do while its declaration is under way and it has moved, or while its operator has filed for it.
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { confirmForOperator, moveDeclaration } from '@fugong/contract/declarations.review'
import { getEnterprise } from '@fugong/contract/enterprises'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/parts.tsx'
import { Refusal } from './Refusal.tsx'

const stale = [getDeclaration, listDeclarations]
export function MoveOn({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const [asking, ask] = useState(false)
  const [chosen, choose] = useState('')
  const may = declaration.can.includes('move')
  const firm = useRead(getEnterprise, { params: { id: declaration.enterpriseId } }, { enabled: may }).data
  const deed = useDeed(moveDeclaration, { invalidates: stale, onDone: () => ask(false) })
  if (!may) return null
  const places = (firm?.workplaces ?? []).filter(({ id }) => id !== declaration.workplace.id)
  return (
    <Note tone="warn" title={t('move.title', { workplace: declaration.workplace.name })}>
      <p>{t('move.text')}</p>
      {places.length ? <Button onClick={() => { deed.reset(); choose(places[0]!.id); ask(true) }}>{t('move.deed')}</Button> : <p>{t('move.noPlace')}</p>}
      <ReasonDialog open={asking} title={t('move.deed')} text={t('move.then')} deed={t('move.deed')} needsReason={false} running={deed.running} problem={deed.problem} onCancel={() => ask(false)} onDo={() => void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, workplaceId: chosen } })}>
        <Choice aria-label={t('move.where')} value={chosen} onChange={choose} options={places.map(({ id, name, address }) => ({ value: id, label: `${name} · ${address}` }))} />
      </ReasonDialog>
    </Note>
  )
}
/** A tenant's word on what its operator filed. */
export function ConfirmFiling({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const read = useRead(getDeclaration, { params: { id: declaration.id } })
  const deed = useDeed(confirmForOperator, { invalidates: stale })
  if (!declaration.can.includes('confirm')) return null
  return (
    <Note tone="info" title={t('confirm.title')}>
      <p>{t('confirm.text')}</p>
      <Refusal problem={deed.problem} latest={() => { deed.reset(); void read.refetch() }} />
      <Button type="primary" loading={deed.running} onClick={() => void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision } })}>{t('confirm.deed')}</Button>
    </Note>
  )
}
