// One firm as its people see it, in tabs: how each workplace stands, the facts they keep right, places, group, projects, contacts, papers, history.
import { listCertificates } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { Link, useParams, useSearchParams } from 'react-router'
import { day } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note, TabLinks } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { AddWorkplace } from './AddWorkplace.tsx'
import { Contacts } from './Contacts.tsx'
import { departmentOf } from './departments.ts'
import { EventDeed } from './EventDialog.tsx'
import { FactGroups } from './FactGroups.tsx'
import { FirmState, FirmTags } from './FirmHead.tsx'
import { GroupTab } from './GroupTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { ProjectsTab } from './ProjectsTab.tsx'
import { CertificatesTab, ChecksTab, DeclarationsTab } from './RecordsTab.tsx'
import { SizeNote } from './SizeNote.tsx'
import { WorkplaceStanding } from './WorkplaceStanding.tsx'
import { WorkplacesTab } from './WorkplacesTab.tsx'
import './enterprises.css'

const tabs = ['standing', 'facts', 'places', 'group', 'projects', 'contacts', 'papers', 'history'] as const
type Tab = (typeof tabs)[number]
const page = (id: string) => `/portal/enterprises/${id}`

export function PortalEnterprise() {
  const t = useText('enterprises')
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const read = useRead(getEnterprise, { params: { id } })
  const back = { to: '/portal', text: t('home.title') }
  if (!read.data) return <Page title={t('firm.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const tab: Tab = tabs.find((one) => one === search.get('tab')) ?? 'standing'
  return <Firm key={id} firm={read.data} tab={tab} justRegistered={search.has('registered')} back={back} />
}

function Firm({ firm, tab, justRegistered, back }: { firm: Enterprise; tab: Tab; justRegistered: boolean; back: { to: string; text: string } }) {
  const t = useText('enterprises')
  const { may } = useSession()
  return (
    <Page title={firm.name} back={back} sub={<span className="fg-mono">{firm.creditCode}</span>} tags={<FirmTags firm={firm} />} actions={may('roster.read') ? <><Link className="fg-button" to={`${page(firm.id)}/health`}>{t('healthDay')}</Link><Link className="fg-button" to={`${page(firm.id)}/roster`}>{t('roster')}</Link></> : null}>
      <TabLinks label={t('tab.label')} items={tabs.map((one) => ({ key: one, to: one === 'standing' ? page(firm.id) : `${page(firm.id)}?tab=${one}`, text: t(`tab.${one}`), active: one === tab }))} />
      {justRegistered ? <Note tone="good" title={t('firm.registered')}>{t(firm.codeState === 'pending' ? 'firm.registeredPending' : 'firm.registeredNext')}</Note> : null}
      {firm.codeState === 'pending' && !justRegistered ? <Note tone="warn" title={t('firm.pending')}>{t('firm.pendingText', { reason: firm.codeReason ?? '–' })}</Note> : null}
      <FirmState firm={firm} page={page} />
      {tab === 'standing' ? <Standing firm={firm} /> : tab === 'facts' ? <OwnFacts firm={firm} /> : tab === 'places' ? <WorkplacesTab firm={firm} /> : tab === 'group' ? <GroupTab firm={firm} page={page} />
        : tab === 'projects' ? <ProjectsTab firm={firm} page={page} /> : tab === 'contacts' ? <Section title={t('contact.title')}><Contacts firm={firm.id} /></Section>
        : tab === 'papers' ? <><DeclarationsTab firm={firm.id} face="portal" /><CertificatesTab firm={firm.id} face="portal" /><ChecksTab firm={firm.id} face="portal" /></> : <HistoryTab firm={firm} />}
    </Page>
  )
}
function Standing({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const declarations = useRead(listDeclarations, { query: { enterprise: firm.id, limit: 100 } })
  const certificates = useRead(listCertificates, { query: { enterprise: firm.id, limit: 100 } })
  return (
    <Section title={t('firm.workplaces')}>
      <div className="fg-standings">{firm.workplaces.map((workplace) => <WorkplaceStanding key={workplace.id} firm={firm} workplace={workplace} declarations={declarations.data?.items ?? []} certificates={certificates.data?.items ?? []} />)}</div>
      {firm.can.includes('addWorkplace') ? <AddWorkplace firm={firm} /> : null}
    </Section>
  )
}
function OwnFacts({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const own = firm.can.includes('changeFacts')
  const change = (group: string) => `${page(firm.id)}/facts/${group}`
  return (
    <>
      <div className="fg-row"><EventDeed firm={firm} /><span className="fg-quiet">{t('event.hint')}</span></div>
      <SizeNote firm={firm} change={own ? change('figures') : undefined} />
      <FactGroups firm={firm} change={own ? change : undefined} />
      <Section title={t('entry.office')}>
        <Facts items={[{ label: t('firm.department'), value: departmentOf(firm.department, t) }, { label: t('firm.negativeList'), value: t(firm.negativeList ? 'yes' : 'no') }, { label: t('firm.registeredAt'), value: day(firm.registeredAt) }]} />
      </Section>
    </>
  )
}
