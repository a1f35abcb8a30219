// Parts that the pages of stop-work orders share: the state, how it stands against its last day, points with their files, what happened.
import type { Bilingual } from '@fugong/contract/base'
import type { FileInfo } from '@fugong/contract/files'
import type { Order, OrderItem, OrderRow, OrderState } from '@fugong/contract/orders'
import type { ReactNode } from 'react'
import { FileLinks } from '../../base/file-links.tsx'
import { day, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Timeline } from '../../ui/parts.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'

const tones: Record<OrderState, Tone> = { rectifying: 'warn', handedIn: 'info', revoking: 'bad', resumed: 'good', revoked: 'bad', lapsed: 'neutral' }
export function StateOf({ of }: { of: Pick<OrderRow, 'state'> }) {
  const t = useText('orders')
  return <StatusTag tone={tones[of.state]}>{t(`state.${of.state}`)}</StatusTag>
}
/** The firm's last day, and that it has passed. */
export function Deadline({ of }: { of: Pick<OrderRow, 'deadline' | 'overdue'> }) {
  const t = useText('orders')
  return <span className={of.overdue ? 'fg-clock fg-clock-over' : 'fg-clock'}>{day(of.deadline)}{of.overdue ? ` ${t('overdue')}` : ''}</span>
}
export function Files({ files }: { files: FileInfo[] }) {
  const t = useText('orders')
  if (!files.length) return <p className="fg-quiet">{t('files.none')}</p>
  return <FileLinks files={files} />
}
const itemTones: Record<OrderItem['state'], Tone> = { open: 'neutral', handedIn: 'info', accepted: 'good', returned: 'warn' }
/** One point: what it is, what the firm says and shows, what the office said; `children` are the reader's own controls. */
export function Point({ item, children }: { item: OrderItem; children?: ReactNode }) {
  const t = useText('orders')
  return (
    <li className="fg-order-point">
      <div className="fg-row"><strong>{item.position}. {item.text}</strong><StatusTag tone={itemTones[item.state]}>{t(`item.${item.state}`)}</StatusTag></div>
      {item.note ? <p className="fg-answer-text">{item.note}</p> : null}
      {item.files.length || item.state !== 'open' ? <Files files={item.files} /> : null}
      {item.answer ? <p className="fg-order-answer"><strong>{t('item.answer')}</strong>{t('colon')}{item.answer}</p> : null}
      {children}
    </li>
  )
}
/** What was found and why: the same words for the firm and for offices. */
export function Grounds({ order }: { order: Order }) {
  const t = useText('orders')
  return (
    <Section title={t('grounds')}>
      <Facts columns={1} items={[
        { label: t('field.documentNo'), value: order.documentNo }, { label: t('field.unit'), value: [pick(order.unit), order.issuedBy].filter(Boolean).join(' · ') }, { label: t('field.issuedAt'), value: instant(order.issuedAt) },
        { label: t('field.reason'), value: <span className="fg-answer-text">{order.reason}</span> },
        { label: t('field.deadline'), value: <Deadline of={order} /> }, { label: t('field.certificate'), value: <span className="fg-mono">{order.certificateNumber}</span> },
      ]} />
      <h3 className="fg-order-sub">{t('findings')}</h3>
      <ol className="fg-order-findings">{order.findings.map((finding, at) => <li key={at}>{finding.text}</li>)}</ol>
      <p className="fg-sentence">{pick(order.decision.sentence)}</p>
      {order.objectTo && order.objectUntil ? <p>{t('object', { unit: pick(order.objectTo), until: day(order.objectUntil) })}</p> : null}
    </Section>
  )
}
export function Story({ order }: { order: Order }) {
  const t = useText('orders')
  const shown = new Set(['case.opened', 'case.moved', 'case.withdrawn', 'deadlinePassed', 'deadlineSet'])
  return (
    <Section title={t('story')}>
      <Timeline items={[...order.timeline].reverse().filter(({ event }) => shown.has(event)).map((entry) => ({
        key: entry.id, at: instant(entry.at), by: [pick(entry.unit), entry.by].filter(Boolean).join(' · '), tone: entry.event === 'deadlinePassed' ? 'warn' : 'neutral',
        title: entry.event === 'case.moved' ? pick(entry.params['deed'] as Bilingual) : t(`event.${entry.event.replace('case.', '')}`, { day: day(String(entry.params['day'] ?? '')) }),
        children: entry.note ? <p className="fg-answer-text">{entry.note}</p> : null,
      }))} />
    </Section>
  )
}
