// A firm's first page: its workplaces, where each stands, and the deed that comes next.
import { listCertificates } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { getEnterprise, listMyEnterprises, type EnterpriseRow } from '@fugong/contract/enterprises'
import { Link } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { WorkplaceStanding } from './WorkplaceStanding.tsx'
import './enterprises.css'

export function PortalHome() {
  const t = useText('enterprises')
  const { session } = useSession()
  const read = useRead(listMyEnterprises)
  const some = (read.data?.items.length ?? 0) > 0
  return (
    <Page title={t('home.title')} sub={t('home.sub', { name: session.name ?? '' })} actions={some ? <Link className="fg-button" to="/portal/register">{t('register.title')}</Link> : undefined}>
      <Ready read={read}>{({ items }) => items.length === 0
        ? <Section><Empty title={t('home.empty')} text={t('home.emptyText')} action={<Link className="fg-button fg-button-main" to="/portal/register">{t('register.title')}</Link>} /></Section>
        : items.map((firm) => <Firm key={firm.id} row={firm} />)}
      </Ready>
    </Page>
  )
}

function Firm({ row }: { row: EnterpriseRow }) {
  const t = useText('enterprises')
  const firm = useRead(getEnterprise, { params: { id: row.id } })
  const declarations = useRead(listDeclarations, { query: { enterprise: row.id, limit: 100 } })
  const certificates = useRead(listCertificates, { query: { enterprise: row.id, limit: 100 } })
  const both = { data: firm.data && declarations.data ? { firm: firm.data, rows: declarations.data.items } : undefined, error: firm.error ?? declarations.error, refetch: () => Promise.all([firm.refetch(), declarations.refetch()]) }
  return (
    <Section title={row.name} extra={<Link to={`/portal/enterprises/${row.id}`}>{t('home.firm')}</Link>}>
      <p className="fg-quiet fg-mono">{row.creditCode}</p>
      <Ready read={both} lines={3}>{({ firm: known, rows }) => (
        <div className="fg-standings">{known.workplaces.map((workplace) => <WorkplaceStanding key={workplace.id} firm={known} workplace={workplace} declarations={rows} certificates={certificates.data?.items ?? []} />)}</div>
      )}</Ready>
    </Section>
  )
}
