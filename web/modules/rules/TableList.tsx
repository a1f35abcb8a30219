// All decision tables with what is in force, coming and past; beside them the changes that wait for a second person.
import { listProposals, listTables } from '@fugong/contract/rules'
import { listDrafts } from '@fugong/contract/rules.editing'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { addressOfVersion } from '../../base/table-link.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { DraftList } from './DraftList.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { ProposalList } from './ProposalList.tsx'
import { kindWords, placeOf, type Version } from './words.ts'
import './rules.css'

interface Family { key: string; shown: Version; inForce: Version | undefined; coming: Version | undefined; past: number }
/** Versions of one table, area and kind of emergency belong together. */
export function familiesOf(versions: readonly Version[], now: number = Date.now()): Family[] {
  const families = new Map<string, Version[]>()
  for (const version of versions) {
    const key = `${version.code}/${version.areaCode}/${version.emergencyKind ?? ''}`
    families.set(key, [...(families.get(key) ?? []), version])
  }
  return [...families].map(([key, all]) => {
    const newest = [...all].sort((a, b) => b.version - a.version)
    const inForce = newest.find((version) => version.inForce)
    const coming = newest.findLast((version) => placeOf(version, now) === 'coming')
    return { key, inForce, coming, shown: inForce ?? coming ?? newest[0]!, past: newest.filter((version) => placeOf(version, now) === 'past').length }
  }).sort((a, b) => a.key.localeCompare(b.key))
}

export function TableList() {
  const t = useText('rules')
  const { may } = useSession()
  const { nameOf } = useAreas()
  const { filters, set } = useFilters(['tab'])
  const [importing, setImporting] = useState(false)
  const read = useRead(listTables)
  const drafts = useRead(listDrafts)
  const proposals = usePaged(listProposals)
  // Waiting ones come first, so the first page tells how many there are.
  const open = proposals.pending || proposals.page > 1 ? undefined : proposals.rows.filter((item) => item.state === 'open').length
  const tab = filters.tab === 'proposals' ? 'proposals' : 'tables'
  const importDeed = may('table.propose') ? <Button type="primary" onClick={() => setImporting(true)}>{t('import')}</Button> : null
  const columns: DataColumn<Family>[] = [
    { key: 'name', title: t('name'), main: true, cell: ({ shown }) => pick(shown.name) },
    { key: 'code', title: t('code'), cell: ({ shown }) => <span className="fg-mono">{shown.code}</span> },
    { key: 'area', title: t('area'), cell: ({ shown }) => nameOf(shown.areaCode), nowrap: true },
    { key: 'kind', title: t('kindField'), cell: ({ shown }) => kindWords(t, shown.emergencyKind), nowrap: true },
    { key: 'inForce', title: t('inForce'), cell: ({ inForce }) => inForce ? <StatusTag tone="good">{t('versionSince', { version: inForce.version, at: instant(inForce.effectiveFrom) })}</StatusTag> : <StatusTag tone="warn">{t('none')}</StatusTag> },
    { key: 'coming', title: t('coming'), cell: ({ coming }) => coming ? <StatusTag tone="info">{t('versionSince', { version: coming.version, at: instant(coming.effectiveFrom) })}</StatusTag> : <span className="fg-quiet">{t('none')}</span> },
    { key: 'past', title: t('past'), align: 'right', cell: ({ past }) => past === 0 ? <span className="fg-quiet">{t('none')}</span> : t('pastCount', { count: past }), nowrap: true },
  ]
  return (
    <Page title={t('title')} sub={t('sub')} actions={importDeed}>
      <TabLinks label={t('tabs')} items={[
        { key: 'tables', to: '?', text: t('tabTables'), count: read.data ? familiesOf(read.data.items).length : undefined, active: tab === 'tables' },
        { key: 'proposals', to: '?tab=proposals', text: t('tabProposals'), count: open, active: tab === 'proposals' },
      ]} />
      {tab === 'tables' && drafts.data?.items.length ? <DraftList drafts={drafts.data.items} versions={read.data?.items ?? []} /> : null}
      {tab === 'tables' ? (
        <DataTable label={t('list')} columns={columns} rowKey={(family) => family.key} href={({ shown }) => addressOfVersion(shown.code, shown.version, shown.emergencyKind)} list={{ rows: familiesOf(read.data?.items ?? []), pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() }} empty={{ title: t('empty'), text: t('emptyText'), action: importDeed }} />
      ) : <ProposalList list={proposals} versions={read.data?.items ?? []} importDeed={importDeed} />}
      <ImportDialog open={importing} versions={read.data?.items ?? []} onClose={() => setImporting(false)} onDone={() => { setImporting(false); set({ tab: 'proposals' }) }} />
    </Page>
  )
}
