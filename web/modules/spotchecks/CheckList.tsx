// Spot checks of one's scope and the draws they came of: what is due, what firms put right, and announcing the next draw.
import { checkStates, listChecks, listDraws, planDraw, type CheckRow } from '@fugong/contract/spotchecks'
import { Button, Checkbox, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { wordsOf } from '../../base/words.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { StateOf } from './Parts.tsx'
import './spotchecks.css'

const names = ['state', 'draw', 'overdue', 'q'] as const
export function CheckList() {
  const t = useText('spotchecks')
  const { may } = useSession()
  const { filters, set, clear, any } = useFilters(names)
  const { nameOf } = useAreas()
  const [planning, plan] = useState(false)
  const state = checkStates.find((one) => one === filters.state)
  const list = usePaged(listChecks, { query: { limit: 50, ...(state ? { state } : {}), ...(filters.draw ? { draw: filters.draw } : {}), ...(filters.overdue ? { overdue: true } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const columns: DataColumn<CheckRow>[] = [
    { key: 'firm', title: t('firm'), main: true, cell: (row) => <div><Link data-row-main="" to={`/console/spotchecks/${row.id}`}>{row.enterpriseName}</Link><span className="fg-quiet fg-check-under">{row.workplaceName} · {nameOf(row.districtCode)}</span></div> },
    { key: 'state', title: t('stateTitle'), nowrap: true, cell: (row) => <StateOf of={row} /> },
    { key: 'due', title: t('due'), nowrap: true, cell: (row) => <span className={row.overdue ? 'fg-clock fg-clock-over' : 'fg-clock'}>{day(row.state === 'rectifying' && row.deadline ? row.deadline : row.dueOn)}{row.overdue ? t('overdue') : ''}</span> },
    { key: 'number', title: t('certificate'), nowrap: true, wideOnly: true, cell: (row) => <span className="fg-mono">{row.certificateNumber}</span> },
    { key: 'unit', title: t('unit'), cell: (row) => pick(row.unit) },
    { key: 'drawn', title: t('drawnAt'), nowrap: true, wideOnly: true, cell: (row) => day(row.drawnAt) },
  ]
  const tab = (key: string | undefined) => `?${new URLSearchParams(Object.entries({ ...filters, state: key }).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()}`
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full" actions={may('spotcheck.plan') ? <Button type="primary" onClick={() => plan(true)}>{t('plan.deed')}</Button> : null}>
      {may('spotcheck.plan') ? <Draws chosen={filters.draw} choose={(draw) => set({ draw })} /> : null}
      <TabLinks label={t('list.tabs')} items={[{ key: 'all', to: tab(undefined), text: t('list.all'), active: !state }, ...checkStates.map((key) => ({ key, to: tab(key), text: t(`state.${key}`), active: state === key }))]} />
      <DataTable<CheckRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/spotchecks/${row.id}`} rowTone={(row) => (row.overdue ? 'bad' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        filters={<Checkbox checked={Boolean(filters.overdue)} onChange={(event) => set({ overdue: event.target.checked ? 'true' : undefined })}>{t('list.overdueOnly')}</Checkbox>}
        empty={any ? { title: t('list.emptyFiltered'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
      {planning ? <Plan close={() => plan(false)} /> : null}
    </Page>
  )
}
/** The last draws, with their public pages; choosing one filters the list. */
function Draws({ chosen, choose }: { chosen: string | undefined; choose: (id: string | undefined) => void }) {
  const t = useText('spotchecks')
  const draws = useRead(listDraws, { query: { limit: 5 } }, { every: 20_000 }).data?.items ?? []
  if (!draws.length) return null
  return (
    <Section title={t('draws.title')}>
      <ul className="fg-plainlist">{draws.map((draw) => (
        <li key={draw.id} className="fg-row fg-draw-line">
          <strong>{pick(draw.unit)}</strong><span>{t('draws.at', { at: instant(draw.drawAt) })}</span><span className="fg-quiet">{t(`draws.state.${draw.state}`)}{draw.state === 'drawn' ? t('draws.progress', { ended: draw.ended, checks: draw.checks }) : ''}</span>
          <a href={`/draws/${draw.id}`} target="_blank" rel="noreferrer">{t('draws.public')}<span className="fg-hidden">{t('newWindow')}</span></a>
          {draw.checks ? <Button type="link" onClick={() => choose(chosen === draw.id ? undefined : draw.id)}>{t(chosen === draw.id ? 'draws.showAll' : 'draws.only')}</Button> : null}
        </li>
      ))}</ul>
    </Section>
  )
}
function Plan({ close }: { close: () => void }) {
  const t = useText('spotchecks')
  const { areas } = useAreas()
  const [area, setArea] = useState<string | undefined>(undefined)
  const [at, setAt] = useState('')
  const [asked, ask] = useState(false)
  const deed = useDeed(planDraw, { invalidates: [listDraws], onDone: close })
  const save = () => { ask(true); if (area && at) void deed.run({ body: { areaCode: area, drawAt: `${at}:00+08:00` } }) }
  return (
    <Modal open title={t('plan.title')} okText={t('plan.deed')} cancelText={t('cancel')} confirmLoading={deed.running} onCancel={close} onOk={save}>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      <p>{t('plan.text')}</p>
      <div className="fg-form">
        <Field id="draw-area" label={t('plan.area')} error={asked && !area ? t('plan.areaMissing') : undefined}><Select id="draw-area" value={area ?? null} onChange={(code: string | null) => setArea(code ?? undefined)} options={areas.filter(({ kind }) => kind === 'district' || kind === 'devZone').map(({ code, name }) => ({ value: code, label: pick(name) }))} /></Field>
        <Field id="draw-at" label={t('plan.at')} help={t('plan.atHelp')} error={asked && !at ? t('plan.atMissing') : undefined}><Input id="draw-at" type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} /></Field>
      </div>
    </Modal>
  )
}
