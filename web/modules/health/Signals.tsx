// Reports that somebody should look at: how many, why, by which threshold; a note of what was found closes it, and nothing follows by itself.
import { checkSignal, listSignals, type Signal } from '@fugong/contract/health.signals'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './health.css'

export function Signals() {
  const t = useText('health')
  const { filters, set } = useFilters(['all'] as const)
  const read = useRead(listSignals, { query: filters.all ? {} : { open: true } }, { keepPrevious: true })
  const [checking, check] = useState<Signal>()
  const deed = useDeed(checkSignal, { invalidates: [listSignals], onDone: () => check(undefined) })
  const columns: DataColumn<Signal>[] = [
    { key: 'firm', title: t('district.firm'), main: true, cell: (row) => <><Link data-row-main="" className="fg-row-main" to={`/console/enterprises/${row.enterpriseId}`}>{row.enterpriseName}</Link><span className="fg-quiet"> · {row.workplaceName}</span></> },
    { key: 'day', title: t('firm.day'), nowrap: true, cell: (row) => row.day },
    { key: 'why', title: t('signals.why'), cell: (row) => t(`signals.kind.${row.kind}`, { people: row.people, threshold: row.threshold }) },
    { key: 'names', title: t('person.name'), wideOnly: true, cell: (row) => <span>{row.names.join(t('signals.comma'))}{row.people > row.names.length ? ` ${t('signals.more', { count: row.people - row.names.length })}` : ''}</span> },
    { key: 'state', title: t('signals.state'), cell: (row) => (row.state === 'open' ? <Button size="small" onClick={() => { deed.reset(); check(row) }}>{t('signals.check')}</Button> : <><StatusTag tone="good">{t('signals.checked')}</StatusTag> {row.checkedBy} {row.checkedAt ? instant(row.checkedAt) : ''} · {row.note}</>) },
  ]
  return (
    <Page title={t('signals.title')} sub={t('signals.sub')} width="full">
      <DataTable<Signal> label={t('signals.title')} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.error ?? undefined, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => row.id}
        filters={<Checkbox checked={Boolean(filters.all)} onChange={(event) => set({ all: event.target.checked ? 'true' : undefined })}>{t('signals.all')}</Checkbox>}
        empty={{ title: t('signals.empty'), text: t('signals.emptyText') }} />
      {checking ? <ReasonDialog open title={t('signals.checkTitle', { firm: checking.enterpriseName })} text={t(`signals.kind.${checking.kind}`, { people: checking.people, threshold: checking.threshold })} deed={t('signals.check')} reasonLabel={t('signals.found')} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => check(undefined)} onDo={(note) => void deed.run({ params: { id: checking.id }, body: { note } })} /> : null}
    </Page>
  )
}
