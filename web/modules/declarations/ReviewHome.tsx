// The official's first page: how many stand in which state, what waits and is due first; for others, what they may do.
import { countDeclarations, declarationStates, listDeclarations } from '@fugong/contract/declarations'
import { countLateLists } from '@fugong/contract/declarations.review'
import { Link } from 'react-router'
import { day, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useColumns } from './Columns.tsx'
import { StateTag } from './Parts.tsx'
import './declarations.css'

export function ReviewHome() {
  const { may } = useSession()
  return may('declaration.read') ? <Waiting /> : <Doors />
}

const shown = declarationStates.filter((state) => state !== 'draft' && state !== 'withdrawn')
function Waiting() {
  const t = useText('declarations')
  const { may } = useSession()
  const counts = useRead(countDeclarations, {}, { every: 60_000 })
  const review = useRead(listDeclarations, { query: { state: 'underReview', limit: 20 } }, { every: 60_000 })
  const site = useRead(listDeclarations, { query: { state: 'siteCheckPending', limit: 20 } }, { every: 60_000 })
  const columns = useColumns()
  const rows = [...(review.data?.items ?? []), ...(site.data?.items ?? [])].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))
  const overdue = counts.data?.overdue
  const waiting = counts.data ? (counts.data.states['underReview'] ?? 0) + (counts.data.states['siteCheckPending'] ?? 0) : undefined
  const list = { rows, pending: review.isPending || site.isPending, error: review.data && site.data ? null : (review.error ?? site.error), retry: () => { void review.refetch(); void site.refetch() } }
  return (
    <Page title={t(may('declaration.review') ? 'home.title' : 'home.titleRead')} sub={waiting === undefined ? ' ' : overdue ? t('home.subOverdue', { count: waiting, overdue }) : t('home.sub', { count: waiting })}>
      <nav aria-label={t('home.counts')} className="fg-counts">
        <Link to="/console/declarations?overdue=true" className={overdue ? 'fg-count-card fg-count-over' : 'fg-count-card'}><span>{t('overdue')}</span><strong>{overdue === undefined ? '–' : number(overdue)}</strong></Link>
        {shown.map((state) => <Link key={state} to={`/console/declarations?state=${state}`} className="fg-count-card"><StateTag state={state} /><strong>{counts.data ? number(counts.data.states[state] ?? 0) : '–'}</strong></Link>)}
      </nav>
      <Section title={t('home.waiting')} plain extra={waiting !== undefined && waiting > rows.length ? <Link to="/console/declarations">{t('home.all', { count: waiting })}</Link> : null}>
        <DataTable label={t('home.waiting')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/declarations/${row.id}`} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
          empty={{ title: t('home.empty'), text: t('home.emptyText'), action: <Link className="fg-button" to="/console/declarations?state=filed">{t('home.emptyDeed')}</Link> }} />
      </Section>
      <LateLists />
    </Page>
  )
}
/** How often units told gaps a second time: shown only where it happened. */
function LateLists() {
  const t = useText('declarations')
  const items = useRead(countLateLists, {}, { staleTime: 60_000 }).data?.items ?? []
  if (!items.length) return null
  return (
    <Section title={t('lateLists.title')}>
      <p className="fg-quiet">{t('lateLists.text')}</p>
      <ul className="fg-plainlist">{items.map((item) => <li key={item.unitId}>{pick(item.unit)} <strong>{t('lateLists.count', { count: item.count })}</strong> <span className="fg-quiet">{t('lateLists.last', { at: day(item.last) })}</span></li>)}</ul>
    </Section>
  )
}

/** `deed`: without this verb the door says only what can be read behind it. */
const doors: { verb: string; to: string; key: string; deed?: string }[] = [
  { verb: 'person.read', to: '/console/people', key: 'people' }, { verb: 'unit.read', to: '/console/units', key: 'units', deed: 'unit.create' }, { verb: 'emergency.read_packs', to: '/console/emergencies', key: 'emergencies' },
  { verb: 'table.read', to: '/console/tables', key: 'tables', deed: 'table.propose' }, { verb: 'enterprise.read', to: '/console/enterprises', key: 'enterprises' }, { verb: 'certificate.read', to: '/console/certificates', key: 'certificates' },
  { verb: '', to: '/console/levels', key: 'levels' }, { verb: '', to: '/console/calendar', key: 'calendar' }, { verb: '', to: '/console/areas', key: 'areas', deed: 'area.add_community' },
]
function Doors() {
  const t = useText('declarations')
  const base = useText('base')
  const { may, session } = useSession()
  return (
    <Page title={t('doors.title', { name: session.name ?? '' })} sub={t('doors.sub')}>
      <ul className="fg-doorlist">{doors.filter((door) => door.verb === '' || may(door.verb)).map((door) => <li key={door.key}><Link to={door.to}><strong>{base(`nav.${door.key}`)}</strong><span className="fg-quiet">{t(`doors.${door.key}${door.deed && !may(door.deed) ? 'Read' : ''}`)}</span></Link></li>)}</ul>
    </Page>
  )
}
