// All declarations of one's scope: tabs by state with counts, filters in the address, a panel beside the list before the whole page.
import { countDeclarations, declarationStates, filingStandings, listDeclarations, type DeclarationRow, type DeclarationState } from '@fugong/contract/declarations'
import { Button, Checkbox, Select } from 'antd'
import { useCallback, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { ExportButton } from '../../base/export-button.tsx'
import { useFilters } from '../../base/filters.ts'
import { useText } from '../../base/i18n.ts'
import { chosenColumns, useList } from '../../base/list.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { ColumnChooser } from '../../ui/ColumnChooser.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { SavedViews } from '../../ui/SavedViews.tsx'
import { useShortcut } from '../../ui/Shortcuts.tsx'
import { useColumns, usualColumns } from './Columns.tsx'
import { SidePanel } from './SidePanel.tsx'
import './declarations.css'

const kept = ['state', 'standing', 'district', 'overdue', 'q'] as const
const names = [...kept, 'open'] as const
const wide = typeof matchMedia === 'function' ? matchMedia('(min-width: 1200px)') : undefined
const useWide = () => useSyncExternalStore((changed) => { wide?.addEventListener('change', changed); return () => wide?.removeEventListener('change', changed) }, () => wide?.matches ?? false)

export function DeclarationList() {
  const t = useText('declarations')
  const navigate = useNavigate()
  const roomForPanel = useWide()
  const { filters, set } = useFilters(names)
  const { areas, nameOf } = useAreas()
  const counts = useRead(countDeclarations)
  const state = declarationStates.includes(filters.state as DeclarationState) ? (filters.state as DeclarationState) : undefined
  const standing = filingStandings.find((one) => one === filters.standing)
  const list = usePaged(listDeclarations, { query: { limit: 50, ...(state ? { state } : {}), ...(standing ? { standing } : {}), ...(filters.district ? { district: filters.district } : {}), ...(filters.overdue ? { overdue: true } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const opened = roomForPanel ? filters.open : undefined
  const setup = useList('declarations', kept, usualColumns)
  const [all, narrow] = [useColumns(), useColumns(true)]
  const columns = opened === undefined ? chosenColumns(all, setup.columns) : narrow
  const whole = useCallback((id: string) => void navigate(`/console/declarations/${id}`), [navigate])
  // The first press shows the panel, the second one the whole page: Enter, Enter reads as "look, then work".
  const onOpen = (row: DeclarationRow) => { if (!roomForPanel || filters.open === row.id) whole(row.id); else set({ open: row.id }) }
  useShortcut('Escape', t('list.closePanel'), () => set({ open: undefined }), opened !== undefined)
  const address = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(Object.entries({ ...filters, open: undefined, ...(setup.columns.join() === usualColumns.join() ? {} : { columns: setup.columns.join(',') }), ...changes }).filter((entry): entry is [string, string] => Boolean(entry[1])))
    return `?${next.toString()}`
  }
  const total = counts.data ? Object.values(counts.data.states).reduce((sum, count) => sum + count, 0) : undefined
  const filtered = Boolean(filters.q ?? filters.district ?? filters.overdue ?? filters.standing)
  return (
    <Page title={t('list.title')} width="full" actions={<ExportButton source="declarations" filter={{ state, standing, district: filters.district, overdue: filters.overdue ? true : undefined, q: filters.q }} total={list.total} totalIsMore={list.totalIsMore} />}>
      <TabLinks label={t('list.tabs')} items={[
        { key: 'all', to: address({ state: undefined }), text: t('list.all'), count: total, active: !state },
        ...declarationStates.map((key) => ({ key, to: address({ state: key }), text: t(`state.${key}`), count: counts.data ? (counts.data.states[key] ?? 0) : undefined, active: state === key })),
      ]} />
      <div className={opened ? 'fg-beside fg-beside-open' : 'fg-beside'}>
        <DataTable<DeclarationRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} openKey={opened} onOpen={onOpen} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
          search={{ value: filters.q ?? '', onSearch: (q) => set({ q, open: undefined }), placeholder: t('list.search') }}
          filters={<>
            <Select allowClear className="fg-filter" aria-label={t('list.district')} placeholder={t('list.district')} value={filters.district ?? null} onChange={(district: string | null) => set({ district: district ?? undefined, open: undefined })} options={areas.filter((area) => area.kind === 'district' || area.kind === 'devZone').map((area) => ({ value: area.code, label: nameOf(area.code) }))} showSearch={{ optionFilterProp: 'label' }} />
            <Select allowClear className="fg-filter" aria-label={t('list.standing')} placeholder={t('list.standing')} value={standing ?? null} onChange={(one: string | null) => set({ standing: one ?? undefined, open: undefined })} options={filingStandings.map((value) => ({ value, label: t(`after.standing.${value}`) }))} />
            <Checkbox checked={Boolean(filters.overdue)} onChange={(event) => set({ overdue: event.target.checked ? 'true' : undefined, open: undefined })}>{t('list.overdueOnly', { count: counts.data?.overdue ?? 0 })}</Checkbox>
          </>}
          extra={opened === undefined ? <>{setup.views ? <SavedViews {...setup.views} /> : null}<ColumnChooser all={all} chosen={setup.columns} onChange={setup.setColumns} onReset={() => setup.setColumns([])} /></> : null}
          empty={filtered || state ? { title: t('list.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={() => set({ q: undefined, district: undefined, overdue: undefined, standing: undefined, state: undefined, open: undefined })}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
        {opened ? <SidePanel id={opened} onClose={() => set({ open: undefined })} /> : null}
      </div>
    </Page>
  )
}
