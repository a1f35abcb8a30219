// Registered firms of one's scope: found, filtered, sorted, set up as views, and worked through many at a time.
import { listEnterprises, type EnterpriseRow } from '@fugong/contract/enterprises'
import type { Bulk } from '@fugong/contract/enterprises.lists'
import { Button } from 'antd'
import { useState } from 'react'
import { ExportButton } from '../../base/export-button.tsx'
import { useText } from '../../base/i18n.ts'
import { chosenColumns, useList } from '../../base/list.ts'
import { usePaged } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { ColumnChooser } from '../../ui/ColumnChooser.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { SavedViews } from '../../ui/SavedViews.tsx'
import { BulkDeeds, Outcome, useBulkChoices, type Target } from './BulkDeeds.tsx'
import { FiltersInForce, ListFilters, MoreFilters, PlacesTyped, filterNames, querySound, useMore } from './ListFilters.tsx'
import { useListColumns, usualColumns } from './ListColumns.tsx'
import { PhoneSearch } from './PhoneSearch.tsx'
import './enterprises.css'

export function EnterpriseList() {
  const t = useText('enterprises')
  const { may } = useSession()
  const setup = useList('enterprises', filterNames, usualColumns)
  const filters = querySound(setup.filters)
  const { more, toggle } = useMore(filters)
  const list = usePaged(listEnterprises, { query: { limit: 50, ...filters } as never })
  const all = useListColumns()
  const choices = useBulkChoices()
  const [selected, select] = useState<string[]>([])
  const [everything, setEverything] = useState(false)
  const [outcome, setOutcome] = useState<Bulk | undefined>(undefined)
  // Another filter is another question: what was chosen for the former one is let go.
  const set: typeof setup.set = (changes) => { setEverything(false); select([]); setup.set(changes) }
  const { order: _, ...matching } = filters
  const target: Target = everything ? { filter: matching as Record<string, string>, count: list.total ?? 0 } : { ids: selected, count: selected.length }
  const { views } = setup
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full" actions={<ExportButton source="enterprises" filter={matching} total={list.total} totalIsMore={list.totalIsMore} />}>
      <DataTable<EnterpriseRow> label={t('list.title')} list={list} columns={chosenColumns(all, setup.columns)} rowKey={(row) => row.id} href={(row) => `/console/enterprises/${row.id}`} rowTone={(row) => (row.codeState === 'pending' ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        filters={<><ListFilters filters={filters} set={set} more={more} onMore={toggle} />{may('enterprise.find_by_phone') ? <PhoneSearch /> : null}</>}
        extra={<>
          {views ? <SavedViews {...views} onApply={(view) => { select([]); setEverything(false); views.onApply(view) }} /> : null}
          <ColumnChooser all={all} chosen={setup.columns} onChange={setup.setColumns} onReset={() => setup.setColumns([])} />
        </>}
        notes={<>
          {more ? <MoreFilters filters={filters} set={set} assigns={may('enterprise.assign')} /> : null}
          <PlacesTyped filters={filters} set={set} />
          <FiltersInForce filters={filters} set={set} clear={() => { select([]); setEverything(false); setup.clear() }} />
          {outcome ? <Outcome bulk={outcome} onClose={() => setOutcome(undefined)} /> : null}
        </>}
        {...(choices?.can.length ? { selection: {
          selected: everything ? list.rows.map(({ id }) => id) : selected, onSelect: (keys: string[]) => { setEverything(false); select(keys) },
          all: { chosen: everything, limit: choices.mostFirms, onAll: setEverything },
          bulk: <BulkDeeds target={target} onDone={(bulk) => { setOutcome(bulk); select([]); setEverything(false) }} />,
        } } : {})}
        empty={setup.any ? { title: t('list.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={setup.clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
    </Page>
  )
}
