// My imports: begin one with a file, or go on where one was left.
import { listImports, listImportTargets, type ImportRow } from '@fugong/contract/imports'
import { instant, number } from '../../base/format.ts'
import { useText, usePick } from '../../base/i18n.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { useRoot } from './root.ts'
import { StartImport } from './StartImport.tsx'
import { isBusy, toneOf } from './states.ts'
import './imports.css'

export function ImportsPage() {
  const t = useText('imports')
  const pick = usePick()
  const root = useRoot()
  const targets = useRead(listImportTargets)
  const list = usePaged(listImports, { query: { limit: 20 } }, { every: 3000 })
  const columns: DataColumn<ImportRow>[] = [
    { key: 'file', title: t('list.file'), main: true, cell: (row) => row.fileName },
    { key: 'target', title: t('list.target'), nowrap: true, cell: (row) => pick(row.targetName) },
    { key: 'state', title: t('list.state'), nowrap: true, cell: (row) => <StatusTag tone={toneOf(row.state)}>{t(`state.${row.state}`)}{isBusy(row.state) && row.total > 0 ? ` ${Math.floor((row.done / row.total) * 100)}%` : ''}</StatusTag> },
    { key: 'rows', title: t('count.rows'), align: 'right', cell: (row) => (row.counts ? number(row.counts.rows) : '–') },
    { key: 'stored', title: t('list.stored'), align: 'right', cell: (row) => (row.counts && row.state !== 'checked' ? number(row.counts.fresh + row.counts.changed) : '–') },
    { key: 'rejected', title: t('count.rejected'), align: 'right', cell: (row) => (row.counts ? number(row.counts.rejected) : '–') },
    { key: 'begun', title: t('list.begun'), nowrap: true, cell: (row) => instant(row.createdAt) },
  ]
  return (
    <Page title={t('title')} sub={t('sub')}>
      <Section title={t('start.title')}><Ready read={targets} lines={3}>{({ items }) => <StartImport targets={items} />}</Ready></Section>
      <h2 className="im-list-head">{t('list.title')}</h2>
      <DataTable label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `${root}/${row.id}`} rowTone={(row) => (row.state === 'failed' ? 'bad' : undefined)} empty={{ title: t('list.empty'), text: t('list.emptyText') }} />
    </Page>
  )
}
