// Adds another workplace to a firm; opens in place so that nothing else is lost.
import { addWorkplace, getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { listWorkplaces } from '@fugong/contract/enterprises.places'
import { listChanges } from '@fugong/contract/enterprises.register'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Part } from '../../base/api.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { workplaceFaults } from './registration.ts'
import { emptyWorkplace, useWorkplaceLabels, WorkplaceFields, type WorkplaceDraft } from './WorkplaceFields.tsx'

export function AddWorkplace({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const [open, setOpen] = useState(false)
  const [added, setAdded] = useState('')
  if (!open) return <div className="fg-row fg-add"><Button onClick={() => setOpen(true)}>{t('workplace.add')}</Button><span role="status" className="fg-quiet">{added ? t('workplace.added', { name: added }) : ''}</span></div>
  return <AddForm firm={firm} onDone={(name) => { setAdded(name); setOpen(false) }} onCancel={() => setOpen(false)} />
}

function AddForm({ firm, onDone, onCancel }: { firm: Enterprise; onDone: (name: string) => void; onCancel: () => void }) {
  const t = useText('enterprises')
  const labels = { ...useWorkplaceLabels(''), '/building': t('workplace.building'), '/park': t('workplace.park') }
  const form = useForm(addWorkplace, {
    initial: { ...emptyWorkplace, building: '', park: '' } as WorkplaceDraft & { building: string; park: string }, params: { id: firm.id }, invalidates: [getEnterprise, listWorkplaces, listChanges], labels,
    body: (values) => ({ ...values, building: values.building.trim() || null, park: values.park.trim() || null, name: values.name.trim(), address: values.address.trim(), zoneCode: values.zoneCode || null }) as Part<typeof addWorkplace, 'body'>,
    check: (values) => workplaceFaults(values, ''),
    onDone: () => onDone(form.values.name),
  })
  return (
    <div className="fg-add fg-form">
      <h3>{t('workplace.add')}</h3>
      <FormSummary form={form} />
      <WorkplaceFields form={form} base="" />
      <FormField form={form} path="/building" optional><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/park" optional><Input maxLength={60} autoComplete="off" /></FormField>
      <div className="fg-row"><Button type="primary" loading={form.sending} onClick={() => void form.submit()}>{t('workplace.add')}</Button><Button onClick={onCancel}>{t('cancel')}</Button></div>
    </div>
  )
}
