// The firms of a plan: by batch, answer and declaration; moved one by one or many at once, let fall out, looked at one by one.
import { declaredStates, dropFirms, listBatchMembers, memberStates, moveFirms, type BatchMember, type BatchPlan } from '@fugong/contract/batches'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import type { useFilters } from '../../base/filters.ts'
import { day, number } from '../../base/format.ts'
import { hasText, useText } from '../../base/i18n.ts'
import { useDeed, usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Note } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { MemberPanel } from './MemberPanel.tsx'
import { stale } from './stale.ts'
import { toneOfDeclared, toneOfMember } from './tones.ts'

type Names = 'view' | 'batch' | 'state' | 'declared' | 'missed' | 'q'
type Filtered = ReturnType<typeof useFilters<Names>>
export function Members({ plan, filters, set }: { plan: BatchPlan } & Pick<Filtered, 'filters' | 'set'>) {
  const t = useText('batches')
  const { nameOf } = useAreas()
  const [selected, select] = useState<string[]>([])
  const [opened, open] = useState<string | undefined>(undefined)
  const state = memberStates.find((one) => one === filters.state)
  const declared = declaredStates.find((one) => one === filters.declared)
  const missed = filters.missed === 'true'
  const query = { limit: 100, ...(filters.batch ? { batch: filters.batch } : {}), ...(state ? { state } : {}), ...(declared ? { declared } : {}), ...(missed ? { missed } : {}), ...(filters.q ? { q: filters.q } : {}) }
  const list = usePaged(listBatchMembers, { params: { id: plan.id }, query }, { every: 30_000 })
  const dayOf = new Map(plan.batches.map((batch) => [batch.id, batch]))
  const can = plan.can.includes('plan')
  const change: Filtered['set'] = (changes) => { select([]); set(changes) }
  const anyMissed = plan.batches.reduce((sum, batch) => sum + batch.missed, 0)
  const columns: DataColumn<BatchMember>[] = [
    { key: 'name', title: t('member.firm'), main: true, cell: (row) => row.enterpriseName },
    { key: 'place', title: t('member.workplace'), cell: (row) => <>{row.workplaceName}<span className="fg-quiet ba-under">{nameOf(row.zoneCode ?? row.districtCode)}</span></> },
    { key: 'priority', title: t('member.priority'), cell: (row) => <span className="ba-priority"><span className="fg-num">{row.priority ? row.rank : '–'}</span> {row.priority ? wordOf(t, row.priority.code) : t('member.noPriority')}</span> },
    { key: 'heads', title: t('count.heads'), align: 'right', nowrap: true, cell: (row) => number(row.heads) },
    { key: 'day', title: t('slot.day'), nowrap: true, cell: (row) => <>{row.batchId ? day(dayOf.get(row.batchId)?.day) : <span className="fg-quiet">{t(row.state === 'out' ? 'rest.out' : 'rest.none')}</span>}{row.byHand ? <span className="fg-quiet ba-under">{t('member.byHand')}</span> : null}</> },
    { key: 'state', title: t('member.state'), cell: (row) => <><StatusTag tone={toneOfMember(row.state)}>{t(`state.${row.state}`)}</StatusTag>{row.wishedDay ? <span className="fg-quiet ba-under">{t('member.wished', { day: row.wishedDay })}</span> : null}{row.reason ?? row.outReason ? <span className="fg-quiet ba-under">{row.reason ?? row.outReason}</span> : null}</> },
    { key: 'declared', title: t('member.declared'), nowrap: true, cell: (row) => <StatusTag tone={toneOfDeclared(row.declared)}>{t(`declared.${row.declared}`)}</StatusTag> },
  ]
  const shown = list.rows.find(({ id }) => id === opened)
  const word = (name: 'state' | 'declared') => <Select allowClear className="fg-filter" aria-label={t(`member.${name}`)} placeholder={t(`member.${name}`)} value={filters[name] ?? null} onChange={(value: string | null) => change({ [name]: value ?? undefined })} options={(name === 'state' ? memberStates : declaredStates).map((one) => ({ value: one, label: t(`${name}.${one}`) }))} />
  return (
    <>
      {anyMissed && can ? <Note tone="warn" title={t('missed.title', { count: anyMissed })}>{t('missed.text')} <Button type="link" size="small" onClick={() => change({ missed: missed ? undefined : 'true', batch: undefined })}>{t(missed ? 'missed.all' : 'missed.show')}</Button></Note> : null}
      <DataTable<BatchMember> label={t('member.title')} list={list} columns={columns} rowKey={(row) => row.id} onOpen={(row) => open(row.id)} openKey={opened} rowTone={(row) => (row.state === 'changed' || row.state === 'notReady' ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => change({ q }), placeholder: t('member.search') }} filters={<>{word('state')}{word('declared')}</>}
        {...(can ? { selection: { selected, onSelect: select, bulk: <Deeds plan={plan} ids={selected} onDone={() => select([])} /> } } : {})}
        empty={plan.counts.firms + plan.out === 0 ? { title: t('member.empty'), text: t('member.emptyText') } : { title: t('member.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={() => change({ batch: undefined, state: undefined, declared: undefined, missed: undefined, q: undefined })}>{t('list.clear')}</Button> }} />
      <MemberPanel plan={plan} member={shown} deeds={shown && can ? <Deeds plan={plan} ids={[shown.id]} onDone={() => open(undefined)} /> : null} onClose={() => open(undefined)} />
    </>
  )
}
/** Codes are the table's; words for the usual ones, the code itself for one that a city added. */
function wordOf(t: (key: string) => string, code: string): string {
  return hasText('batches', `priority.${code}`) ? t(`priority.${code}`) : code
}
/** What is done with chosen firms: into a batch, out of any, or out of the plan; undone from the line above. */
function Deeds({ plan, ids, onDone }: { plan: BatchPlan; ids: string[]; onDone: () => void }) {
  const t = useText('batches')
  const { refused } = useNotices()
  const [dropping, drop] = useState(false)
  const move = useDeed(moveFirms, { invalidates: stale, onDone, onProblem: refused })
  const out = useDeed(dropFirms, { invalidates: stale, onDone: () => { drop(false); onDone() } })
  const options = [...plan.batches.map((batch) => ({ value: batch.id, label: `${batch.day} · ${t('slot.number', { number: batch.position })}${batch.locked ? ` · ${t('slot.locked')}` : ''}`, disabled: batch.locked })), { value: 'none', label: t('move.none') }]
  return (
    <>
      <Select size="small" className="ba-move" aria-label={t('move.to')} placeholder={t('move.to')} loading={move.running} disabled={move.running} value={null} options={options} onChange={(to: string | null) => { if (to) void move.run({ params: { id: plan.id }, body: { revision: plan.revision, ids, to: to === 'none' ? null : to } }) }} />
      <Button size="small" onClick={() => { out.reset(); drop(true) }}>{t('drop.deed')}</Button>
      <ReasonDialog open={dropping} title={t('drop.title', { count: ids.length, shown: number(ids.length) })} text={t('drop.text')} deed={t('drop.deed')} maxLength={300} running={out.running} problem={out.problem} onCancel={() => drop(false)} onDo={(reason) => void out.run({ params: { id: plan.id }, body: { revision: plan.revision, ids, reason } })} />
    </>
  )
}
