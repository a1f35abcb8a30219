// A firm's day: expected, reported, may work, may not yet, not reported, each with its people by name; at the end one signature hands it over.
import { dayGroups, getFirmDay, handOverDay, listFirmDay, type DayGroup, type DayPerson, type FirmDay as Day } from '@fugong/contract/health.days'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { day as dayText, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Rate } from './Parts.tsx'
import './health.css'

const EVERY = 5000
export function FirmDay() {
  const t = useText('health')
  const { id = '' } = useParams()
  const { filters, set, clear, any } = useFilters(['day', 'group', 'workplace', 'crew'] as const)
  const asked = filters.day ? { day: filters.day } : {}
  const read = useRead(getFirmDay, { params: { id }, query: asked }, { every: EVERY, keepPrevious: true })
  const group: DayGroup = dayGroups.find((one) => one === filters.group) ?? 'missing'
  const list = usePaged(listFirmDay, { params: { id }, query: { ...asked, group, limit: 50, ...(filters.workplace ? { workplace: filters.workplace } : {}), ...(filters.crew ? { crew: filters.crew } : {}) } }, { every: EVERY })
  const back = { to: `/portal/enterprises/${id}`, text: t('firm.back') }
  if (!read.data) return <Page title={t('firm.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const now = read.data
  const columns: DataColumn<DayPerson>[] = [
    { key: 'name', title: t('person.name'), main: true, cell: (row) => <Link data-row-main="" className="fg-row-main" to={`/portal/enterprises/${id}/roster/${row.employmentId}`}>{row.name}</Link> },
    { key: 'state', title: t('person.state'), nowrap: true, cell: (row) => <PersonState of={row} /> },
    { key: 'place', title: t('person.workplace'), cell: (row) => row.workplaceName },
    { key: 'crew', title: t('person.crew'), cell: (row) => [row.crew, row.shift, row.dormitory].filter(Boolean).join(' · ') || '–' },
    { key: 'at', title: t('person.reportedAt'), nowrap: true, cell: (row) => (row.reportedAt ? instant(row.reportedAt) : '–') },
    { key: 'evening', title: t('person.evening'), nowrap: true, cell: (row) => (row.twice ? (row.eveningAt ? instant(row.eveningAt) : t('person.eveningOpen')) : '–') },
    { key: 'missed', title: t('person.missed'), align: 'right', cell: (row) => (row.missed ? t('person.missedDays', { count: row.missed }) : '–') },
    { key: 'bound', title: t('person.phone'), nowrap: true, cell: (row) => t(row.bound ? 'person.bound' : 'person.unbound') },
  ]
  const days = Array.from({ length: 8 }, (_, i) => new Date(Date.parse(`${now.today}T00:00:00Z`) - i * 86_400_000).toISOString().slice(0, 10))
  return (
    <Page title={t('firm.title')} back={back} width="full" sub={<>{now.enterpriseName} · {dayText(now.day)} · <span className="he-live">{t('live')}</span></>}
      actions={<><Link className="fg-button" to={`/portal/enterprises/${id}/matters`}>{t('firm.matters')}</Link><Choice className="fg-filter" aria-label={t('firm.day')} value={now.day} onChange={(value) => set({ day: value === now.today ? undefined : (value ?? undefined) })} options={days.map((value) => ({ value, label: value === now.today ? t('today', { day: dayText(value) }) : dayText(value) }))} /></>}>
      {now.expected === 0 ? null : <Sums now={now} group={group} choose={(value) => set({ group: value })} />}
      <Handing firm={id} now={now} latest={() => void read.refetch()} />
      {now.crews.length > 1 || now.workplaces.length > 1 ? <Groups now={now} filters={filters} choose={(workplace, crew) => set({ workplace, crew })} /> : null}
      <DataTable<DayPerson> label={t(`group.${group}`)} list={list} columns={columns} rowKey={(row) => row.employmentId} rowTone={(row) => (row.mayWork === false ? 'bad' : row.missed > 1 ? 'warn' : undefined)}
        filters={<strong>{t(`group.${group}`)}{filters.crew ? ` · ${filters.crew}` : ''}</strong>}
        extra={any ? <Button type="link" onClick={clear}>{t('clear')}</Button> : null}
        empty={now.expected === 0 ? { title: t('firm.nobody'), text: t('firm.nobodyText'), action: <Link className="fg-button" to={`/portal/enterprises/${id}/roster`}>{t('firm.toRoster')}</Link> } : { title: t(`empty.${group}`) }} />
    </Page>
  )
}
function PersonState({ of }: { of: DayPerson }) {
  const t = useText('health')
  if (of.mayWork === null) return <StatusTag tone="neutral">{t('state.missing')}</StatusTag>
  return <StatusTag tone={of.mayWork ? 'good' : 'bad'}>{t(of.mayWork ? 'state.mayWork' : 'state.notYet')}</StatusTag>
}
function Sums({ now, group, choose }: { now: Day; group: DayGroup; choose: (group: DayGroup) => void }) {
  const t = useText('health')
  const sum = (key: DayGroup, value: number, text: string, tone = '') => <li><button type="button" className={`he-sum${group === key ? ' he-sum-on' : ''}${value && tone ? ` he-sum-${tone}` : ''}`} aria-pressed={group === key} onClick={() => choose(key)}><strong>{number(value)}</strong><span>{text}</span></button></li>
  return (
    <ul className="he-sums" aria-label={t('firm.sums')}>
      {sum('all', now.expected, t('sum.expected'))}
      {sum('reported', now.reported, t('sum.reported'))}
      <li><div className="he-sum"><strong>{number(now.mayWork)}</strong><span>{t('sum.mayWork')}</span></div></li>
      {sum('notYet', now.notYet, t('sum.notYet'), 'bad')}
      {sum('missing', now.missing, t('sum.missing'), 'warn')}
      {now.evening.expected ? <li><div className="he-sum"><strong>{number(now.evening.reported)} / {number(now.evening.expected)}</strong><span>{t('sum.evening')}</span></div></li> : null}
    </ul>
  )
}
/** The sentence that will be signed, or was; and when who is reminded. */
function Handing({ firm, now, latest }: { firm: string; now: Day; latest: () => void }) {
  const t = useText('health')
  const [asking, ask] = useState(false)
  const deed = useDeed(handOverDay, { invalidates: [getFirmDay], onDone: () => ask(false) })
  if (now.expected === 0) return null
  const signed = now.handover
  const moved = signed !== null && (signed.reported !== now.reported || signed.expected !== now.expected)
  return (
    <Section title={t('hand.title')}>
      {now.stages.length ? <ul className="he-steps">{now.stages.map((stage) => <li key={stage.stage}><strong>{stage.at}</strong> {t(`stage.${stage.stage}`)}{stage.sentAt ? ` · ${t('stage.sent', { at: instant(stage.sentAt).slice(11), count: stage.missing ?? 0 })}` : ''}</li>)}{now.closesAt ? <li><strong>{now.closesAt}</strong> {t('stage.closes')}</li> : null}</ul> : null}
      {signed ? (
        <div className="he-sheet">
          <div className="fg-row"><StatusTag tone={signed.late ? 'warn' : 'good'}>{t(signed.late ? 'hand.late' : 'hand.signed')}</StatusTag><span className="fg-quiet">{t('hand.by', { name: signed.signedBy, at: instant(signed.signedAt), no: signed.no })}</span></div>
          <p>{pick(signed.sentence)}</p>
          <span className="he-hash">{t('hand.hash')} <span className="fg-mono">{signed.hash}</span></span>
          {moved ? <span>{t('hand.moved', { expected: now.expected, reported: now.reported })}</span> : null}
          <div className="fg-row he-noprint"><Button onClick={() => print()}>{t('hand.print')}</Button>{now.can.includes('handOver') && moved ? <Button type="primary" onClick={() => { deed.reset(); ask(true) }}>{t('hand.again')}</Button> : null}</div>
        </div>
      ) : (
        <div className="he-sheet">
          <p>{t('hand.will', { firm: now.enterpriseName, day: dayText(now.day), expected: now.expected, reported: now.reported, mayWork: now.mayWork, notYet: now.notYet, missing: now.missing })}</p>
          {now.can.includes('handOver') ? <div className="fg-row he-noprint"><Button type="primary" size="large" onClick={() => { deed.reset(); ask(true) }}>{t('hand.deed')}</Button><span className="fg-quiet">{t(now.closed ? 'hand.isLate' : 'hand.help', { at: now.closesAt ?? '' })}</span></div> : null}
        </div>
      )}
      <ReasonDialog open={asking} needsReason={false} title={t('hand.askTitle')} text={t('hand.will', { firm: now.enterpriseName, day: dayText(now.day), expected: now.expected, reported: now.reported, mayWork: now.mayWork, notYet: now.notYet, missing: now.missing })} deed={t('hand.deed')} running={deed.running} problem={deed.problem} onCancel={() => { ask(false); latest() }}
        onDo={() => void deed.run({ params: { id: firm }, body: { day: now.day, seen: { expected: now.expected, reported: now.reported } } })} />
    </Section>
  )
}
interface GroupRow { key: string; workplaceId: string; workplace: string; crew: string | null; expected: number; reported: number; missing: number; notYet: number }
function Groups({ now, filters, choose }: { now: Day; filters: { workplace?: string | undefined; crew?: string | undefined }; choose: (workplace: string | undefined, crew: string | undefined) => void }) {
  const t = useText('health')
  const nameOf = new Map(now.workplaces.map(({ id, name }) => [id, name]))
  const rows: GroupRow[] = [
    ...now.workplaces.map((one) => ({ ...one, key: one.id, workplaceId: one.id, workplace: one.name, crew: null })),
    ...now.crews.map((one) => ({ ...one, key: `${one.workplaceId} ${one.crew}`, workplace: nameOf.get(one.workplaceId) ?? '–' })),
  ].sort((one, other) => other.missing - one.missing || one.key.localeCompare(other.key))
  const on = (row: GroupRow) => filters.workplace === row.workplaceId && (filters.crew ?? null) === row.crew
  const columns: DataColumn<GroupRow>[] = [
    { key: 'name', title: t('groups.name'), main: true, cell: (row) => <button type="button" data-row-main="" className="fg-row-main" aria-pressed={on(row)} onClick={() => (on(row) ? choose(undefined, undefined) : choose(row.workplaceId, row.crew ?? undefined))}>{row.crew ?? row.workplace}</button> },
    { key: 'of', title: t('groups.of'), cell: (row) => (row.crew ? `${t('person.crew')} · ${row.workplace}` : t('person.workplace')) },
    { key: 'rate', title: t('groups.rate'), cell: (row) => <Rate part={row.reported} whole={row.expected} /> },
    { key: 'notYet', title: t('sum.notYet'), align: 'right', cell: (row) => number(row.notYet) },
    { key: 'missing', title: t('sum.missing'), align: 'right', cell: (row) => number(row.missing) },
  ]
  return <Section title={t('groups.title')}><DataTable<GroupRow> label={t('groups.title')} list={{ rows }} columns={columns} rowKey={(row) => row.key} rowTone={(row) => (on(row) ? 'warn' : undefined)} empty={{ title: t('firm.nobody') }} /></Section>
}
