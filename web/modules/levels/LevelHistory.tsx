// Every level a district has had and will have, as a timeline beside the list.
import { listLevelHistory, type LevelRecord } from '@fugong/contract/levels'
import { Button } from 'antd'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Timeline, type TimelineItem } from '../../ui/parts.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { LevelTag, StatusTag } from '../../ui/tags.tsx'

/** `onSet` is there when the reader may change the level. */
export function LevelHistory({ areaCode, onClose, onSet }: { areaCode: string | undefined; onClose: () => void; onSet: ((areaCode: string) => void) | undefined }) {
  const t = useText('levels')
  const { nameOf } = useAreas()
  const read = useRead(listLevelHistory, { params: { areaCode: areaCode ?? '' } }, { enabled: Boolean(areaCode) })
  const deed = onSet && areaCode && read.data?.can.includes('set') ? <Button type="primary" onClick={() => onSet(areaCode)}>{t('set')}</Button> : null
  return (
    <Panel open={Boolean(areaCode)} title={areaCode ? t('historyOf', { area: nameOf(areaCode) }) : ''} sub={t('history')} onClose={onClose} foot={deed}>
      <Ready read={read}>{({ items }) => items.length === 0 ? <Empty title={t('historyEmpty')} text={t('historyEmptyText')} /> : <History items={items} />}</Ready>
    </Panel>
  )
}

/** Newest first; the record in force is the latest that has begun. */
export function placesInTime(items: LevelRecord[], now: number): { record: LevelRecord; until: string | undefined; place: 'future' | 'present' | 'past' }[] {
  const sorted = [...items].sort((a, b) => Date.parse(b.effectiveFrom) - Date.parse(a.effectiveFrom) || Date.parse(b.setAt) - Date.parse(a.setAt))
  const present = sorted.findIndex((record) => Date.parse(record.effectiveFrom) <= now)
  return sorted.map((record, i) => ({ record, until: sorted[i - 1]?.effectiveFrom, place: present >= 0 && i === present ? 'present' : present < 0 || i < present ? 'future' : 'past' }))
}

const TONES = { future: 'info', present: 'good', past: 'neutral' } as const
function History({ items }: { items: LevelRecord[] }) {
  const t = useText('levels')
  const entries: TimelineItem[] = placesInTime(items, Date.now()).map(({ record, until, place }) => ({
    key: record.id, tone: TONES[place],
    title: <LevelTag level={record.level}>{t(`level.${record.level}`)}</LevelTag>,
    at: until ? t('fromTo', { from: instant(record.effectiveFrom), to: instant(until) }) : t('since2', { from: instant(record.effectiveFrom) }),
    by: <>{place === 'past' ? null : <StatusTag tone={TONES[place]}>{t(place)}</StatusTag>}{place === 'past' ? null : ' '}{record.sample ? t('sourced', { source: pick(record.setBy) }) : t('setLine', { who: pick(record.setBy), at: instant(record.setAt) })}</>,
    children: <div className="lv-entry"><span>{record.reason}</span><span className="fg-quiet">{t('documentLine', { document: record.documentNo })}{record.sample ? ` · ${t('sample')}` : ''}</span></div>,
  }))
  return <Timeline items={entries} />
}
