// Puts firms on a plan: by the filters of the register, or by codes that were pasted; tells what became of each.
import { addFirms, type AddedFirms, type BatchPlan } from '@fugong/contract/batches'
import { enterpriseClasses, enterpriseSizes, listEnterprises } from '@fugong/contract/enterprises'
import { Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { AreaPicker } from '../../base/area-picker.tsx'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Note } from '../../ui/parts.tsx'
import { stale } from './stale.ts'

export function AddFirmsButton({ plan }: { plan: BatchPlan }) {
  const t = useText('batches')
  const [open, setOpen] = useState(false)
  return <><Button onClick={() => setOpen(true)}>{t('add.deed')}</Button><FormDialog open={open} title={t('add.title')} width={640} onCancel={() => setOpen(false)}><AddFirms plan={plan} onClose={() => setOpen(false)} /></FormDialog></>
}
type Chosen = Partial<Record<'q' | 'district' | 'industry' | 'class' | 'size', string>>
const SPLIT = /[\s,，;；、]+/
function AddFirms({ plan, onClose }: { plan: BatchPlan; onClose: () => void }) {
  const t = useText('batches')
  const [by, setBy] = useState<'filter' | 'codes'>('filter')
  const [filter, setFilter] = useState<Chosen>({})
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<AddedFirms | undefined>(undefined)
  const deed = useDeed(addFirms, { invalidates: stale, onDone: setOutcome })
  const sound = Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Chosen
  const count = useRead(listEnterprises, { query: { limit: 1, state: 'active', ...sound } as never }, { enabled: by === 'filter' && (sound.q === undefined || sound.q.length > 1), keepPrevious: true })
  const codes = text.split(SPLIT).filter(Boolean)
  const most = by === 'codes' ? 500 : plan.mostFirms
  const total = by === 'codes' ? codes.length : (count.data?.total ?? 0)
  const set = (change: Chosen) => { deed.reset(); setFilter({ ...filter, ...change }) }
  if (outcome) return <Outcome of={outcome} onClose={onClose} onMore={() => { setOutcome(undefined); setText('') }} />
  return (
    <form className="fg-form" onSubmit={(event) => { event.preventDefault(); void deed.run({ params: { id: plan.id }, body: { revision: plan.revision, ...(by === 'codes' ? { codes } : { filter: { state: 'active', ...sound } as never }) } }) }}>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      <Radio.Group aria-label={t('add.by')} value={by} onChange={(event) => { deed.reset(); setBy(event.target.value as 'filter' | 'codes') }} options={(['filter', 'codes'] as const).map((one) => ({ value: one, label: t(`add.${one}`) }))} />
      {by === 'codes' ? <Field id="ba-codes" label={t('add.codesLabel')} help={t('add.codesHelp')}><Input.TextArea id="ba-codes" className="fg-mono" rows={6} value={text} onChange={(event) => { deed.reset(); setText(event.target.value) }} /></Field> : (
        <>
          <Field id="ba-q" label={t('add.q')} optional><Input id="ba-q" maxLength={60} value={filter.q ?? ''} onChange={(event) => set({ q: event.target.value })} /></Field>
          <Field id="ba-district" label={t('add.area')} optional><AreaPicker id="ba-district" kinds={['district', 'devZone']} allowClear value={filter.district ?? null} onChange={(district) => set({ district: district ?? '' })} /></Field>
          <Field id="ba-industry" label={t('add.industry')} help={t('add.industryHelp')} optional><Input id="ba-industry" maxLength={4} value={filter.industry ?? ''} onChange={(event) => set({ industry: event.target.value.trim().toUpperCase() })} /></Field>
          <div className="ba-slot-fields">
            <Field id="ba-class" label={t('add.class')} optional><Select id="ba-class" allowClear value={filter.class || undefined} onChange={(value?: string) => set({ class: value ?? '' })} options={enterpriseClasses.map((one) => ({ value: one, label: t(`class.${one}`) }))} /></Field>
            <Field id="ba-size" label={t('add.size')} optional><Select id="ba-size" allowClear value={filter.size || undefined} onChange={(value?: string) => set({ size: value ?? '' })} options={enterpriseSizes.map((one) => ({ value: one, label: t(`size.${one}`) }))} /></Field>
          </div>
        </>
      )}
      <p role="status">{t(by === 'codes' ? 'add.codesCount' : count.data?.totalIsMore ? 'add.filterMore' : 'add.filterCount', { count: total, shown: number(total) })}</p>
      {total > most ? <Note tone="warn">{t('add.tooMany', { limit: number(most) })}</Note> : null}
      <p className="fg-quiet">{t('add.note')}</p>
      <div className="fg-dialog-deeds"><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" htmlType="submit" disabled={total === 0 || total > most} loading={deed.running}>{t('add.deed')}</Button></div>
    </form>
  )
}
function Outcome({ of, onClose, onMore }: { of: AddedFirms; onClose: () => void; onMore: () => void }) {
  const t = useText('batches')
  const rest = (['taken', 'outside', 'own'] as const).filter((name) => of[name] > 0)
  return (
    <div className="fg-dialog" role="status">
      <Note tone={of.added ? 'good' : 'warn'} title={t('add.added', { count: of.added, shown: number(of.added) })}>{rest.length ? <ul>{rest.map((name) => <li key={name}>{t(`add.left.${name}`, { count: of[name] })}</li>)}</ul> : null}</Note>
      {of.unknown.length ? <Note tone="warn" title={t('add.unknown', { count: of.unknown.length })}><span className="fg-mono">{of.unknown.join(' ')}</span></Note> : null}
      <div className="fg-dialog-deeds"><Button onClick={onMore}>{t('add.more')}</Button><Button type="primary" onClick={onClose}>{t('add.close')}</Button></div>
    </div>
  )
}
