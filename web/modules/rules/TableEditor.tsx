// The editor of a decision table: rows in a grid with the check beside them, examples, head, dry run, and proposing it to a second person.
import type { Issue } from '@fugong/contract/base'
import { dropDraft, getDraft, listDrafts, type Draft, type DraftRow } from '@fugong/contract/rules.editing'
import type { Gap } from '@fugong/contract/rules.coverage'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { addressOfVersion } from '../../base/table-link.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { AboutPanel } from './AboutPanel.tsx'
import { celOf } from './cells.ts'
import { DraftBanners, SavingTag } from './DraftBanners.tsx'
import { insertRow } from './editor.ts'
import { EditorGrid, type At } from './EditorGrid.tsx'
import { addExample, ExamplesPanel, freshExample } from './ExamplesPanel.tsx'
import { FindingsPanel } from './FindingsPanel.tsx'
import { ProposeDialog } from './ProposeDialog.tsx'
import { TrialPanel } from './TrialPanel.tsx'
import { useCheck } from './useCheck.ts'
import { useDraft } from './useDraft.ts'
import './rules.css'
import './editor.css'

const TABS = ['rows', 'examples', 'about', 'trial'] as const
export function TableEditor() {
  const t = useText('rules')
  const { id = '' } = useParams()
  // Read once: from then on the page is the draft, and what others do to it is told on saving.
  const read = useRead(getDraft, { params: { id } }, { staleTime: Infinity })
  const back = { to: '/console/tables', text: t('back') }
  if (!read.data) return <Page title={t('editor.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Section><Loading lines={10} /></Section>}</Page>
  return <Editor key={read.data.id} first={read.data} />
}

function Editor({ first }: { first: Draft }) {
  const t = useText('rules')
  const navigate = useNavigate()
  const { nameOf } = useAreas()
  const view = useDraft(first)
  const { draft, table, editable, change } = view
  const findings = useCheck(table)
  const { filters, set } = useFilters(['tab'])
  const tab = TABS.find((one) => one === filters.tab) ?? 'rows'
  const [goal, setGoal] = useState<At | undefined>()
  const [asking, setAsking] = useState<'propose' | 'drop' | undefined>()
  const drop = useDeed(dropDraft, { invalidates: [listDrafts], onDone: () => void navigate(addressOfVersion(draft.code, draft.basedOn, draft.emergencyKind), { replace: true }) })
  const goTo = (row: number, place = 0) => { set({ tab: undefined }); setGoal({ row, place }) }
  const onFault = (issue: Issue) => {
    const [, head, row, part, column] = issue.path.split('/')
    if (head !== 'rows') return set({ tab: head === 'examples' ? 'examples' : 'about' })
    const place = part === 'when' ? table.inputs.findIndex((one) => one.name === column) : part === 'then' ? table.inputs.length + table.outputs.findIndex((one) => one.name === column) : part === 'because' ? table.inputs.length + table.outputs.length : 0
    goTo(Number(row ?? 0), Math.max(0, place))
  }
  /** A row that asks for the case that no row answers, at the end, where it takes nothing from the others. */
  const fill = (gap: Gap) => {
    change((one) => insertRow(one, draft.base, one.rows.length, { when: conditionsOf(table.inputs, gap) } as Partial<DraftRow>))
    goTo(table.rows.length, table.inputs.length)
  }
  const propose = async () => { if (await view.flush()) setAsking('propose') }
  const blocked = findings.blocking > 0 ? t('editor.blocked', { count: findings.blocking }) : undefined
  return (
    <Page
      title={t('editor.heading', { name: pick(table.name) || pick(draft.base.name) })} back={{ to: addressOfVersion(draft.code, draft.basedOn, draft.emergencyKind), text: t('editor.back', { version: draft.basedOn }) }} width="full"
      sub={t('editor.sub', { code: draft.code, area: nameOf(draft.areaCode), version: draft.basedOn })} tags={editable ? <SavingTag saving={view.saving} /> : null}
      actions={editable ? <>
        <Button disabled={!view.undo} onClick={() => view.undo?.()} title="Ctrl+Z">{t('editor.undo')}</Button><Button disabled={!view.redo} onClick={() => view.redo?.()} title="Ctrl+Shift+Z">{t('editor.redo')}</Button>
        <Button danger onClick={() => setAsking('drop')}>{t('drafts.drop')}</Button>
        <Button type="primary" disabled={blocked !== undefined} aria-describedby={blocked ? 'ru-blocked' : undefined} onClick={() => void propose()}>{t('proposing.open')}</Button>
      </> : undefined}
    >
      <DraftBanners view={view} />
      <TabLinks label={t('editor.tabs')} items={TABS.map((key) => ({ key, to: key === 'rows' ? '?' : `?tab=${key}`, text: t(`editor.tab.${key}`), active: tab === key, ...(key === 'rows' ? { count: table.rows.length } : key === 'examples' ? { count: table.examples?.length ?? 0 } : {}) }))} />
      {editable && blocked ? <p id="ru-blocked" className="fg-quiet">{blocked}</p> : null}
      {tab === 'rows' ? (
        <div className="ru-edit-parts">
          <div className="fg-stack">
            {table.rows.length ? <EditorGrid view={view} base={draft.base} findings={findings} goal={goal} /> : <Section><Empty title={t('editor.noRows')} text={t('editor.noRowsText')} /></Section>}
            {editable ? <div className="fg-row"><Button onClick={() => { change((one) => insertRow(one, draft.base, one.rows.length)); goTo(table.rows.length) }}>{t('editor.addRow')}</Button><span className="fg-quiet ru-keys">{t('editor.keys')}</span></div> : null}
          </div>
          <FindingsPanel findings={findings} editable={editable} onFault={onFault} onRow={(row) => goTo(row)} onFill={fill} onExamples={() => set({ tab: 'examples' })}
            onExample={(gap) => { change((one) => addExample(one, freshExample(one, gap.example))); set({ tab: 'examples' }) }} />
        </div>
      ) : tab === 'examples' ? <ExamplesPanel view={view} findings={findings} /> : tab === 'about' ? <AboutPanel view={view} findings={findings} />
        : draft.triable ? <TrialPanel of={{ draft: draft.id }} table={table} mayStart={draft.can.includes('try')} blocked={blocked} {...(editable ? { prepare: view.flush } : {})} /> : <Section><Empty title={t('trial.unknown')} text={t('trial.unknownText')} action={<Link className="fg-button" to="?">{t('editor.tab.rows')}</Link>} /></Section>}
      <ProposeDialog open={asking === 'propose'} view={view} onClose={() => setAsking(undefined)} onDone={() => void navigate('/console/tables?tab=proposals')} />
      <ReasonDialog open={asking === 'drop'} title={t('drafts.dropTitle')} text={t('drafts.dropText')} deed={t('drafts.drop')} danger needsReason={false} running={drop.running} problem={drop.problem} onCancel={() => setAsking(undefined)} onDo={() => void view.flush().then(() => drop.run({ params: { id: draft.id }, body: { revision: view.draft.revision } }))} />
    </Page>
  )
}

/** Conditions that hold for a gap; numbers and texts by the example, which the author widens. */
function conditionsOf(inputs: Draft['table']['inputs'], { where }: Gap): Record<string, string> {
  const cells = inputs.flatMap((column): [string, string | undefined][] => {
    const values = where[column.name]
    if (!values) return []
    if (column.type === 'code') return values.length === column.codes?.length ? [] : [[column.name, celOf(column, { kind: 'oneOf', values: values.map(String) })]]
    if (column.type === 'boolean') return values.length > 1 ? [] : [[column.name, celOf(column, { kind: 'flag', value: values[0] === true })]]
    if (column.type === 'number') {
      const numbers = values.filter((value) => typeof value === 'number')
      if (!numbers.length) return [[column.name, celOf(column, { kind: 'missing' })]]
      return [[column.name, celOf(column, numbers.length === 1 ? { kind: 'equal', value: numbers[0]! } : { kind: 'range', from: Math.min(...numbers), fromIncluded: true, to: Math.max(...numbers), toIncluded: true })]]
    }
    const texts = values.map(String).filter((value) => !value.includes('…'))
    return texts.length === values.length ? [[column.name, celOf(column, { kind: 'beginsWith', values: texts })]] : []
  })
  return Object.fromEntries(cells.filter((cell): cell is [string, string] => cell[1] !== undefined))
}
