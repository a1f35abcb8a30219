// The complexes that one's firms operate, and the way to register one.
import { listMyComplexes, registerComplex } from '@fugong/contract/complexes'
import { listMyEnterprises, scenes } from '@fugong/contract/enterprises'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { AreaPicker } from '../../base/area-picker.tsx'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { FilingTag } from './FilingTag.tsx'
import './complexes.css'

export function MyComplexes() {
  const t = useText('complexes')
  const read = useRead(listMyComplexes)
  const [opening, open] = useState(false)
  const make = <Button type="primary" onClick={() => open(true)}>{t('register.deed')}</Button>
  return (
    <Page title={t('mine.title')} sub={t('mine.sub')} back={{ to: '/portal', text: t('mine.back') }} actions={read.data?.items.length ? make : null}>
      <Ready read={read}>{({ items }) => (items.length === 0 ? <Section><Empty title={t('mine.empty')} text={t('mine.emptyText')} action={make} /></Section> : <div className="fg-stack">{items.map((row) => (
        <Section key={row.id} title={<Link to={`/portal/complexes/${row.id}`}>{row.name}</Link>} extra={<FilingTag state={row.filing} />}>
          <Facts columns={3} items={[{ label: t('tenant.title'), value: number(row.counts.tenants) }, { label: t('state.confirmed'), value: rate(row.counts.confirmed, row.counts.tenants) }, { label: t('count.filed'), value: rate(row.counts.filed, row.counts.tenants) }]} />
        </Section>
      ))}</div>)}</Ready>
      <FormDialog open={opening} title={t('register.title')} width={640} onCancel={() => open(false)}><Register onCancel={() => open(false)} /></FormDialog>
    </Page>
  )
}
function Register({ onCancel }: { onCancel: () => void }) {
  const t = useText('complexes')
  const go = useNavigate()
  const firms = useRead(listMyEnterprises).data?.items ?? []
  const form = useForm(registerComplex, {
    initial: { enterpriseId: undefined as string | undefined, name: '', scene: 'commercial', districtCode: undefined as string | undefined, streetCode: undefined as string | undefined, address: '' },
    labels: { '/enterpriseId': t('complex.operator'), '/name': t('complex.name'), '/scene': t('complex.scene'), '/districtCode': t('complex.district'), '/streetCode': t('complex.street'), '/address': t('complex.address') },
    check: (values) => missing({ ...values, enterpriseId: values.enterpriseId ?? firms[0]?.id }, ['/enterpriseId', '/name', '/districtCode', '/streetCode', '/address']), body: (values) => ({ ...values, enterpriseId: values.enterpriseId ?? firms[0]?.id }) as never, invalidates: [listMyComplexes], onDone: ({ id }) => void go(`/portal/complexes/${id}`),
  })
  const { districtCode } = form.values
  return (
    <DialogForm form={form} deed={t('register.deed')} onCancel={onCancel} onDone={() => undefined}>
      {firms.length > 1 ? <FormField form={form} path="/enterpriseId"><Choice options={firms.map(({ id, name }) => ({ value: id, label: name }))} /></FormField> : null}
      <FormField form={form} path="/name" help={t('register.nameHelp')}><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/scene"><Choice options={scenes.map((one) => ({ value: one, label: t(`scene.${one}`) }))} /></FormField>
      <FormField form={form} path="/districtCode"><AreaPicker kinds={['district']} onChange={() => form.set('/streetCode', undefined)} /></FormField>
      <FormField form={form} path="/streetCode"><AreaPicker kinds={['street']} disabled={!districtCode} {...(districtCode ? { parent: districtCode } : {})} /></FormField>
      <FormField form={form} path="/address"><Input maxLength={120} autoComplete="off" /></FormField>
    </DialogForm>
  )
}
