// Records an event of a firm's life: what happened, from which day on, why; what a day to come means is said before the deed.
import { getEnterprise, listEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { listProjectsOf, listWorkplaces } from '@fugong/contract/enterprises.places'
import { entriesOf, lifeEvents, listChanges, listFlags, listRelations, recordLifeEvent, type LifeEvent, type RecordLifeEvent } from '@fugong/contract/enterprises.register'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm, type AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Chosen } from './WorkplaceFields.tsx'

export function EventDeed({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const [open, setOpen] = useState(false)
  if (!firm.can.includes('recordEvent')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('event.record')}</Button>
      <FormDialog open={open} title={t('event.title', { name: firm.name })} onCancel={() => setOpen(false)}><EventForm firm={firm} onClose={() => setOpen(false)} /></FormDialog>
    </>
  )
}
interface Draft { kind: LifeEvent | undefined; effectiveOn: string | null; reason: string; name: string; districtCode: string; streetCode: string; zoneCode: string; address: string; creditCode: string; creditCodeReason: string; survivorCode: string }
const empty: Draft = { kind: undefined, effectiveOn: null, reason: '', name: '', districtCode: '', streetCode: '', zoneCode: '', address: '', creditCode: '', creditCodeReason: '', survivorCode: '' }
const optional = new Set<keyof Draft>(['zoneCode', 'creditCodeReason'])

function EventForm({ firm, onClose }: { firm: Enterprise; onClose: () => void }) {
  const t = useText('enterprises')
  const kinds = lifeEvents.filter((kind) => (kind === 'reopened' ? firm.state === 'closed' : kind === 'founded' ? true : firm.state === 'active') && (kind !== 'recoded' || firm.can.includes('recode')))
  const form = useForm(recordLifeEvent, {
    initial: { ...empty, effectiveOn: today() } as Draft, params: { id: firm.id }, invalidates: [getEnterprise, listEnterprises, listChanges, listWorkplaces, listFlags, listRelations, listProjectsOf],
    labels: Object.fromEntries(['kind', 'name', 'districtCode', 'streetCode', 'zoneCode', 'address', 'creditCode', 'creditCodeReason', 'survivorCode', 'effectiveOn', 'reason'].map((name) => [`/${name}`, t(`event.${name}`)])),
    body: (values) => bodyOf(firm.revision, values),
    check: (values) => missing(values, ['/kind', '/effectiveOn', '/reason', ...(values.kind ? entriesOf[values.kind].needs.map((name) => `/${name}`) : [])])
      .map((issue) => (issue.path === '/kind' || issue.path === '/districtCode' || issue.path === '/streetCode' ? { ...issue, code: 'issue.area' } : issue)),
  })
  const { kind, effectiveOn } = form.values
  const takes = (name: keyof RecordLifeEvent) => kind !== undefined && entriesOf[kind].takes.includes(name)
  const later = effectiveOn !== null && effectiveOn > today() && kind !== 'founded'
  return (
    <DialogForm form={form} deed={t(kind ? `event.deed.${kind}` : 'event.record')} danger={kind === 'closed' || kind === 'merged'} note={kind ? <>{t(`event.follows.${kind}`)} {later ? t('event.later', { day: effectiveOn }) : ''}</> : undefined} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/kind"><Choice<LifeEvent> placeholder={t('workplace.choose')} options={kinds.map((one) => ({ value: one, label: t(`change.${one}`) }))} /></FormField>
      {takes('name') ? <FormField form={form} path="/name" help={t('firm.nameHelp')}><Input maxLength={100} autoComplete="off" /></FormField> : null}
      {takes('districtCode') ? <AreaEntries form={form} /> : null}
      {takes('creditCode') ? <><FormField form={form} path="/creditCode" help={t('event.creditCodeHelp')}><Input className="fg-mono" maxLength={18} autoComplete="off" /></FormField><FormField form={form} path="/creditCodeReason" optional help={t('event.creditCodeReasonHelp')}><Input maxLength={200} autoComplete="off" /></FormField></> : null}
      {takes('survivorCode') ? <FormField form={form} path="/survivorCode" help={t('event.survivorHelp')}><Input className="fg-mono" maxLength={18} autoComplete="off" /></FormField> : null}
      <FormField form={form} path="/effectiveOn" help={kind === 'founded' ? t('event.foundedHelp') : undefined}><DayInput className="fg-day" /></FormField>
      <FormField form={form} path="/reason" help={t('event.reasonHelp')}><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
function AreaEntries({ form }: { form: AnyForm }) {
  const t = useText('enterprises')
  const { areas, nameOf, childrenOf } = useAreas()
  const { districtCode } = form.values as Draft
  const zones = areas.filter((area) => area.kind === 'devZone' && (area.hosts.includes(districtCode) || area.parent === districtCode))
  const choices = (codes: string[]) => codes.map((code) => ({ value: code, label: nameOf(code) }))
  return (
    <>
      <FormField form={form} path="/districtCode"><Chosen placeholder={t('workplace.choose')} options={choices(areas.filter((area) => area.kind === 'district').map((area) => area.code))} onChange={() => { form.set('/streetCode', ''); form.set('/zoneCode', '') }} /></FormField>
      <FormField form={form} path="/streetCode" help={districtCode ? undefined : t('workplace.districtFirst')}><Chosen placeholder={t('workplace.choose')} options={choices(childrenOf(districtCode, 'street').map((area) => area.code))} /></FormField>
      {zones.length ? <FormField form={form} path="/zoneCode" optional><Chosen placeholder={t('workplace.choose')} allowClear options={choices(zones.map((zone) => zone.code))} /></FormField> : null}
      <FormField form={form} path="/address" help={t('workplace.addressHelp')}><Input maxLength={120} autoComplete="off" /></FormField>
    </>
  )
}
function bodyOf(revision: number, { kind, effectiveOn, reason, ...rest }: Draft): RecordLifeEvent {
  const entries = kind ? entriesOf[kind].takes : []
  const told = Object.fromEntries(entries.map((name) => [name, String(rest[name as keyof typeof rest] ?? '').trim()] as const).filter(([name, value]) => value !== '' || !optional.has(name as keyof Draft)))
  return { revision, kind: kind!, effectiveOn: effectiveOn ?? '', reason: reason.trim(), ...told } as RecordLifeEvent
}
