// What an operator filed for one's firm together with others: read, confirmed with the pledge as one's own declaration, or objected to.
import { confirmTenant, listTenantRequests, objectTenant, type TenantRequest } from '@fugong/contract/complexes'
import { getEnterprise } from '@fugong/contract/enterprises'
import { getForm } from '@fugong/contract/forms'
import { Button, Checkbox, InputNumber } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { day, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { TenantTag } from './FilingTag.tsx'
import { PlanRead } from './PlanRead.tsx'
import './complexes.css'

export function TenantRequests() {
  const t = useText('complexes')
  const read = useRead(listTenantRequests)
  return (
    <Page title={t('request.title')} sub={t('request.sub')} back={{ to: '/portal', text: t('mine.back') }}>
      <Ready read={read}>{({ items }) => (items.length === 0 ? <Section><Empty title={t('request.empty')} text={t('request.emptyText')} /></Section> : <div className="fg-stack">{items.map((item) => <Request key={item.id} of={item} />)}</div>)}</Ready>
    </Page>
  )
}
function Request({ of }: { of: TenantRequest }) {
  const t = useText('complexes')
  const [objecting, object] = useState(false)
  const deed = useDeed(objectTenant, { invalidates: [listTenantRequests], onDone: () => object(false) })
  return (
    <Section title={`${of.complex} · ${of.shop}`} extra={<TenantTag state={of.state} />}>
      <div className="fg-stack">
        <Facts columns={2} items={[
          { label: t('complex.operator'), value: of.operator }, { label: t('complex.address'), value: of.address }, { label: t('tenant.name'), value: of.enterpriseName }, { label: t('request.askedAt'), value: instant(of.askedAt) },
          of.state === 'confirmed' ? { label: t('tenant.headcount'), value: number(of.headcount) } : null, of.state === 'confirmed' ? { label: t('filing.day'), value: day(of.plannedDate) } : null, of.reason ? { label: t('request.reason'), value: of.reason, wide: true } : null,
        ]} />
        <details className="cx-plan" open={of.open}><summary>{t('filing.read')}</summary><PlanRead {...of} /></details>
        {of.open ? <Confirm of={of} onObject={() => { deed.reset(); object(true) }} /> : null}
        {of.declarationId ? <p><Link to={`/portal/declarations/${of.declarationId}`}>{t('request.declaration')}</Link></p> : null}
      </div>
      <ReasonDialog open={objecting} title={t('object.title', { name: of.complex })} text={t('object.text')} deed={t('object.deed')} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => object(false)} onDo={(reason) => void deed.run({ params: { id: of.id }, body: { revision: of.revision, reason } })} />
    </Section>
  )
}
function Confirm({ of, onObject }: { of: TenantRequest; onObject: () => void }) {
  const t = useText('complexes')
  const firm = useRead(getEnterprise, { params: { id: of.enterpriseId } })
  const pledge = useRead(getForm, { params: { code: 'declaration.pledge' }, query: { area: of.districtCode, kind: of.emergencyKind } }, { staleTime: 10 * 60_000 })
  const places = (firm.data?.workplaces ?? []).filter(({ districtCode }) => districtCode === of.districtCode)
  const form = useForm(confirmTenant, {
    initial: { workplaceId: undefined as string | undefined, headcount: of.headcount, plannedDate: of.plannedDate, pledged: false }, labels: { '/workplaceId': t('request.workplace'), '/headcount': t('tenant.headcount'), '/plannedDate': t('filing.day'), '/pledged': t('request.pledge') }, params: { id: of.id },
    check: (values) => [...missing({ ...values, workplaceId: values.workplaceId ?? places[0]?.id }, ['/workplaceId', '/headcount', '/plannedDate']), ...(values.pledged ? [] : [{ path: '/pledged', code: 'issue.pledge' }])],
    body: (values) => ({ revision: of.revision, ...values, workplaceId: values.workplaceId ?? places[0]?.id }) as never, invalidates: [listTenantRequests],
  })
  const words = pledge.data?.statement
  return (
    <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
      <FormSummary form={form} />
      {places.length > 1 ? <FormField form={form} path="/workplaceId" help={t('request.workplaceHelp')}><Choice options={places.map(({ id, name, address }) => ({ value: id, label: `${name} · ${address}` }))} /></FormField> : null}
      <FormField form={form} path="/headcount"><InputNumber className="fg-number" controls={false} inputMode="numeric" precision={0} min={1} /></FormField>
      <FormField form={form} path="/plannedDate"><DayInput /></FormField>
      {words ? <div className="cx-pledge">{pick(words)}</div> : null}
      <FormField form={form} path="/pledged" label={null} valueProp="checked"><Checkbox>{t('request.pledge')}</Checkbox></FormField>
      <p className="fg-quiet">{t('request.note')}</p>
      <div className="fg-row"><Button type="primary" htmlType="submit" loading={form.sending}>{t('request.confirm')}</Button><Button onClick={onObject}>{t('object.deed')}</Button></div>
    </form>
  )
}
