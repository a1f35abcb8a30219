// What is safely received, what waits sealed on this phone, and what was refused; corrections and late days; the receipt.
import type { Receipt } from '@fugong/contract/health'
import type { HealthDay } from '@fugong/contract/health.phones'
import { useEffect, useRef, useState } from 'preact/hooks'
import { instant, language, t } from './kit.ts'
import { dayAt, dropKey, dropWaiting, putWaiting, serverNow, type Slot, type Waiting } from './report-kept.ts'
import type { Shown } from './report-slots.ts'

export function nameOf(day: HealthDay, of: { day: string; slot: Slot }, today: string): string {
  const twice = day.slots.length > 1
  if (of.day === today) return t(twice ? `reportSlot${of.slot}` : 'reportToday')
  return `${of.day}${twice ? ` ${t(`reportPart${of.slot}`)}` : ''}`
}
export function Slots({ day, today, slots, off }: { day: HealthDay; today: string; slots: readonly Shown[]; off: boolean }) {
  return (
    <dl class="facts report-slots" aria-label={t('reportState')}>{slots.map((one) => [
      <dt key={one.slot}>{nameOf(day, one, today)}</dt>,
      <dd key={`${one.slot}-state`}>
        {one.number ? <><strong class="report-in">✓ {t('reportIn')}</strong>{one.version > 1 ? <span class="report-version">{t('reportVersion', { version: one.version })}</span> : null}<br /><span class="help">{t('reportNumber')} <span class="mono">{one.number}</span>{one.acceptedAt ? <><br />{t('reportAt', { at: instant(one.acceptedAt) })}</> : null}{one.by && one.by !== 'self' ? <><br />{t(`reportBy.${one.by}`)}</> : null}</span></> : null}
        {one.waits ? <div><strong class="report-out">◷ {t('reportWaits')}</strong></div> : one.number ? null : <strong class="report-out">{t(off ? 'reportUnknown' : 'reportOut')}</strong>}
      </dd>,
    ])}</dl>
  )
}
/** Everything that lies sealed on this phone, with what became of it. */
export function Waits({ day, today, waits, changed }: { day: HealthDay; today: string; waits: readonly Waiting[]; changed: () => void }) {
  if (!waits.length) return null
  return (
    <section class="card" aria-label={t('reportWaiting')}>
      <h2>◷ {t('reportWaiting')}</h2>
      <p class="help">{t('reportWaitingHelp', { days: day.daysLate })}</p>
      <ul class="messages">{waits.map((one) => <li key={one.key}>
        <strong>{nameOf(day, { day: one.meant || one.day, slot: one.slot }, today)}</strong>{one.version > 1 ? <span class="report-version">{t('reportVersion', { version: one.version })}</span> : null}
        {one.refused ? <Refused one={one} days={day.daysLate} changed={changed} /> : <div class="report-out">{t('reportWaits')}</div>}
      </li>)}</ul>
    </section>
  )
}
/** A report that the server did not take: why, and what the person can do. Nothing goes but by their own deed. */
function Refused({ one, days, changed }: { one: Waiting; days: number; changed: () => void }) {
  const [sure, setSure] = useState(false)
  const drop = () => { dropKey(one); dropWaiting(one); changed() }
  const meant = (day: string) => { const { refused: _, ...rest } = one; putWaiting({ ...rest, meant: day }); changed() }
  const open = Array.from({ length: days + 1 }, (_, back) => dayAt(serverNow() - back * 86400000))
  return (
    <div role="alert">
      <div class="report-bad strong">{t('reportRefused')}</div><p>{one.refused!.title}</p>
      {one.refused!.code === 'health.day_outside' ? <><p class="help">{t('reportWhichDay')}</p><p>{open.map((day) => <button type="button" key={day} class="side" onClick={() => meant(day)}>{day}</button>)}</p></> : null}
      {sure ? <p>{t('reportDropSure')} <button type="button" class="plain" onClick={drop}>{t('reportDropYes')}</button> <button type="button" class="plain" onClick={() => setSure(false)}>{t('reportDropNo')}</button></p> : <button type="button" class="plain" onClick={() => setSure(true)}>{t('reportDrop')}</button>}
    </div>
  )
}
/** What may be corrected, and days before that are still missing. */
export function Fixable({ day, today, slots, fix, late }: { day: HealthDay; today: string; slots: readonly Shown[]; fix: (one: Shown) => void; late: (one: Shown) => void }) {
  const shown = slots.filter((one) => !one.waits && (one.correctable || (!one.number && one.day < today)))
  if (!shown.length) return null
  return <p class="report-fix">{shown.map((one) => <button type="button" key={`${one.day} ${one.slot}`} class="side full" onClick={() => (one.number ? fix : late)(one)}>{t(one.number ? 'reportFix' : 'reportLate', { slot: nameOf(day, one, today) })}</button>)}</p>
}
export function Received({ receipt }: { receipt: Receipt }) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (head.current) head.current.focus() }, [])
  return (
    <div class={`card state ${receipt.level === 'green' ? 'good-state' : receipt.level === 'yellow' ? 'suspended-state' : 'revoked-state'}`}>
      <h1 tabIndex={-1} ref={head} aria-live="polite">✓ {t('reportIn')}</h1>
      {receipt.version > 1 ? <p class="strong">{t('reportVersion', { version: receipt.version })}</p> : null}
      <p class="strong">{t(`reportLevel.${receipt.level}`)}</p>
      <p>{receipt.because[language()]}</p>
      <p class="help">{t(`reportNext.${receipt.level}`)}</p>
      <dl class="facts">
        <dt>{t('reportNumber')}</dt><dd class="mono strong">{receipt.number}</dd>
        <dt>{t('reportTime')}</dt><dd>{instant(receipt.acceptedAt, true)}</dd>
        <dt>{t('reportHash')}</dt><dd class="mono draw-hash">{receipt.hash}</dd>
      </dl>
    </div>
  )
}
