// The packs on the server: what each brings, and every fault that keeps one from being used.
import type { Returns } from '@fugong/contract/base'
import type { listPacks } from '@fugong/contract/emergencies'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { useKind, type Pack } from './stages.ts'

interface PackListProps { read: { data: Returns<typeof listPacks> | undefined; error: unknown; isPending: boolean; refetch: () => unknown } }
export function PackList({ read }: PackListProps) {
  const t = useText('emergencies')
  const kind = useKind()
  const columns: DataColumn<Pack>[] = [
    { key: 'name', title: t('pack'), main: true, cell: (pack) => t('packVersion', { pack: pick(pack.name), version: pack.version }) },
    { key: 'code', title: t('packCode'), cell: (pack) => <span className="fg-mono">{pack.code}</span>, nowrap: true },
    { key: 'kind', title: t('kindField'), cell: (pack) => kind(pack.kind), nowrap: true },
    { key: 'content', title: t('packContent'), cell: (pack) => t('packContents', { tables: pack.tables, forms: pack.forms, measures: pack.measures }) },
    { key: 'stages', title: t('packStages'), cell: (pack) => pack.stages.map((stage) => pick(stage.name)).join(' → '), wideOnly: true },
    { key: 'imported', title: t('packImported'), cell: (pack) => pack.importedAt ? instant(pack.importedAt) : t('packNotImported'), nowrap: true },
    { key: 'state', title: t('packState'), cell: (pack) => pack.faults.length === 0 ? <StatusTag tone="good">{t('packGood')}</StatusTag> : <StatusTag tone="bad">{t('packFaults', { count: pack.faults.length })}</StatusTag>, nowrap: true },
  ]
  const rows = read.data?.items ?? []
  return (
    <>
      <DataTable label={t('packs')} columns={columns} rowKey={(pack) => pack.code} list={{ rows, pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() }} empty={{ title: t('packsEmpty'), text: t('packsEmptyText') }} />
      {rows.filter((pack) => pack.faults.length > 0).map((pack) => (
        <Section key={pack.code} title={t('faultsOf', { pack: pick(pack.name) })}>
          <p className="fg-quiet">{t('faultsText')}</p>
          <dl className="em-faults">{pack.faults.map((fault, i) => <div key={i}><dt className="fg-mono">{fault.path || '/'}</dt><dd>{wordsOfIssue(fault, fault.path.split('/').at(-1))}</dd></div>)}</dl>
        </Section>
      ))}
    </>
  )
}
