// Everything that happened to a case, in words, newest first; for the page of any room whose record is a case.
import type { CaseEntry } from '@fugong/contract/cases'
import { entryTone, entryWords } from './cases.ts'
import { instant } from './format.ts'
import { pick, useText } from './i18n.ts'
import { Timeline } from '../ui/parts.tsx'

export function CaseTimeline({ entries }: { entries: readonly CaseEntry[] }) {
  const t = useText('base')
  return (
    <Timeline items={[...entries].reverse().map((entry) => ({
      key: entry.id, at: instant(entry.at), tone: entryTone(entry.event), title: entryWords(t, entry),
      by: entry.side === 'clock' ? t('case.byClock') : [entry.unit ? pick(entry.unit) : '', entry.by ?? (entry.side === 'firm' ? t('case.byFirm') : '')].filter(Boolean).join(' · ') || null,
      children: entry.note ? <p className="fg-case-note">{entry.note}</p> : null,
    }))} />
  )
}
