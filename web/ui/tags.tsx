// States and levels as shape, colour and word together, so that none of them carries the meaning alone.
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'
const MARKS: Record<Tone, ReactNode> = {
  neutral: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.6 2.6" />,
  info: <><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M8 4.5V8l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" /></>,
  good: <><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" stroke="var(--fg-paper)" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" /></>,
  warn: <><path d="M8 1.2 15.2 14H.8Z" fill="currentColor" /><path d="M8 6v3.6M8 11.4v.8" stroke="var(--fg-paper)" strokeWidth="1.8" strokeLinecap="round" /></>,
  bad: <><path d="M5.1.9h5.8l4.2 4.2v5.8l-4.2 4.2H5.1L.9 10.9V5.1Z" fill="currentColor" /><path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" stroke="var(--fg-paper)" strokeWidth="1.8" strokeLinecap="round" /></>,
}
/** A state in one word; the shape says its kind: dashed ring (nothing yet), clock (under way), tick, triangle, octagon. */
export function StatusTag({ tone, children, large }: { tone: Tone; children: ReactNode; large?: boolean }) {
  const size = large ? 22 : 14
  return <span className={`fg-tag fg-tag-${tone}${large ? ' fg-tag-large' : ''}`}><svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">{MARKS[tone]}</svg>{children}</span>
}

export type Grade = 'none' | 'low' | 'medium' | 'high'
/** The bare shape of a grade: circle, triangle, diamond, octagon; hatched when the grade is not known. */
export function LevelShape({ level, size = 14 }: { level: Grade | null | undefined; size?: number }) {
  return (
    <svg className={`fg-level-${level ?? 'unlisted'}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {level === 'none' ? <circle cx="8" cy="8" r="6.5" fill="currentColor" />
        : level === 'low' ? <path d="M8 1.2 15.2 14H.8Z" fill="currentColor" />
        : level === 'medium' ? <path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor" />
        : level === 'high' ? <path d="M5.1.9h5.8l4.2 4.2v5.8l-4.2 4.2H5.1L.9 10.9V5.1Z" fill="currentColor" />
        : <g stroke="currentColor" fill="none" strokeWidth="1.3"><rect x="1.5" y="1.5" width="13" height="13" rx="1" /><path d="M1.5 6.5l5-5M1.5 11.5l10-10M3 14.5 14.5 3M8 14.5l6.5-6.5" /></g>}
    </svg>
  )
}
/** A grade with its word; `null` is "not listed", which is not the lowest grade. */
export function LevelTag({ level, children }: { level: Grade | null | undefined; children: ReactNode }) {
  return <span className={`fg-level fg-level-${level ?? 'unlisted'}`}><LevelShape level={level} /><span className="fg-level-word">{children}</span></span>
}
