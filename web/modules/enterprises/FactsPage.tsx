// A firm changes one group of its facts: what is known stands there already, with the day from which it is so.
import { enterpriseClasses, enterpriseKinds, getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { changeFacts, listChanges } from '@fugong/contract/enterprises.register'
import { Button, Input, InputNumber, Radio } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm, type AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Page } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { ChoiceCards } from './ChoiceCards.tsx'
import { asked, changeOf, draftOf, factGroups, type FactDraft, type FactGroup } from './facts.ts'
import { IndustryPicker } from './IndustryPicker.tsx'
import './enterprises.css'

export function FactsPage() {
  const t = useText('enterprises')
  const { id = '', group = '' } = useParams()
  const read = useRead(getEnterprise, { params: { id } })
  const known = factGroups.find((one) => one === group) ?? 'identity'
  const back = { to: `/portal/enterprises/${id}?tab=facts`, text: read.data?.name ?? t('firm.title') }
  if (!read.data) return <Page title={t(`group.${known}`)} back={back} width="reading">{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={6} />}</Page>
  // A conflict shows what another one wrote; the form begins anew with it only when asked to.
  return <GroupForm key={`${id} ${known}`} firm={read.data} group={known} back={back} reload={() => void read.refetch()} />
}

function GroupForm({ firm, group, back, reload }: { firm: Enterprise; group: FactGroup; back: { to: string; text: string }; reload: () => void }) {
  const t = useText('enterprises')
  const navigate = useNavigate()
  const form = useForm(changeFacts, {
    initial: draftOf(firm, group), params: { id: firm.id }, invalidates: [getEnterprise, listChanges],
    labels: { ...Object.fromEntries(asked[group].map((name) => [`/${name}`, t(`fact.${name}`)])), '/formerNames/*': t('fact.formerNames'), '/effectiveOn': t('event.effectiveOn'), '/reason': t('event.reasonOptional') },
    body: (values) => changeOf(firm, group, values),
    check: (values) => [...missing(values, group === 'identity' ? ['/kind', '/class', '/industryCode'] : group === 'place' ? ['/address'] : []), ...(values.hazard === 'some' ? missing(values, ['/hazardous']) : [])],
    onDone: () => void navigate(back.to, { replace: true }),
  })
  const conflict = form.problem?.code === 'conflict.changed'
  return (
    <Page title={t(`group.${group}`)} back={back} width="reading" sub={t(`groupText.${group}`)}>
      <div className="fg-sheet">
        <FormSummary form={form} />
        {conflict ? <Note tone="warn"><p>{t('conflict.text')}</p><p><Button onClick={reload}>{t('conflict.load')}</Button></p></Note> : null}
        <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
          <Entries form={form} group={group} firm={firm} />
          <FormField form={form} path="/effectiveOn" optional help={t('event.effectiveOnHelp', { from: firm.knownFrom })}><DayInput min={firm.knownFrom} max={today()} className="fg-day" /></FormField>
          <FormField form={form} path="/reason" optional><Input maxLength={300} autoComplete="off" /></FormField>
          <div className="fg-sheet-deeds"><Button type="primary" size="large" htmlType="submit" loading={form.sending}>{t('facts.save')}</Button><span className="fg-quiet">{t('facts.kept')}</span></div>
        </form>
      </div>
    </Page>
  )
}
function Entries({ form, group, firm }: { form: AnyForm; group: FactGroup; firm: Enterprise }) {
  const t = useText('enterprises')
  const { areas, nameOf } = useAreas()
  const values = form.values as FactDraft
  if (group === 'identity') return (
    <>
      <FormField form={form} path="/kind" group><Radio.Group className="fg-choices" options={enterpriseKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} /></FormField>
      <FormField form={form} path="/industryCode" help={t('firm.industryHelp')}><IndustryPicker /></FormField>
      <FormField form={form} path="/class" group help={t('firm.classHelp')}><ChoiceCards options={enterpriseClasses.map((kind) => ({ value: kind, title: t(`class.${kind}`), text: t(`classText.${kind}`) }))} /></FormField>
      <FormField form={form} path="/formerNames" optional help={t('fact.formerNamesHelp')}><Input.TextArea rows={2} maxLength={600} /></FormField>
    </>
  )
  if (group === 'legal') return (
    <>
      <FormField form={form} path="/legalName" optional help={firm.legalName ? t('fact.keptHelp', { value: firm.legalName }) : undefined}><Input maxLength={40} autoComplete="off" /></FormField>
      <FormField form={form} path="/legalPhone" optional help={firm.legalPhone ? t('fact.keptHelp', { value: firm.legalPhone }) : t('fact.sealedHelp')}><Input type="tel" inputMode="numeric" maxLength={11} autoComplete="off" /></FormField>
      <FormField form={form} path="/registeredDistrictCode" optional help={t('fact.registeredHelp')}><DistrictInput options={areas.filter((area) => area.kind === 'district').map((area) => ({ value: area.code, label: nameOf(area.code) }))} /></FormField>
      <FormField form={form} path="/registeredAddress" optional><Input maxLength={120} autoComplete="off" /></FormField>
    </>
  )
  if (group === 'place') return (
    <>
      <Note>{t('facts.movedNote')}</Note>
      <FormField form={form} path="/address" help={t('workplace.addressHelp')}><Input maxLength={120} autoComplete="street-address" /></FormField>
      <FormField form={form} path="/building" optional><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/park" optional><Input maxLength={60} autoComplete="off" /></FormField>
    </>
  )
  if (group === 'figures') return (
    <>
      {(['staff', 'insured', 'revenue', 'assets'] as const).map((name) => (
        <div key={name} className="fg-figure">
          <FormField form={form} path={`/${name}`} optional help={t(`fact.${name}Help`)}><InputNumber min={0} controls={false} className="fg-number" inputMode="decimal" {...(name === 'staff' || name === 'insured' ? { precision: 0 } : {})} suffix={t(name === 'staff' || name === 'insured' ? 'unit.people' : 'unit.money')} /></FormField>
          <FormField form={form} path={`/${name}Year`} optional><InputNumber min={1949} max={2199} precision={0} controls={false} className="fg-number" inputMode="numeric" placeholder={String(Number(today().slice(0, 4)) - 1)} /></FormField>
        </div>
      ))}
    </>
  )
  return (
    <>
      <FormField form={form} path="/hazard" group label={t('fact.hazardous')} help={t('fact.hazardousHelp')}><Radio.Group className="fg-choices" options={(['some', 'none', 'unknown'] as const).map((value) => ({ value, label: t(`hazard.${value}`) }))} /></FormField>
      {values.hazard === 'some' ? <FormField form={form} path="/hazardous" label={t('fact.hazardousWhat')}><Input.TextArea rows={3} maxLength={300} /></FormField> : null}
      <FormField form={form} path="/centralAir" group><Radio.Group className="fg-choices" options={(['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: t(`air.${value}`) }))} /></FormField>
    </>
  )
}
/** A district of the city by name, or any other one by its six digits. */
function DistrictInput({ value, onChange, options, ...rest }: { id?: string; value?: string; onChange?: (value: string) => void; options: { value: string; label: string }[] }) {
  const t = useText('enterprises')
  const known = options.some((option) => option.value === value) || !value
  const all = known ? options : [...options, { value, label: value }]
  return <Choice<string> {...rest} allowClear value={value || undefined} placeholder={t('fact.registeredPlaceholder')} options={all} onChange={(next) => onChange?.(next ?? '')}
    showSearch={{ optionFilterProp: 'label', onSearch: (typed) => { if (/^\d{6}$/.test(typed)) onChange?.(typed) } }} />
}
