// Small parts of pages: the bar of deeds at the foot, a timeline, the head of a step, a note, tabs with counts.
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../base/i18n.ts'
import type { Tone } from './tags.tsx'

/** Deeds stay in reach at the foot of the page; `note` says what they will do or why they cannot be done. */
export function DeedBar({ children, note }: { children: ReactNode; note?: ReactNode }) {
  return <div className="fg-deeds" role="group"><div className="fg-deeds-note">{note}</div><div className="fg-deeds-buttons">{children}</div></div>
}

export interface TimelineItem { key: string; at: ReactNode; title: ReactNode; by?: ReactNode; children?: ReactNode; tone?: Tone }
/** What happened, newest first as the caller orders it. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <ol className="fg-timeline">
      {items.map((item) => (
        <li key={item.key} className={`fg-timeline-${item.tone ?? 'neutral'}`}>
          <div className="fg-timeline-head"><strong>{item.title}</strong><span className="fg-quiet">{item.at}</span></div>
          {item.by ? <div className="fg-quiet">{item.by}</div> : null}
          {item.children}
        </li>
      ))}
    </ol>
  )
}

/** Where one is in a form of several pages: 第 2 步，共 5 步. */
export function StepHead({ step, of, title, help }: { step: number; of: number; title: ReactNode; help?: ReactNode }) {
  const t = useText('ui')
  return (
    <div className="fg-step">
      <div className="fg-step-count">{t('step', { step, of })}</div>
      <progress className="fg-step-bar" max={of} value={step} aria-hidden="true" />
      <h2>{title}</h2>
      {help ? <p className="fg-quiet">{help}</p> : null}
    </div>
  )
}

/** A few words set apart, with their kind shown by the edge. */
export function Note({ tone = 'info', title, children }: { tone?: Tone; title?: ReactNode; children?: ReactNode }) {
  return <div className={`fg-note fg-note-${tone}`} role="note">{title ? <strong>{title}</strong> : null}{children ? <div>{children}</div> : null}</div>
}

/** Tabs that live in the address; each says how many wait behind it. */
export function TabLinks({ items, label }: { items: { key: string; to: string; text: ReactNode; count?: number | undefined; active: boolean }[]; label: string }) {
  const row = useRef<HTMLElement>(null)
  const active = items.find((item) => item.active)?.key
  // On a phone the row is wider than the screen: the tab one is on must be in sight.
  useEffect(() => { row.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }) }, [active])
  return (
    <nav ref={row} className="fg-tabs" aria-label={label}>
      {items.map((item) => (
        <Link key={item.key} to={item.to} replace className={item.active ? 'fg-tab fg-tab-active' : 'fg-tab'} aria-current={item.active ? 'page' : undefined}>
          {item.text}{item.count === undefined ? null : <span className="fg-count">{item.count.toLocaleString('en-US')}</span>}
        </Link>
      ))}
    </nav>
  )
}
