// Forms, the dictionary of fields, and the drafts of both, with what is in force and what waits for a second person.
import { listDrafts, listFields, listFormVersions, openDraft, type DictionaryRow, type DraftTitle, type FormTitle } from '@fugong/contract/forms.edit'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { NewDraft } from './NewDraft.tsx'
import { ImportXlsform } from './XlsForm.tsx'
import { kindWords, STATE_TONES } from './words.ts'
import './forms.css'

type Tab = 'forms' | 'drafts' | 'fields'
/** Versions that are in force, else the newest of those that are to come. */
export function shownForms(items: readonly FormTitle[], now: number = Date.now()): FormTitle[] {
  const coming = items.filter((one) => !one.inForce && Date.parse(one.effectiveFrom) > now)
  return [...items.filter((one) => one.inForce), ...coming].sort((a, b) => a.code.localeCompare(b.code) || (a.kind ?? '').localeCompare(b.kind ?? '') || b.version - a.version)
}

export function FormsPage() {
  const t = useText('forms')
  const { filters } = useFilters(['tab'])
  const tab: Tab = filters.tab === 'drafts' || filters.tab === 'fields' ? filters.tab : 'forms'
  const versions = useRead(listFormVersions)
  const drafts = useRead(listDrafts)
  const [adding, add] = useState<'form' | 'field' | 'import' | undefined>()
  const may = versions.data?.can.includes('edit') ?? false
  const open = drafts.data?.items.filter((one) => one.state === 'draft' || one.state === 'proposed').length
  const deeds = may ? <>{tab === 'fields' ? null : <><Button onClick={() => add('import')}>{t('importXlsform')}</Button><Button onClick={() => add('form')}>{t('newForm')}</Button></>}{tab === 'fields' ? <Button onClick={() => add('field')}>{t('newField')}</Button> : null}</> : null
  return (
    <Page title={t('title')} sub={t('sub')} actions={deeds}>
      <TabLinks label={t('tabs')} items={[
        { key: 'forms', to: '?', text: t('tabForms'), count: versions.data ? shownForms(versions.data.items).length : undefined, active: tab === 'forms' },
        { key: 'drafts', to: '?tab=drafts', text: t('tabDrafts'), count: open, active: tab === 'drafts' },
        { key: 'fields', to: '?tab=fields', text: t('dictionary'), active: tab === 'fields' },
      ]} />
      {tab === 'forms' ? <FormList read={versions} /> : tab === 'drafts' ? <DraftList read={drafts} /> : <FieldList />}
      <NewDraft what={adding === 'field' ? 'field' : 'form'} open={adding === 'form' || adding === 'field'} onClose={() => add(undefined)} />
      <ImportXlsform open={adding === 'import'} onClose={() => add(undefined)} />
    </Page>
  )
}
type Read<T> = { data: { items: T[] } | undefined; error: unknown; isPending: boolean; refetch: () => unknown }
const listOf = <T,>(read: Read<T>, rows: T[]) => ({ rows, pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() })

