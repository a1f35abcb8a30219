// The collective view: what waits where and how long, leading to the list; and the clocks that a unit kept, week by week.
import { listCaseKinds } from '@fugong/contract/cases'
import { listKept, listWaiting, type KeptWeek, type Waiting } from '@fugong/contract/cases.figures'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant, number, rate } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Note, TabLinks } from '../../ui/parts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import './cases.css'

export function FiguresPage() {
  const t = useText('cases')
  const { filters, set } = useFilters(['view', 'kind', 'district', 'unit'])
  const kept = filters.view === 'kept'
  return (
    <Page title={t('figures.title')} width="full" sub={t(kept ? 'figures.keptSub' : 'figures.waitingSub')}>
      <TabLinks label={t('figures.title')} items={[{ key: 'waiting', to: '?', text: t('figures.waiting'), active: !kept }, { key: 'kept', to: '?view=kept', text: t('figures.kept'), active: kept }]} />
      {kept ? <Kept unit={filters.unit} onUnit={(unit) => set({ unit })} /> : <WaitingWhere kind={filters.kind} district={filters.district} set={set} />}
    </Page>
  )
}

function WaitingWhere({ kind, district, set }: { kind: string | undefined; district: string | undefined; set: (changes: { kind?: string | undefined; district?: string | undefined }) => void }) {
  const t = useText('cases')
  const { areas, nameOf } = useAreas()
  const kinds = useRead(listCaseKinds, {}, { staleTime: 30 * 60_000 })
  const read = useRead(listWaiting, { query: { ...(kind ? { kind } : {}), ...(district ? { district } : {}) } }, { keepPrevious: true, every: 120_000 })
  const data = read.data
  const to = (row: Waiting, more: Record<string, string> = {}) => `/console/cases?${new URLSearchParams({ unit: row.unit.id, kind: row.kind, ...(district ? { district } : {}), ...more }).toString()}`
  const bandName = (at: number) => (at < (data?.bands.length ?? 0) ? t('figures.band', { from: at === 0 ? 0 : data!.bands[at - 1]!, to: data!.bands[at]! }) : t('figures.bandBeyond', { from: data?.bands.at(-1) ?? 0 }))
  const hours = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 1 })
  const columns: DataColumn<Waiting>[] = [
    { key: 'unit', title: t('figures.unit'), main: true, cell: (row) => <span className="fg-cases-name">{pick(row.unit.name)}</span> },
    { key: 'kind', title: t('col.kind'), nowrap: true, cell: (row) => pick(row.kindName) },
    { key: 'open', title: t('figures.open'), align: 'right', cell: (row) => <Link to={to(row)}>{number(row.open)}</Link> },
    { key: 'untaken', title: t('untaken'), align: 'right', cell: (row) => (row.untaken ? <Link to={to(row, { person: 'none' })}>{number(row.untaken)}</Link> : '0') },
    { key: 'overdue', title: t('figures.overdue'), align: 'right', cell: (row) => (row.overdue ? <Link className="fg-cases-late" to={to(row, { standing: 'overdue' })}>{number(row.overdue)}</Link> : '0') },
    ...(data ? [...data.bands, 0].map((_, at): DataColumn<Waiting> => ({ key: `band${at}`, title: bandName(at), align: 'right', wideOnly: true, cell: (row) => number(row.ages[at] ?? 0) })) : []),
    { key: 'median', title: t('figures.median'), align: 'right', cell: (row) => hours(row.median) },
    { key: 'p90', title: t('figures.p90'), align: 'right', cell: (row) => hours(row.p90) },
  ]
  return (
    <>
      <Note>{t('figures.waitingNote', { at: data ? instant(data.at) : '–' })}</Note>
      <DataTable<Waiting> label={t('figures.waiting')} list={{ rows: data?.items ?? [], pending: read.isPending, turning: read.isPlaceholderData, error: data ? null : read.error, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => `${row.unit.id} ${row.kind}`} href={to} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
        filters={<>
          <Choice<string> allowClear className="fg-filter" aria-label={t('col.kind')} placeholder={t('col.kind')} value={kind ?? null} onChange={(value: string | null | undefined) => set({ kind: value ?? undefined })} options={(kinds.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} />
          <Choice<string> allowClear className="fg-filter" aria-label={t('col.district')} placeholder={t('col.district')} value={district ?? null} onChange={(value: string | null | undefined) => set({ district: value ?? undefined })} options={areas.filter((area) => area.kind === 'district').map((area) => ({ value: area.code, label: nameOf(area.code) }))} showSearch={{ optionFilterProp: 'label' }} />
        </>}
        extra={data ? <span className="fg-quiet">{t('figures.total', { open: number(data.total.open), untaken: number(data.total.untaken), overdue: number(data.total.overdue) })}</span> : null}
        empty={{ title: t('figures.nothing'), text: t('figures.nothingText') }} />
    </>
  )
}

function Kept({ unit, onUnit }: { unit: string | undefined; onUnit: (unit: string | undefined) => void }) {
  const t = useText('cases')
  const base = useText('base')
  const read = useRead(listKept, { query: unit ? { unit } : {} }, { keepPrevious: true })
  return (
    <>
      <div className="fg-row"><UnitPicker aria-label={base('case.unitLabel')} className="fg-cases-unit" value={unit ?? read.data?.unit.id ?? null} onChange={onUnit} /></div>
      <Note>{t('figures.keptNote')}</Note>
      <Ready read={read}>{(data) => (
        <>
          {(['respond', 'resolve'] as const).map((clock) => (
            <Section key={clock} title={base(`case.clockName.${clock}`)} plain>
              <DataTable<KeptWeek> label={base(`case.clockName.${clock}`)} list={{ rows: [...data[clock]].reverse() }} rowKey={(row) => row.week} empty={{ title: t('figures.nothing') }} columns={[
                { key: 'week', title: t('figures.week'), main: true, nowrap: true, cell: (row) => row.week },
                { key: 'rate', title: t('figures.rate'), align: 'right', nowrap: true, cell: (row) => (row.rate === null ? '—' : rate(row.kept, row.kept + row.missed)) },
                { key: 'missed', title: t('figures.missed'), align: 'right', cell: (row) => (row.rate === null ? '—' : number(row.missed)) },
                { key: 'paused', title: t('figures.pausedOnce'), align: 'right', cell: (row) => (row.rate === null && !row.unjudged ? '—' : number(row.paused)) },
                { key: 'unjudged', title: t('figures.unjudged'), align: 'right', cell: (row) => number(row.unjudged) },
              ]} />
            </Section>
          ))}
        </>
      )}</Ready>
    </>
  )
}
