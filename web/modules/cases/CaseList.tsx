// The official's list: to do, done, opened by me; overdue first, filters in the address, a panel beside it, deeds on many.
import { caseBoxes, clockStandings, countCases, listCaseKinds, listCases, type CaseBox, type CaseRow } from '@fugong/contract/cases'
import { listColleagues } from '@fugong/contract/cases.deeds'
import { Button } from 'antd'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { useShortcut } from '../../ui/Shortcuts.tsx'
import { BulkBar, BulkResult, type BulkDone } from './BulkBar.tsx'
import { useColumns } from './Columns.tsx'
import { CasePanel } from './CasePanel.tsx'
import { HandOver } from './HandOver.tsx'
import './cases.css'

const kept = ['box', 'kind', 'district', 'standing', 'unit', 'person', 'q'] as const
const names = [...kept, 'open'] as const
const wide = typeof matchMedia === 'function' ? matchMedia('(min-width: 1200px)') : undefined
const useWide = () => useSyncExternalStore((changed) => { wide?.addEventListener('change', changed); return () => wide?.removeEventListener('change', changed) }, () => wide?.matches ?? false)

export function CaseList() {
  const t = useText('cases')
  const base = useText('base')
  const { may } = useSession()
  const navigate = useNavigate()
  const roomForPanel = useWide()
  const { filters, set } = useFilters(names)
  const { areas, nameOf } = useAreas()
  const boxes = caseBoxes.filter((key) => key !== 'late' || may('case.press'))
  const box = caseBoxes.includes(filters.box as CaseBox) ? (filters.box as CaseBox) : 'todo'
  const waits = box === 'todo' || box === 'late'
  const counts = useRead(countCases, {}, { every: 60_000 })
  const kinds = useRead(listCaseKinds, {}, { staleTime: 30 * 60_000 })
  const colleagues = useRead(listColleagues, {}, { staleTime: 60_000 })
  const { kind, district, standing, unit, person, q } = filters
  const list = usePaged(listCases, { query: { limit: 50, box, ...(kind ? { kind } : {}), ...(district ? { district } : {}), ...(standing ? { standing: standing as never } : {}), ...(waits && unit ? { unit } : {}), ...(waits && person ? { person } : {}), ...(q ? { q } : {}) } }, { every: 60_000 })
  const [selected, select] = useState<string[]>([])
  const [result, setResult] = useState<BulkDone>()
  const opened = roomForPanel ? filters.open : undefined
  const columns = useColumns(box, opened !== undefined)
  const whole = useCallback((id: string) => void navigate(`/console/cases/${id}`), [navigate])
  // The first press shows the panel, the second one the whole page.
  const onOpen = (row: CaseRow) => { if (!roomForPanel || filters.open === row.id) whole(row.id); else set({ open: row.id }) }
  useShortcut('Escape', t('closePanel'), () => set({ open: undefined }), opened !== undefined)
  const change = (changes: Partial<Record<(typeof names)[number], string | undefined>>) => { select([]); set({ ...changes, open: undefined }) }
  const tab = (key: CaseBox) => `?${new URLSearchParams(Object.entries({ ...filters, box: key === 'todo' ? undefined : key, open: undefined, person: undefined, unit: undefined }).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()}`
  const filtered = Boolean(kind ?? district ?? standing ?? unit ?? person ?? q)
  const rows = list.rows
  const chosen = rows.filter((row) => row.part !== null && selected.includes(row.part.id))
  const keyOf = (row: CaseRow) => row.part?.id ?? row.id
  const openKey = rows.find((row) => row.id === opened)
  return (
    <Page title={t('title')} width="full" sub={counts.data ? t(counts.data.overdue ? 'subOverdue' : 'sub', { count: counts.data.todo, untaken: counts.data.untaken, overdue: counts.data.overdue }) : ' '} actions={may('case.assign') ? <HandOver /> : null}>
      <TabLinks label={t('tabs')} items={boxes.map((key) => ({ key, to: tab(key), text: t(`box.${key}`), count: counts.data?.[key], active: box === key }))} />
      {result ? <BulkResult result={result} onClose={() => setResult(undefined)} onUndone={setResult} /> : null}
      <div className={opened ? 'fg-cases-beside' : undefined}>
        <DataTable<CaseRow> label={t(`box.${box}`)} list={list} columns={columns} rowKey={keyOf} openKey={openKey ? keyOf(openKey) : undefined} onOpen={onOpen} rowTone={(row) => (row.standing === 'overdue' ? 'bad' : row.standing === 'soon' ? 'warn' : undefined)}
          search={{ value: q ?? '', onSearch: (text) => change({ q: text }), placeholder: t('search') }}
          selection={waits ? { selected, onSelect: select, bulk: <BulkBar rows={chosen} late={box === 'late'} onDone={(done) => { select([]); setResult(done) }} /> } : undefined}
          filters={<>
            <Choice<string> allowClear className="fg-filter" aria-label={t('col.kind')} placeholder={t('col.kind')} value={kind ?? null} onChange={(value: string | null | undefined) => change({ kind: value ?? undefined })} options={(kinds.data?.items ?? []).map((one) => ({ value: one.code, label: pick(one.name) }))} />
            {box === 'late' ? null : <Choice<string> allowClear className="fg-filter" aria-label={t('col.standing')} placeholder={t('col.standing')} value={standing ?? null} onChange={(value: string | null | undefined) => change({ standing: value ?? undefined })} options={clockStandings.map((code) => ({ value: code, label: base(`case.standing.${code}`) }))} />}
            <Choice<string> allowClear className="fg-filter" aria-label={t('col.district')} placeholder={t('col.district')} value={district ?? null} onChange={(value: string | null | undefined) => change({ district: value ?? undefined })} options={areas.filter((area) => area.kind === 'district').map((area) => ({ value: area.code, label: nameOf(area.code) }))} showSearch={{ optionFilterProp: 'label' }} />
            {box === 'todo' ? <Choice<string> allowClear className="fg-filter" aria-label={t('col.holder')} placeholder={t('col.holder')} value={person ?? null} onChange={(value: string | null | undefined) => change({ person: value ?? undefined })} options={[{ value: 'me', label: t('mine') }, { value: 'none', label: t('untaken') }, ...(colleagues.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))]} showSearch={{ optionFilterProp: 'label' }} /> : null}
            {box === 'late' ? <UnitPicker allowClear className="fg-filter" aria-label={base('case.unitLabel')} value={unit ?? null} onChange={(value) => change({ unit: value })} /> : box === 'todo' && (colleagues.data?.units.length ?? 0) > 1 ? <Choice<string> allowClear className="fg-filter" aria-label={base('case.unitLabel')} placeholder={base('case.unitLabel')} value={unit ?? null} onChange={(value: string | null | undefined) => change({ unit: value ?? undefined })} options={(colleagues.data?.units ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))} /> : null}
          </>}
          empty={filtered ? { title: t('emptyFiltered'), text: t('emptyFilteredText'), action: <Button onClick={() => change({ kind: undefined, district: undefined, standing: undefined, unit: undefined, person: undefined, q: undefined })}>{t('clear')}</Button> } : { title: t(`empty.${box}`), text: t(`emptyText.${box}`) }} />
        {opened ? <CasePanel id={opened} onClose={() => set({ open: undefined })} /> : null}
      </div>
    </Page>
  )
}
