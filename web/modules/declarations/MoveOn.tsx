// What a firm can do while its declaration is under way and it has moved.
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { moveDeclaration } from '@fugong/contract/declarations.review'
import { getEnterprise } from '@fugong/contract/enterprises'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/parts.tsx'

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