function FormList({ read }: { read: Read<FormTitle> }) {
  const t = useText('forms')
  const { nameOf } = useAreas()
  const rows = shownForms(read.data?.items ?? [])
  const columns: DataColumn<FormTitle>[] = [
    { key: 'name', title: t('name'), main: true, cell: (row) => pick(row.name) },
    { key: 'code', title: t('code'), cell: (row) => <span className="fg-mono">{row.code}</span>, wideOnly: true },
    { key: 'for', title: t('for'), cell: (row) => audience(row, t) },
    { key: 'area', title: t('area'), cell: (row) => nameOf(row.areaCode), nowrap: true },
    { key: 'state', title: t('stateField'), cell: (row) => <StatusTag tone={row.inForce ? 'good' : 'info'}>{t(row.inForce ? 'inForceSince' : 'comingFrom', { version: row.version, at: instant(row.effectiveFrom) })}</StatusTag> },
    { key: 'fields', title: t('fieldCount'), align: 'right', cell: (row) => row.fields },
  ]
  return <DataTable label={t('tabForms')} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/forms/${row.id}`} list={listOf(read, rows)} empty={{ title: t('empty'), text: t('emptyText') }} />
}
export function audience(row: Pick<FormTitle, 'kind' | 'appliesTo'>, t: (key: string, params?: Record<string, unknown>) => string): string {
  const parts = [kindWords(t, row.kind), ...(row.appliesTo?.scenes ?? []).map((one) => t(`scene.${one}`)), ...(row.appliesTo?.industries?.length ? [t('industryList', { codes: row.appliesTo.industries.join(t('q.comma')) })] : [])]
  return parts.join(' · ')
}

function DraftList({ read }: { read: Read<DraftTitle> }) {
  const t = useText('forms')
  const columns: DataColumn<DraftTitle>[] = [
    { key: 'name', title: t('name'), main: true, cell: (row) => (row.name ? pick(row.name) : row.code) },
    { key: 'what', title: t('what'), cell: (row) => t(`what_${row.what}`), nowrap: true },
    { key: 'code', title: t('code'), cell: (row) => <span className="fg-mono">{row.code}</span>, wideOnly: true },
    { key: 'state', title: t('stateField'), cell: (row) => <StatusTag tone={STATE_TONES[row.state]}>{row.state === 'published' ? t('publishedAs', { version: row.publishedVersion }) : t(`state.${row.state}`)}</StatusTag> },
    { key: 'by', title: t('lastBy'), cell: (row) => row.changedBy, nowrap: true },
    { key: 'at', title: t('lastAt'), cell: (row) => instant(row.changedAt), nowrap: true },
  ]
  return <DataTable label={t('tabDrafts')} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/forms/drafts/${row.id}`} list={listOf(read, read.data?.items ?? [])} empty={{ title: t('draftsEmpty'), text: t('draftsEmptyText') }} />
}

function FieldList() {
  const t = useText('forms')
  const navigate = useNavigate()
  const { refused } = useNotices()
  const { filters, set } = useFilters(['q', 'tab'])
  const read = useRead(listFields, { query: filters.q ? { q: filters.q } : {} }, { keepPrevious: true })
  const deed = useDeed(openDraft, { invalidates: [listDrafts], onDone: (draft) => void navigate(`/console/forms/drafts/${draft.id}`), onProblem: refused })
  const may = read.data?.can.includes('edit') ?? false
  const columns: DataColumn<DictionaryRow>[] = [
    { key: 'name', title: t('fieldName'), main: true, cell: ({ field }) => <><span>{pick(field.name)}</span><div className="fg-quiet">{pick(field.purpose)}</div></> },
    { key: 'code', title: t('code'), cell: ({ field }) => <span className="fg-mono">{field.code}</span>, wideOnly: true },
    { key: 'type', title: t('answerType'), cell: ({ field }) => t(`type.${field.type}`), nowrap: true },
    { key: 'source', title: t('truth'), cell: ({ field }) => t(`source.${field.source}`) },
    { key: 'sensitivity', title: t('sensitivity'), cell: ({ field }) => t(`sensitivities.${field.sensitivity}`), nowrap: true },
    { key: 'forms', title: t('askedBy'), cell: ({ forms }) => (forms.length > 0 ? forms.join(t('q.comma')) : <span className="fg-quiet">{t('nobody')}</span>) },
    { key: 'version', title: t('version'), cell: ({ field, inForce }) => <>{field.version}{inForce ? '' : ` · ${t('coming')}`}</>, align: 'right' },
    ...(may ? [{ key: 'deed', title: '', cell: ({ id, field }: DictionaryRow) => <Button size="small" disabled={deed.running} aria-label={t('changeField', { name: pick(field.name) })} onClick={() => void deed.run({ body: { what: 'field', from: id } })}>{t('change_')}</Button> }] : []),
  ]
  return <DataTable label={t('dictionary')} columns={columns} rowKey={(row) => row.id} search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('searchFields') }} list={listOf(read, read.data?.items ?? [])} empty={{ title: t('pickNone'), text: t('pickNoneText'), action: <Link to="?tab=fields">{t('allFields')}</Link> }} />
}
