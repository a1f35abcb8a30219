// Registers a firm: one group of questions a page, kept while one writes, checked before it is sent.
import { enterpriseClasses, enterpriseKinds, listMyEnterprises, registerEnterprise } from '@fugong/contract/enterprises'
import { Button, Input, Radio } from 'antd'
import { useEffect } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { Page } from '../../ui/Page.tsx'
import { Note, StepHead } from '../../ui/parts.tsx'
import { ChoiceCards } from './ChoiceCards.tsx'
import { CreditCodeField } from './CreditCodeField.tsx'
import { IndustryPicker, useIndustryPath } from './IndustryPicker.tsx'
import { bodyOf, emptyRegistration, faultsIn, keepRegistration, keptRegistration, pageOf, pages, type RegisterPageName } from './registration.ts'
import { WorkplaceFields, useWorkplaceLabels } from './WorkplaceFields.tsx'
import './enterprises.css'

export function RegisterPage() {
  const t = useText('enterprises')
  const navigate = useNavigate()
  const { refresh, session } = useSession()
  const { whereIs, nameOf } = useAreas()
  const industryPath = useIndustryPath()
  const [search, setSearch] = useSearchParams()
  const workplaceLabels = useWorkplaceLabels('/workplace')
  const form = useForm(registerEnterprise, {
    initial: keptRegistration() ?? emptyRegistration, body: bodyOf, invalidates: [listMyEnterprises],
    labels: { '/kind': t('firm.kind'), '/creditCode': t('firm.creditCode'), '/creditCodeReason': t('firm.creditCodeReason'), '/name': t('firm.name'), '/industryCode': t('firm.industryCode'), '/class': t('firm.class'), ...workplaceLabels },
    onDone: (firm) => {
      keepRegistration(undefined)
      // The new firm belongs to the session from now on; without it the next page would not be one's own.
      void refresh().then(() => navigate(`/portal/enterprises/${firm.id}?registered=1`, { replace: true }))
    },
    onProblem: (problem) => { const first = problem.issues[0]; if (first) setSearch({ step: pageOf(first.path) }) },
  })
  const { values } = form
  useEffect(() => { if (form.dirty) keepRegistration(values) }, [values, form.dirty])
  const faults = faultsIn(values)
  const asked = pages.find((name) => name === search.get('step')) ?? 'firm'
  // A page further on is reached through those before it.
  const step: RegisterPageName = asked === 'check' && faults[0] ? pageOf(faults[0].path) : asked
  const place = pages.indexOf(step)
  // Braces: newer browsers answer scrollTo with a promise, which is no way to end an effect.
  useEffect(() => { scrollTo({ top: 0 }) }, [step])
  const onward = () => { if (form.show(faults.filter((issue) => pageOf(issue.path) === step))) setSearch({ step: pages[place + 1]! }) }
  const change = (page: RegisterPageName, what: string) => <Link to={`?step=${page}`} aria-label={t('check.changeNamed', { what })}>{t('check.change')}</Link>
  return (
    <Page title={t('register.title')} width="reading" back={place === 0 ? { to: '/portal', text: t('register.back') } : { to: `?step=${pages[place - 1]}`, text: t('register.previous') }}>
      <div className="fg-sheet">
        <StepHead step={place + 1} of={pages.length} title={t(`register.${step}`)} help={t(`register.${step}Help`)} />
        <FormSummary form={form} />
        <div className="fg-form">
          {step === 'firm' ? (
            <>
              <FormField form={form} path="/kind" group help={t('firm.kindHelp')}><Radio.Group className="fg-choices" options={enterpriseKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} /></FormField>
              <CreditCodeField form={form} />
              <FormField form={form} path="/name" help={t('firm.nameHelp')}><Input maxLength={100} autoComplete="organization" /></FormField>
              <FormField form={form} path="/industryCode" help={t('firm.industryHelp')}><IndustryPicker /></FormField>
              <FormField form={form} path="/class" group help={t('firm.classHelp')}><ChoiceCards options={enterpriseClasses.map((kind) => ({ value: kind, title: t(`class.${kind}`), text: t(`classText.${kind}`) }))} /></FormField>
            </>
          ) : null}
          {step === 'place' ? <WorkplaceFields form={form} base="/workplace" /> : null}
          {step === 'check' ? (
            <>
              <section><div className="fg-check-head"><h3>{t('register.firm')}</h3>{change('firm', t('register.firm'))}</div>
                <Facts columns={1} items={[
                  { label: t('firm.kind'), value: t(`kind.${values.kind}`) }, { label: t('firm.creditCode'), value: <span className="fg-mono">{values.creditCode}</span> }, values.issued && values.creditCodeReason !== '' && { label: t('firm.creditCodeReason'), value: values.creditCodeReason },
                  { label: t('firm.name'), value: values.name }, { label: t('firm.industryCode'), value: industryPath(values.industryCode) }, { label: t('firm.class'), value: t(`class.${values.class}`) },
                ]} />
              </section>
              <section><div className="fg-check-head"><h3>{t('register.place')}</h3>{change('place', t('register.place'))}</div>
                <Facts columns={1} items={[
                  { label: t('workplace.name'), value: values.workplace.name }, { label: t('workplace.scene'), value: values.workplace.scene ? t(`scene.${values.workplace.scene}`) : '' },
                  { label: t('workplace.address'), value: whereIs(values.workplace) }, values.workplace.zoneCode !== '' && { label: t('workplace.zoneCode'), value: nameOf(values.workplace.zoneCode) },
                ]} />
              </section>
              <section><div className="fg-check-head"><h3>{t('contact.title')}</h3></div><p>{t('register.contact', { name: session.name ?? '' })}</p></section>
              {values.issued && values.creditCodeReason ? <Note tone="warn">{t('register.codeWaits')}</Note> : null}
            </>
          ) : null}
        </div>
        <div className="fg-sheet-deeds">
          {step === 'check' ? <Button type="primary" size="large" loading={form.sending} onClick={() => void form.submit()}>{t('register.deed')}</Button> : <Button type="primary" size="large" onClick={onward}>{t('register.onward')}</Button>}
          <span className="fg-quiet">{t('register.kept')}</span>
        </div>
      </div>
    </Page>
  )
}
