// The workplaces of a firm, closed ones too; its own people change and close them here.
import { getEnterprise, listEnterprises, scenes, type Enterprise } from '@fugong/contract/enterprises'
import { changeWorkplace, closeWorkplace, listWorkplaces, type WorkplaceDetail } from '@fugong/contract/enterprises.places'
import { listChanges } from '@fugong/contract/enterprises.register'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { AddWorkplace } from './AddWorkplace.tsx'

export function WorkplacesTab({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const { whereIs, nameOf } = useAreas()
  const read = useRead(listWorkplaces, { params: { id: firm.id } })
  const [changing, change] = useState<WorkplaceDetail | undefined>(undefined)
  const [closing, close] = useState<WorkplaceDetail | undefined>(undefined)
  return (
    <Section title={t('firm.workplaces')}>
      <Ready read={read}>{({ items, can }) => (
        <>
          {items.length === 0 ? <Empty title={t('place.none')} text={t('place.noneText')} /> : (
            <ul className="fg-rows">
              {items.map((place) => (
                <li key={place.id} className={place.closedOn ? 'fg-over' : undefined}>
                  <strong>{place.name}</strong><span>{t(`scene.${place.scene}`)}</span>
                  <StatusTag tone={place.closedOn ? 'neutral' : 'good'}>{t(place.closedOn ? 'place.closed' : 'place.open')}</StatusTag>
                  <span className="fg-quiet">{place.closedOn ? t('flag.span', { from: place.openedOn, until: place.closedOn }) : t('flag.since', { from: place.openedOn })}</span>
                  {place.can.length ? <span className="fg-row-deeds"><Button type="link" aria-label={t('place.changeNamed', { name: place.name })} onClick={() => change(place)}>{t('check.change')}</Button><Button type="link" danger aria-label={t('place.closeNamed', { name: place.name })} onClick={() => close(place)}>{t('place.close')}</Button></span> : null}
                  <span className="fg-row-text">{whereIs(place)}{[place.building, place.park, place.zoneCode ? nameOf(place.zoneCode) : null].filter(Boolean).map((part) => ` · ${part}`).join('')}</span>
                  {place.closeReason ? <span className="fg-row-text fg-quiet">{t('place.closedBecause', { reason: place.closeReason })}</span> : null}
                </li>
              ))}
            </ul>
          )}
          {can.includes('add') ? <AddWorkplace firm={firm} /> : null}
        </>
      )}</Ready>
      <FormDialog open={changing !== undefined} title={t('place.changeTitle', { name: changing?.name ?? '' })} onCancel={() => change(undefined)}>{changing ? <ChangeForm firm={firm} place={changing} onClose={() => change(undefined)} /> : null}</FormDialog>
      <FormDialog open={closing !== undefined} title={t('place.closeTitle', { name: closing?.name ?? '' })} onCancel={() => close(undefined)}>{closing ? <CloseForm firm={firm} place={closing} onClose={() => close(undefined)} /> : null}</FormDialog>
    </Section>
  )
}
const stale = [listWorkplaces, getEnterprise, listEnterprises, listChanges]
interface FormProps { firm: Enterprise; place: WorkplaceDetail; onClose: () => void }
function ChangeForm({ firm, place, onClose }: FormProps) {
  const t = useText('enterprises')
  const form = useForm(changeWorkplace, {
    initial: { name: place.name, scene: place.scene as string, address: place.address, building: place.building ?? '', park: place.park ?? '', effectiveOn: null as string | null }, params: { id: firm.id, workplaceId: place.id }, invalidates: stale,
    labels: { '/name': t('workplace.name'), '/scene': t('workplace.scene'), '/address': t('workplace.address'), '/building': t('fact.building'), '/park': t('fact.park'), '/effectiveOn': t('event.effectiveOn') },
    body: ({ effectiveOn, building, park, scene, ...rest }) => ({ revision: place.revision, name: rest.name.trim(), address: rest.address.trim(), scene: scene as WorkplaceDetail['scene'], building: building.trim() || null, park: park.trim() || null, ...(effectiveOn ? { effectiveOn } : {}) }),
    check: (values) => missing(values, ['/name', '/scene', '/address']),
  })
  return (
    <DialogForm form={form} deed={t('facts.save')} note={t('place.changeNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/name"><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/scene" group><Radio.Group className="fg-choices" options={scenes.map((scene) => ({ value: scene, label: t(`scene.${scene}`) }))} /></FormField>
      <FormField form={form} path="/address"><Input maxLength={120} autoComplete="off" /></FormField>
      <FormField form={form} path="/building" optional><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/park" optional><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/effectiveOn" optional help={t('event.effectiveOnHelp', { from: place.openedOn })}><DayInput className="fg-day" min={place.openedOn} max={today()} /></FormField>
    </DialogForm>
  )
}
function CloseForm({ firm, place, onClose }: FormProps) {
  const t = useText('enterprises')
  const form = useForm(closeWorkplace, {
    initial: { closedOn: today() as string | null, reason: '' }, params: { id: firm.id, workplaceId: place.id }, invalidates: stale, labels: { '/closedOn': t('place.closedOn'), '/reason': t('flag.reason') },
    body: ({ closedOn, reason }) => ({ revision: place.revision, closedOn: closedOn ?? '', reason: reason.trim() }), check: (values) => missing(values, ['/closedOn', '/reason']),
  })
  return (
    <DialogForm form={form} deed={t('place.close')} danger note={t('place.closeNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/closedOn"><DayInput className="fg-day" min={place.openedOn} max={today()} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
