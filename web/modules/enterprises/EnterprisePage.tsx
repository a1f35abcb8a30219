// One firm as officials see it: facts, the credit code and its confirmation, workplaces, contacts, declarations, certificates.
import { listCertificates } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { Link, useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { shownState, toneOfCertificate, toneOfCreditCode, toneOfDeclaration } from '../../base/tones.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ConfirmCode } from './ConfirmCode.tsx'
import { Contacts } from './Contacts.tsx'
import { departmentOf } from './departments.ts'
import { useIndustryPath } from './IndustryPicker.tsx'
import './enterprises.css'

export function EnterprisePage() {
  const t = useText('enterprises')
  const { id = '' } = useParams()
  const read = useRead(getEnterprise, { params: { id } })
  const back = { to: '/console/enterprises', text: t('list.title') }
  if (!read.data) return <Page title={t('firm.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Firm key={id} firm={read.data} back={back} />
}

function Firm({ firm, back }: { firm: Enterprise; back: { to: string; text: string } }) {
  const t = useText('enterprises')
  const { may } = useSession()
  const industryPath = useIndustryPath()
  const { whereIs, nameOf } = useAreas()
  return (
    <Page title={firm.name} back={back} sub={<span className="fg-mono">{firm.creditCode}</span>} tags={<StatusTag tone={toneOfCreditCode(firm.codeState)}>{t(`codeState.${firm.codeState}`)}</StatusTag>}>
      <ConfirmCode firm={firm} />
      <div className="fg-two">
        <div className="fg-stack">
          <Section title={t('firm.facts')}>
            <Facts items={[
              { label: t('firm.industryCode'), value: industryPath(firm.industryCode) || pick(firm.industry), wide: true }, { label: t('firm.class'), value: t(`class.${firm.class}`) },
              { label: t('firm.negativeList'), value: t(firm.negativeList ? 'yes' : 'no') }, { label: t('firm.department'), value: departmentOf(firm.department, t) }, { label: t('firm.registeredAt'), value: day(firm.registeredAt) },
              firm.codeConfirmedBy !== null && { label: t('confirm.by'), value: pick(firm.codeConfirmedBy) }, firm.codeReason !== null && { label: t('firm.creditCodeReason'), value: firm.codeReason },
            ]} />
          </Section>
          <Section title={t('firm.workplaces')}>
            <ul className="fg-rows">{firm.workplaces.map((workplace) => <li key={workplace.id}><strong>{workplace.name}</strong><span>{t(`scene.${workplace.scene}`)}</span><span className="fg-quiet">{whereIs(workplace)}{workplace.zoneCode ? ` · ${nameOf(workplace.zoneCode)}` : ''}</span></li>)}</ul>
          </Section>
          {may('declaration.read') ? <Declarations firm={firm.id} /> : null}
        </div>
        <div className="fg-stack">
          <Section title={t('contact.title')}><Contacts firm={firm.id} readOnly /></Section>
          {may('certificate.read') ? <Certificates firm={firm.id} /> : null}
        </div>
      </div>
    </Page>
  )
}

function Declarations({ firm }: { firm: string }) {
  const t = useText('enterprises')
  const states = useText('declarations')
  const read = useRead(listDeclarations, { query: { enterprise: firm, limit: 50 } })
  return (
    <Section title={t('firm.declarations')}>
      {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading lines={2} /> : read.data.items.length === 0 ? <p className="fg-quiet">{t('firm.declarationsNoneConsole')}</p> : (
        <ul className="fg-rows">{read.data.items.map((row) => <li key={row.id}><Link to={`/console/declarations/${row.id}`}>{row.workplaceName}</Link><StatusTag tone={toneOfDeclaration(shownState(row))}>{states(`state.${shownState(row)}`)}</StatusTag><span className="fg-quiet">{day(row.submittedAt ?? row.createdAt)}</span></li>)}</ul>
      )}
    </Section>
  )
}
function Certificates({ firm }: { firm: string }) {
  const t = useText('enterprises')
  const marks = useText('certificates')
  const read = useRead(listCertificates, { query: { enterprise: firm, limit: 50 } })
  return (
    <Section title={t('firm.certificates')}>
      {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading lines={2} /> : read.data.items.length === 0 ? <p className="fg-quiet">{t('firm.certificatesNoneConsole')}</p> : (
        <ul className="fg-rows">{read.data.items.map((one) => <li key={one.id}><Link className="fg-mono" to={`/console/certificates?q=${one.number}`}>{one.number}</Link><StatusTag tone={toneOfCertificate(one.state)}>{marks(`state.${one.state}`)}</StatusTag><span className="fg-quiet">{one.workplaceName} · {day(one.issuedAt)}</span></li>)}</ul>
      )}
    </Section>
  )
}
