// The roster of a firm: sought, filtered, moved many at a time with a way back, and the roads by which people come onto it.
import { listWaitingAsks } from '@fugong/contract/health.phones'
import { listRoster, findInRoster, rosterStates, rosterSummary, type RosterRow, type RosterState } from '@fugong/contract/people'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { number } from '../../base/format.ts'
import { useFilters } from '../../base/filters.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type ListView } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { MoveDeeds, MoveOutcome, type Moved } from './MoveDeeds.tsx'
import { OriginPicker } from './OriginPicker.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { useRosterColumns } from './RosterColumns.tsx'
import { rosterPath } from './people.ts'
import './people.css'

const names = ['state', 'workplace', 'crew', 'dormitory', 'origin'] as const
export function RosterPage() {
  const t = useText('people')
  const { id = '' } = useParams()
  const { filters, set, clear, any } = useFilters(names)
  const sound = { ...filters, ...(rosterStates.includes(filters.state as RosterState) ? {} : { state: undefined }) }
  const list = usePaged(listRoster, { params: { id }, query: { limit: 50, ...sound } as never })
  const summary = useRead(rosterSummary, { params: { id } }).data
  const claims = useRead(listWaitingAsks, { params: { id } }, { every: 30_000 }).data?.items.length
  // What is sought names people: it stays on this page and out of its address.
  const [text, setText] = useState('')
  const find = useDeed(findInRoster)
  const signature = JSON.stringify(sound)
  const [found, setFound] = useState<{ items: RosterRow[]; more: boolean }>()
  const [turn, again] = useState(0)
  useEffect(() => {
    let asked = true
    setFound(undefined)
    if (text) void find.run({ params: { id }, body: { text, ...JSON.parse(signature) as object } }).then((answer) => { if (asked) setFound(answer) })
    return () => { asked = false }
  }, [text, signature, id, turn])
  const shown: ListView<RosterRow> = text ? { rows: found?.items ?? [], pending: !found && !find.problem, error: find.problem ?? undefined, retry: () => again(turn + 1) } : list
  const [selected, select] = useState<string[]>([])
  const [adding, setAdding] = useState(false)
  const [moved, setMoved] = useState<Moved>()
  const columns = useRosterColumns(summary)
  const can = (deed: string) => summary?.can.includes(deed) ?? false
  const change = (name: (typeof names)[number]) => (value: string | null | undefined) => { select([]); set({ [name]: value ?? undefined } as never) }
  const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const chooser = (name: (typeof names)[number], all: { value: string; label: string }[]) => all.length ? <Choice className="fg-filter" allowClear aria-label={t(`field.${name}`)} placeholder={t(`field.${name}`)} value={filters[name] ?? null} onChange={change(name) as never} options={all} showSearch={{ optionFilterProp: 'label' }} /> : null
  return (
    <Page title={t('title')} width="full" back={{ to: `/portal/enterprises/${id}`, text: t('toFirm') }} sub={t('sub')} actions={can('enter') ? <>
      <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button>
      <Link className="fg-button" to={`/portal/imports?target=people&enterprise=${id}`}>{t('import')}</Link>
      <Link className="fg-button" to={rosterPath(id, '/posters')}>{t('posters.title')}</Link>
      <Link className="fg-button" to={rosterPath(id, '/entries')}>{summary?.waiting ? t('entries.waiting', { count: summary.waiting }) : t('entries.title')}</Link>
      <Link className="fg-button" to={rosterPath(id, '/claims')}>{t('claims.title')}{claims ? ` (${claims})` : ''}</Link>
      <Link className="fg-button" to={rosterPath(id, '/report')}>{t('for.title')}</Link>
      <Link className="fg-button" to={rosterPath(id, '/gates')}>{t('gates.title')}</Link>
    </> : null}>
      {summary ? <ul className="pe-states" aria-label={t('field.state')}>{rosterStates.map((state) => {
        const people = summary.states.find((one) => one.state === state)?.people ?? 0
        return <li key={state}><button type="button" className={filters.state === state ? 'pe-state pe-state-on' : 'pe-state'} aria-pressed={filters.state === state} onClick={() => change('state')(filters.state === state ? undefined : state)}><strong className="fg-num">{number(people)}</strong><span>{t(`state.${state}`)}</span></button></li>
      })}</ul> : null}
      <DataTable<RosterRow> label={t('title')} list={shown} columns={columns} rowKey={(row) => row.id} href={(row) => rosterPath(id, `/${row.id}`)} rowTone={(row) => (row.state === 'observing' ? 'warn' : undefined)}
        search={{ value: text, onSearch: setText, placeholder: t('search') }}
        filters={<>
          {chooser('workplace', (summary?.workplaces ?? []).length > 1 ? summary!.workplaces.map((place) => ({ value: place.id, label: place.name })) : [])}
          {chooser('crew', options(summary?.crews ?? []))}
          {chooser('dormitory', options(summary?.dormitories ?? []))}
          <OriginPicker className="fg-filter" aria-label={t('field.origin')} placeholder={t('field.origin')} value={filters.origin ?? null} onChange={(code) => change('origin')(code)} />
          {any ? <Button type="link" onClick={() => { select([]); clear() }}>{t('clear')}</Button> : null}
        </>}
        notes={<>{text && found?.more ? <p className="fg-quiet" role="status">{t('foundMore', { count: found.items.length })}</p> : null}{moved ? <MoveOutcome firm={id} moved={moved} onClose={() => setMoved(undefined)} /> : null}</>}
        {...(can('enter') ? { selection: { selected, onSelect: select, bulk: <MoveDeeds firm={id} ids={selected} onMoved={(outcome) => { setMoved(outcome); select([]); again(turn + 1) }} /> } } : {})}
        empty={text || any ? { title: t('emptyFiltered'), text: t('emptyFilteredText'), action: <Button onClick={() => { clear(); setText('') }}>{t('clear')}</Button> } : { title: t('empty'), text: t('emptyText'), action: can('enter') ? <Link className="fg-button" to={`/portal/imports?target=people&enterprise=${id}`}>{t('import')}</Link> : null }} />
      {adding ? <PersonDialog firm={id} summary={summary} onClose={() => setAdding(false)} /> : null}
    </Page>
  )
}
