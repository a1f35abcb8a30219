// One version of a decision table: what it says, where it comes from, its history, and the way into changing it.
import { getTable, type DecisionTable } from '@fugong/contract/rules'
import { listDrafts, openDraft } from '@fugong/contract/rules.editing'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useFilters } from '../../base/filters.ts'
import { useSession } from '../../base/session.tsx'
import { addressOfVersion } from '../../base/table-link.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note, TabLinks } from '../../ui/parts.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { RuleGrid } from './RuleGrid.tsx'
import { kindWords, placeOf, PLACE_TONES, type Version } from './words.ts'
import './rules.css'

export function TablePage() {
  const t = useText('rules')
  const { code = '', version = '' } = useParams()
  const navigate = useNavigate()
  const { may } = useSession()
  const { nameOf } = useAreas()
  const [importing, setImporting] = useState(false)
  const { refused } = useNotices()
  const { filters } = useFilters(['tab'])
  const open = useDeed(openDraft, { invalidates: [listDrafts], onDone: (draft) => void navigate(`/console/tables/drafts/${draft.id}`), onProblem: refused })
  const kind = useSearchParams()[0].get('kind') ?? undefined
  const number = Math.trunc(Number(version)) || 1
  const read = useRead(getTable, { params: { code, version: number }, query: { kind } }, { keepPrevious: true })
  const back = { to: '/console/tables', text: t('back') }
  if (!read.data) return <Page title={t('title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Section><Loading lines={10} /></Section>}</Page>
  const { table, versions, inForce, others } = read.data
  const present = versions.find((one) => one.inForce)
  const own = versions.find((one) => one.version === table.version)
  const tabAddress = (tab: string | undefined) => `?${new URLSearchParams({ ...(kind ? { kind } : {}), ...(tab ? { tab } : {}) })}`
  const place = placeOf({ inForce, effectiveFrom: table.effectiveFrom })
  return (
    <Page
      title={pick(table.name)} back={back} sub={t('pageSub', { code: table.code, area: nameOf(table.areaCode), kind: kindWords(t, own?.emergencyKind ?? null) })} tags={<StatusTag tone={PLACE_TONES[place]}>{t('versionN', { version: table.version })} · {t(`state.${place}`)}</StatusTag>}
      actions={<>
        <Choice className="ru-versions" aria-label={t('version')} value={table.version} onChange={(next) => void navigate(addressOfVersion(code, next, own?.emergencyKind))} options={versionOptions(versions, t)} />
        <Button onClick={() => download(table)}>{t('download')}</Button>
        {may('table.propose') ? <><Button onClick={() => setImporting(true)}>{t('import')}</Button><Button type="primary" loading={open.running} onClick={() => void open.run({ body: { code, version: table.version, kind: own?.emergencyKind ?? undefined } })}>{t('editor.open')}</Button></> : null}
      </>}
    >
      {others.length ? <p className="ru-others">{t('others')} {others.map((one) => <Link key={one.emergencyKind} to={addressOfVersion(code, one.version, one.emergencyKind)}>{t('otherKind', { kind: kindWords(t, one.emergencyKind), version: one.version })}</Link>)}</p> : null}
      {inForce ? null : <Note tone="warn" title={t('otherVersion')}>{present ? <>{t('otherVersionText', { version: present.version })} <Link to={addressOfVersion(code, present.version, present.emergencyKind)}>{t('toInForce')}</Link></> : t('otherVersionNone')}</Note>}
      <TabLinks label={t('tabs')} items={[{ key: 'rows', to: tabAddress(undefined), text: t('rows'), count: table.rows.length, active: filters.tab !== 'history' }, { key: 'history', to: tabAddress('history'), text: t('history.tab'), count: versions.length, active: filters.tab === 'history' }]} />
      {filters.tab === 'history' ? <HistoryPanel code={code} kind={own?.emergencyKind ?? undefined} /> : <>
      <Section plain title={t('rows')}><RuleGrid table={table} /></Section>
      <Section title={t('source')}>
        <Facts items={[
          { label: t('effective'), value: instant(table.effectiveFrom) }, { label: t('hit'), value: t('hitFirst') },
          { label: t('kindField'), value: kindWords(t, own?.emergencyKind ?? null) }, { label: t('origin'), value: own?.pack ? t('originPack', { pack: own.pack }) : t('originImport') },
          { label: t('source'), value: pick(table.source), wide: true }, table.note ? { label: t('note'), value: pick(table.note), wide: true } : null, { label: t('headField.examples'), value: t('examplesCount', { count: table.examples?.length ?? 0 }) },
        ]} />
      </Section>
      </>}
      <ImportDialog open={importing} versions={versions} kind={own?.emergencyKind ?? undefined} onClose={() => setImporting(false)} onDone={() => void navigate('/console/tables?tab=proposals')} />
    </Page>
  )
}

function versionOptions(versions: readonly Version[], t: (key: string, params?: Record<string, unknown>) => string) {
  return [...versions].sort((a, b) => b.version - a.version).map((one) => ({ value: one.version, label: t('versions', { version: t('versionN', { version: one.version }), state: t(`state.${placeOf(one)}`), at: instant(one.effectiveFrom) }) }))
}

/** Hands the table over as a file that can be changed and imported again. */
function download(table: DecisionTable): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(table, null, 2)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${table.code}.v${table.version}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
