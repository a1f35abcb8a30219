// Which risk level each district has, on what document, since when and until when; and what was true at another moment.
import { listLevels, type AreaLevel, type LevelRecord } from '@fugong/contract/levels'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { Page } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { LevelTag } from '../../ui/tags.tsx'
import { LevelHistory } from './LevelHistory.tsx'
import { SetLevelDialog } from './SetLevelDialog.tsx'
import './levels.css'

const SHOWN = ['high', 'medium', 'low', 'none', null] as const

export function LevelsPage() {
  const t = useText('levels')
  const { may } = useSession()
  const { nameOf } = useAreas()
  const { filters, set } = useFilters(['at', 'area'])
  const [setting, setSetting] = useState<string | undefined>()
  const read = useRead(listLevels, { query: { at: filters.at } }, { keepPrevious: true })
  const rows = read.data?.items ?? []
  const current = (row: AreaLevel) => row.current?.level ?? null
  const mayOf = may('level.set')

  const columns: DataColumn<AreaLevel>[] = [
    { key: 'area', title: t('district'), main: true, cell: (row) => nameOf(row.areaCode), nowrap: true },
    { key: 'level', title: t('levelField'), cell: (row) => <Level record={row.current} />, nowrap: true },
    { key: 'since', title: t('since'), cell: (row) => instant(row.current?.effectiveFrom), nowrap: true },
    { key: 'document', title: t('document'), cell: (row) => row.current?.documentNo ?? '–' },
    { key: 'reason', title: t('reason'), cell: (row) => row.current?.reason ?? '–', wideOnly: true },
    { key: 'setBy', title: t('setByColumn'), cell: (row) => <Origin record={row.current} /> },
    { key: 'coming', title: t('coming'), cell: (row) => row.coming ? <span className="lv-coming"><Level record={row.coming} /><span className="fg-quiet">{t('comingText', { at: instant(row.coming.effectiveFrom) })}</span></span> : <span className="fg-quiet">{t('comingNone')}</span> },
  ]
  return (
    <Page title={t('title')} sub={t('sub')} actions={mayOf ? <Button type="primary" onClick={() => setSetting('')}>{t('set')}</Button> : null}>
      {filters.at ? <Note tone="warn"><span className="fg-row"><span>{t('asOf', { at: instant(filters.at) })}</span><Button onClick={() => set({ at: undefined })}>{t('backToNow')}</Button></span></Note> : null}
      <DataTable
        label={t('list')} columns={columns} rowKey={(row) => row.areaCode} onOpen={(row) => set({ area: row.areaCode })} openKey={filters.area}
        list={{ rows, pending: read.isPending, turning: read.isPlaceholderData, error: read.data ? null : read.error, retry: () => void read.refetch() }}
        filters={<>
          <ul className="lv-counts" aria-label={t('counts')}>{SHOWN.map((level) => <li key={level ?? 'unlisted'}><LevelTag level={level}>{t(`level.${level ?? 'unlisted'}`)}</LevelTag> <strong className="fg-num">{rows.filter((row) => current(row) === level).length}</strong></li>)}</ul>
        </>}
        extra={<label className="lv-at"><span title={t('atHelp')}>{t('at')}</span><MomentInput value={filters.at ?? null} onChange={(at) => set({ at: at ?? undefined })} /></label>}
        empty={{ title: t('empty'), text: t('emptyText') }}
      />
      <Note title={t('unlistedTitle')}>{t('unlistedText')}</Note>
      <LevelHistory areaCode={filters.area} onClose={() => set({ area: undefined })} onSet={mayOf ? setSetting : undefined} />
      <SetLevelDialog area={setting} items={rows} onClose={() => setSetting(undefined)} onDone={(area) => { setSetting(undefined); set({ area, at: undefined }) }} />
    </Page>
  )
}

function Level({ record }: { record: LevelRecord | null }) {
  const t = useText('levels')
  return <LevelTag level={record?.level}>{t(`level.${record?.level ?? 'unlisted'}`)}</LevelTag>
}
/** Who set it; what the city's data brought was set by no person here and names its source. */
function Origin({ record }: { record: LevelRecord | null }) {
  const t = useText('levels')
  if (!record) return <>–</>
  return record.sample ? <>{t('sourced', { source: pick(record.setBy) })}</> : <>{pick(record.setBy)}</>
}
