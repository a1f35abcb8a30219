// One firm as its people see it: facts, workplaces and how each stands, contacts, declarations and certificates.
import { listCertificates } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { Link, useParams, useSearchParams } from 'react-router'
import { day } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { shownState, toneOfCertificate, toneOfCreditCode, toneOfDeclaration } from '../../base/tones.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { AddWorkplace } from './AddWorkplace.tsx'
import { Contacts } from './Contacts.tsx'
import { departmentOf } from './departments.ts'
import { useIndustryPath } from './IndustryPicker.tsx'
import { WorkplaceStanding } from './WorkplaceStanding.tsx'
import './enterprises.css'

export function PortalEnterprise() {
  const t = useText('enterprises')
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const read = useRead(getEnterprise, { params: { id } })
  const back = { to: '/portal', text: t('home.title') }
  if (!read.data) return <Page title={t('firm.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Firm key={id} firm={read.data} justRegistered={search.has('registered')} back={back} />
}

function Firm({ firm, justRegistered, back }: { firm: Enterprise; justRegistered: boolean; back: { to: string; text: string } }) {
  const t = useText('enterprises')
  const states = useText('declarations')
  const marks = useText('certificates')
  const industryPath = useIndustryPath()
  const declarations = useRead(listDeclarations, { query: { enterprise: firm.id, limit: 100 } })
  const certificates = useRead(listCertificates, { query: { enterprise: firm.id, limit: 100 } })
  const rows = declarations.data?.items ?? []
  const held = certificates.data?.items ?? []
  return (
    <Page title={firm.name} back={back} sub={<span className="fg-mono">{firm.creditCode}</span>} tags={<StatusTag tone={toneOfCreditCode(firm.codeState)}>{t(`codeState.${firm.codeState}`)}</StatusTag>}>
      {justRegistered ? <Note tone="good" title={t('firm.registered')}>{t(firm.codeState === 'pending' ? 'firm.registeredPending' : 'firm.registeredNext')}</Note> : null}
      {firm.codeState === 'pending' && !justRegistered ? <Note tone="warn" title={t('firm.pending')}>{t('firm.pendingText', { reason: firm.codeReason ?? '–' })}</Note> : null}
      <Section title={t('firm.workplaces')}>
        <div className="fg-standings">{firm.workplaces.map((workplace) => <WorkplaceStanding key={workplace.id} firm={firm} workplace={workplace} declarations={rows} certificates={held} />)}</div>
        {firm.can.includes('addWorkplace') ? <AddWorkplace firm={firm} /> : null}
      </Section>
      <Section title={t('firm.facts')}>
        <Facts items={[
          { label: t('firm.industryCode'), value: industryPath(firm.industryCode), wide: true }, { label: t('firm.class'), value: t(`class.${firm.class}`) },
          { label: t('firm.negativeList'), value: t(firm.negativeList ? 'yes' : 'no') }, { label: t('firm.department'), value: departmentOf(firm.department, t) }, { label: t('firm.registeredAt'), value: day(firm.registeredAt) },
        ]} />
      </Section>
      <Section title={t('contact.title')}><Contacts firm={firm.id} /></Section>
      <Section title={t('firm.declarations')}>
        {declarations.error ? <ErrorState error={declarations.error} retry={() => void declarations.refetch()} /> : declarations.isPending ? <Loading lines={2} /> : rows.length === 0 ? <p className="fg-quiet">{t('firm.declarationsNone')}</p> : (
          <ul className="fg-rows">{rows.map((row) => <li key={row.id}><Link to={`/portal/declarations/${row.id}`}>{row.workplaceName}</Link><StatusTag tone={toneOfDeclaration(shownState(row))}>{states(`state.${shownState(row)}`)}</StatusTag><span className="fg-quiet">{day(row.submittedAt ?? row.createdAt)}</span></li>)}</ul>
        )}
      </Section>
      <Section title={t('firm.certificates')}>
        {certificates.error ? <ErrorState error={certificates.error} retry={() => void certificates.refetch()} /> : certificates.isPending ? <Loading lines={2} /> : held.length === 0 ? <p className="fg-quiet">{t('firm.certificatesNone')}</p> : (
          <ul className="fg-rows">{held.map((one) => <li key={one.id}><Link className="fg-mono" to={`/portal/certificates/${one.id}`}>{one.number}</Link><StatusTag tone={toneOfCertificate(one.state)}>{marks(`state.${one.state}`)}</StatusTag><span className="fg-quiet">{one.workplaceName} · {day(one.issuedAt)}</span></li>)}</ul>
        )}
      </Section>
    </Page>
  )
}
