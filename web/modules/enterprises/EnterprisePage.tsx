// One firm as officials see it, in tabs that load for themselves: what is known, where it works, whom it belongs to, what it filed, how it came to be so.
import { getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { useParams } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { ConfirmCode } from './ConfirmCode.tsx'
import { Contacts } from './Contacts.tsx'
import { DepartmentSection } from './DepartmentSection.tsx'
import { EventDeed } from './EventDialog.tsx'
import { FactGroups } from './FactGroups.tsx'
import { FirmState, FirmTags } from './FirmHead.tsx'
import { FlagsSection } from './FlagsSection.tsx'
import { GroupTab } from './GroupTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { ProjectsTab } from './ProjectsTab.tsx'
import { CertificatesTab, ChecksTab, DeclarationsTab } from './RecordsTab.tsx'
import { SizeNote } from './SizeNote.tsx'
import { WorkplacesTab } from './WorkplacesTab.tsx'
import './enterprises.css'

const tabs = ['overview', 'places', 'group', 'projects', 'declarations', 'certificates', 'checks', 'contacts', 'history'] as const
type Tab = (typeof tabs)[number]
const page = (id: string) => `/console/enterprises/${id}`

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
  const { filters } = useFilters(['tab'] as const)
  const open = tabs.filter((tab) => (tab === 'declarations' ? may('declaration.read') : tab === 'certificates' ? may('certificate.read') : tab === 'checks' ? may('spotcheck.read') : true))
  const tab: Tab = open.find((one) => one === filters.tab) ?? 'overview'
  return (
    <Page title={firm.name} back={back} sub={<span className="fg-mono">{firm.creditCode}</span>} tags={<FirmTags firm={firm} />} actions={<EventDeed firm={firm} />}>
      <TabLinks label={t('tab.label')} items={open.map((one) => ({ key: one, to: one === 'overview' ? page(firm.id) : `${page(firm.id)}?tab=${one}`, text: t(`tab.${one}`), active: one === tab }))} />
      <FirmState firm={firm} page={page} />
      {tab === 'overview' ? <Overview firm={firm} />
        : tab === 'places' ? <WorkplacesTab firm={firm} /> : tab === 'group' ? <GroupTab firm={firm} page={page} /> : tab === 'projects' ? <ProjectsTab firm={firm} page={page} />
        : tab === 'declarations' ? <DeclarationsTab firm={firm.id} face="console" /> : tab === 'certificates' ? <CertificatesTab firm={firm.id} face="console" />
        : tab === 'checks' ? <ChecksTab firm={firm.id} face="console" />
        : tab === 'contacts' ? <Section title={t('contact.title')}><Contacts firm={firm.id} readOnly /></Section> : <HistoryTab firm={firm} />}
    </Page>
  )
}
function Overview({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  return (
    <>
      <ConfirmCode firm={firm} />
      <div className="fg-two">
        <div className="fg-stack"><FactGroups firm={firm} /></div>
        <div className="fg-stack">
          <SizeNote firm={firm} />
          <FlagsSection firm={firm} />
          <DepartmentSection firm={firm} />
          <Section title={t('entry.title')}>
            <Facts columns={1} items={[
              { label: t('firm.registeredAt'), value: day(firm.registeredAt) }, { label: t('entry.knownFrom'), value: firm.knownFrom }, { label: t('entry.validFrom'), value: firm.validFrom }, { label: t('firm.negativeList'), value: t(firm.negativeList ? 'yes' : 'no') },
              firm.codeConfirmedBy !== null && { label: t('confirm.by'), value: pick(firm.codeConfirmedBy) }, firm.codeReason !== null && { label: t('firm.creditCodeReason'), value: firm.codeReason },
            ]} />
          </Section>
        </div>
      </div>
    </>
  )
}
