// The batches of a plan in the order of their days, each with its capacity as a bar and how far its firms have come.
import type { Batch, BatchPlan } from '@fugong/contract/batches'
import { useState } from 'react'
import { Button } from 'antd'
import { number, today } from '../../base/format.ts'
import { useLanguage, useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { SlotDialog } from './SlotDialog.tsx'

interface DaysProps { plan: BatchPlan; chosen: string | undefined; onChoose: (batch: string | undefined) => void; onAdd: (() => void) | undefined }
export function BatchDays({ plan, chosen, onChoose, onAdd }: DaysProps) {
  const t = useText('batches')
  const rest = [['none', plan.unplaced], ['out', plan.out]] as const
  return (
    <div className="ba-days">
      {plan.batches.map((batch) => <Day key={batch.id} plan={plan} batch={batch} chosen={chosen === batch.id} onChoose={() => onChoose(chosen === batch.id ? undefined : batch.id)} />)}
      {onAdd ? <button type="button" className="ba-day ba-day-add" onClick={onAdd}>+ {t('slot.add')}</button> : null}
      <div className="ba-rest">{rest.map(([key, count]) => <button key={key} type="button" className={chosen === key ? 'ba-chip ba-chosen' : 'ba-chip'} aria-pressed={chosen === key} onClick={() => onChoose(chosen === key ? undefined : key)}>{t(`rest.${key}`)} <strong className="fg-num">{number(count)}</strong></button>)}</div>
    </div>
  )
}
function Day({ plan, batch, chosen, onChoose }: { plan: BatchPlan; batch: Batch; chosen: boolean; onChoose: () => void }) {
  const t = useText('batches')
  const language = useLanguage()
  const [dialog, ask] = useState<'change' | 'invite' | undefined>(undefined)
  const { counts } = batch
  const can = plan.can.includes('plan')
  const weekday = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${batch.day}T00:00:00Z`))
  const past = batch.day < today()
  return (
    <article className={`ba-day${chosen ? ' ba-chosen' : ''}${past ? ' ba-past' : ''}`} aria-label={t('slot.named', { number: batch.position, day: batch.day })}>
      <button type="button" className="ba-day-head" aria-pressed={chosen} onClick={onChoose}><span className="fg-quiet">{t('slot.number', { number: batch.position })}</span><strong>{batch.day}</strong><span className="fg-quiet">{weekday}</span></button>
      {batch.locked ? <StatusTag tone="neutral">{t('slot.locked')}</StatusTag> : null}
      <Bar label={t('count.firms')} held={counts.firms} limit={batch.firmsLimit} over={batch.firmsOver} />
      <Bar label={t('count.heads')} held={counts.heads} limit={batch.headsLimit} over={batch.headsOver} unknown={counts.firms - counts.headsKnown} />
      <dl className="ba-counts">
        <div><dt>{t('count.invited')}</dt><dd>{of(counts.invited, counts.firms)}</dd></div><div><dt>{t('count.ready')}</dt><dd>{of(counts.ready, counts.invited)}</dd></div>
        <div><dt>{t('count.unanswered')}</dt><dd>{of(counts.unanswered, counts.invited)}</dd></div><div><dt>{t('count.declared')}</dt><dd>{of(counts.declared, counts.firms)}</dd></div><div><dt>{t('count.filed')}</dt><dd>{of(counts.filed, counts.firms)}</dd></div>
      </dl>
      {batch.missed ? <p className="ba-missed"><StatusTag tone="warn">{t('slot.missed', { count: batch.missed })}</StatusTag></p> : null}
      {can ? <div className="ba-day-deeds"><Button size="small" onClick={() => ask('change')}>{t('slot.change')}</Button><Button size="small" disabled={past || counts.firms === counts.invited} onClick={() => ask('invite')}>{t('invite.deed')}</Button></div> : null}
      <SlotDialog plan={plan} batch={batch} open={dialog === 'change'} onClose={() => ask(undefined)} />
      <InviteDialog plan={plan} batch={batch} open={dialog === 'invite'} onClose={() => ask(undefined)} />
    </article>
  )
}
const of = (part: number, whole: number) => `${number(part)} / ${number(whole)}`
/** How full: the bar and its numbers say the same; over the limit is said in words. */
function Bar({ label, held, limit, over, unknown = 0 }: { label: string; held: number; limit: number | null; over: number; unknown?: number }) {
  const t = useText('batches')
  const share = limit === null ? 0 : Math.min(100, (held / limit) * 100)
  return (
    <div className={over ? 'ba-bar ba-bar-over' : 'ba-bar'}>
      <div className="ba-bar-words"><span>{label}</span><span className="fg-num">{limit === null ? number(held) : of(held, limit)}</span></div>
      {limit === null ? null : <div className="ba-bar-track" aria-hidden="true"><span style={{ width: `${share}%` }} /></div>}
      {over ? <span className="ba-over">{t('slot.over', { count: over, shown: number(over) })}</span> : null}
      {unknown ? <span className="fg-quiet">{t('slot.unknown', { count: unknown })}</span> : null}
    </div>
  )
}
