// Organisation units by kind and area, found by name or code; created, renamed and dissolved here.
import { listUnits, unitKinds, type Unit } from '@fugong/contract/identity'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { useSlices } from '../../base/slices.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { CreateUnitDialog } from './UnitDialogs.tsx'
import { UnitPanel } from './UnitPanel.tsx'
import './identity.css'

export function UnitsPage() {
  const t = useText('identity')
  const { may } = useSession()
  const { areas, nameOf, pathOf } = useAreas()
  const { filters, set, clear } = useFilters(['q', 'kind', 'area', 'dissolved', 'unit'])
  const [creating, setCreating] = useState(false)
  const read = useRead(listUnits, { query: filters.dissolved ? { dissolved: true } : {} }, { keepPrevious: true })
  const all = read.data?.items ?? []
  const wanted = filters.q?.toLowerCase()
  const rows = all.filter((unit) =>
    (!wanted || unit.name.zh.includes(wanted) || unit.name.en.toLowerCase().includes(wanted) || unit.code.includes(wanted))
    && (!filters.kind || unit.kind === filters.kind) && (!filters.area || unit.areaCode.startsWith(filters.area)))
  const slice = useSlices(rows, JSON.stringify([filters.q, filters.kind, filters.area, filters.dissolved]))
  const filtered = Boolean(filters.q ?? filters.kind ?? filters.area)
  const create = may('unit.create') ? <Button type="primary" onClick={() => setCreating(true)}>{t('units.create')}</Button> : null
  const columns: DataColumn<Unit>[] = [
    { key: 'name', title: t('units.name'), main: true, cell: (unit) => pick(unit.name) },
    { key: 'code', title: t('units.code'), nowrap: true, cell: (unit) => <span className="fg-mono">{unit.code}</span>, wideOnly: true },
    { key: 'kind', title: t('units.kind'), cell: (unit) => unit.department ? `${t(`units.kinds.${unit.kind}`)} · ${t(`units.departments.${unit.department}`)}` : t(`units.kinds.${unit.kind}`) },
    { key: 'area', title: t('units.area'), cell: (unit) => pathOf(unit.areaCode), nowrap: true },
    { key: 'people', title: t('units.people'), align: 'right', cell: (unit) => number(unit.people) },
    { key: 'state', title: t('units.state'), cell: (unit) => unit.dissolvedAt ? <StatusTag tone="neutral">{t('units.dissolved')}</StatusTag> : <StatusTag tone="good">{t('units.inForce')}</StatusTag>, nowrap: true },
  ]
  return (
    <Page title={t('units.title')} sub={t('units.sub')} actions={create}>
      <DataTable
        label={t('units.list')} columns={columns} rowKey={(unit) => unit.id} onOpen={(unit) => set({ unit: unit.id })} openKey={filters.unit}
        list={{ ...slice, total: read.data ? rows.length : undefined, pending: read.isPending, turning: read.isPlaceholderData, error: read.data ? null : read.error, retry: () => void read.refetch() }}
        search={{ value: filters.q ?? '', placeholder: t('units.search'), onSearch: (q) => set({ q: q || undefined }) }}
        filters={<>
          <Choice className="id-filter" aria-label={t('units.kind')} value={filters.kind ?? ''} onChange={(kind) => set({ kind: kind || undefined })} options={[{ value: '', label: t('units.anyKind') }, ...unitKinds.map((kind) => ({ value: kind, label: t(`units.kinds.${kind}`) }))]} />
          <Choice className="id-filter" aria-label={t('units.area')} value={filters.area ?? ''} onChange={(area) => set({ area: area || undefined })} options={[{ value: '', label: t('units.anyArea') }, ...areas.filter((area) => area.kind === 'district' || area.kind === 'devZone').map((area) => ({ value: area.code, label: nameOf(area.code) }))]} />
          <Checkbox checked={Boolean(filters.dissolved)} onChange={(event) => set({ dissolved: event.target.checked ? '1' : undefined })}>{t('units.showDissolved')}</Checkbox>
        </>}
        empty={filtered ? { title: t('units.noneFound'), text: t('units.noneFoundText'), action: <Button onClick={clear}>{t('units.clear')}</Button> } : { title: t('units.empty'), text: t('units.emptyText'), action: create }}
      />
      <UnitPanel unit={all.find((unit) => unit.id === filters.unit)} units={all} onClose={() => set({ unit: undefined })} />
      <CreateUnitDialog open={creating} onClose={() => setCreating(false)} onDone={(id) => { setCreating(false); set({ unit: id }) }} />
    </Page>
  )
}
