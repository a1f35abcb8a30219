// The measures of an emergency by scene and level, each with where it applies.
import { listMeasures, type Emergency, type Measure } from '@fugong/contract/emergencies'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useEmergency } from '../../base/emergency.tsx'
import { useFilters } from '../../base/filters.ts'
import { hasText, pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { LevelTag } from '../../ui/tags.tsx'

const LEVELS = ['none', 'low', 'medium', 'high'] as const
const SCENES = ['office', 'commercial', 'park', 'site', 'residential', 'arrival'] as const

export function MeasureList({ emergencies, pending, begin }: { emergencies: Emergency[]; pending: boolean; begin: ReactNode }) {
  const t = useText('emergencies')
  const { emergency: present } = useEmergency()
  const { filters, set } = useFilters(['of', 'scene', 'level'])
  const id = emergencies.find((item) => item.id === filters.of)?.id ?? present?.id
  const level = LEVELS.find((one) => one === filters.level)
  const read = useRead(listMeasures, { query: { emergency: id ?? '', scene: filters.scene, level } }, { enabled: Boolean(id), keepPrevious: true })
  if (pending) return <Section><Loading /></Section>
  if (!id) return <Section><Empty title={t('measuresNone')} text={t('measuresNoneText')} action={begin} /></Section>
  const scene = (code: string) => (hasText('emergencies', `scene.${code}`) ? t(`scene.${code}`) : code)
  const columns: DataColumn<Measure>[] = [
    { key: 'code', title: t('measureCode'), cell: (measure) => <span className="fg-mono">{measure.code}</span>, width: 72 },
    { key: 'title', title: t('measureTitle'), main: true, cell: (measure) => <>{pick(measure.title)}{measure.star ? <span className="em-star" title={t('starHelp')}>{t('star')}</span> : null}</> },
    { key: 'scene', title: t('measureScenes'), cell: (measure) => measure.scene.map(scene).join(t('shell.comma')), width: 260 },
    { key: 'level', title: t('measureLevels'), cell: (measure) => measure.level.length === 5 ? t('levelsAll') : <span className="em-levels">{measure.level.map((one) => <LevelTag key={one} level={one === 'unlisted' ? null : one}>{t(`level.${one}`)}</LevelTag>)}</span> },
  ]
  return (
    <DataTable
      label={t('measures')} columns={columns} rowKey={(measure) => measure.code} list={{ rows: read.data?.items ?? [], total: read.data?.items.length, pending: read.isPending, turning: read.isPlaceholderData, error: read.data ? null : read.error, retry: () => void read.refetch() }}
      filters={<>
        {emergencies.length > 1 ? <Choice className="em-of" aria-label={t('measuresFor')} value={id} onChange={(of) => set({ of })} options={emergencies.map((item) => ({ value: item.id, label: pick(item.name) }))} /> : null}
        <Choice className="em-filter" aria-label={t('sceneField')} value={filters.scene ?? ''} onChange={(value) => set({ scene: value || undefined })} options={[{ value: '', label: t('sceneAny') }, ...SCENES.map((code) => ({ value: code, label: t(`scene.${code}`) }))]} />
        <Choice className="em-filter" aria-label={t('levelField')} value={level ?? ''} onChange={(value) => set({ level: value || undefined })} options={[{ value: '', label: t('levelAny') }, ...LEVELS.map((code) => ({ value: code, label: t(`level.${code}`) }))]} />
      </>}
      extra={read.data?.items.some((measure) => measure.star) ? <span className="fg-quiet">{t('starHelp')}</span> : null}
      empty={{ title: t('measuresEmpty'), text: t('measuresEmptyText'), action: <Button onClick={() => set({ scene: undefined, level: undefined })}>{t('showAll')}</Button> }}
    />
  )
}
