// Small parts that every screen of declarations shares: state, level, clock, the sentence of a decision, history.
import type { Declaration, DeclarationRow } from '@fugong/contract/declarations'
import type { FileInfo } from '@fugong/contract/files'
import { downloadFile, getThumbnail } from '@fugong/contract/files'
import { Link } from 'react-router'
import { addressOf } from '../../base/api.ts'
import { FileLink } from '../../base/file-links.tsx'
import { bytes, instant, relative } from '../../base/format.ts'
import { hasText, pick, useLanguage, useText } from '../../base/i18n.ts'
import { TableLink } from '../../base/table-link.tsx'
import { shownState, toneOfDeclaration, type Declared } from '../../base/tones.ts'
import { LevelTag, StatusTag, type Tone } from '../../ui/tags.tsx'
import { Timeline } from '../../ui/parts.tsx'

export function StateTag({ state, large }: { state: string; large?: boolean }) {
  const t = useText('declarations')
  return <StatusTag tone={toneOfDeclaration(state)} {...(large ? { large } : {})}>{t(`state.${state}`)}</StatusTag>
}
/** The state of one declaration, its certificate and what became of a draft included. */
export function StateOf({ of }: { of: Declared }) {
  return <StateTag state={shownState(of)} />
}
/** Contests what was taken from the register: the way to where it is put right, once for every form that uses it. */
export function Correct({ to }: { to: string | undefined }) {
  const t = useText('declarations')
  return to ? <><Link className="fg-decl-correct" to={to}>{t('known.correct')}</Link> <span className="fg-quiet">{t('known.correctNote')}</span></> : null
}
/** The level that a decision stands on; before submission there is none. */
export function Level({ of }: { of: Pick<DeclarationRow, 'level' | 'procedure'> }) {
  const t = useText('base')
  return of.procedure === null ? <span className="fg-quiet">–</span> : <LevelTag level={of.level}>{t(`level.${of.level ?? 'unlisted'}`)}</LevelTag>
}

/** When it is due, and what follows when it is not done by then. */
export function Clock({ of, short }: { of: Pick<DeclarationRow, 'dueAt' | 'overdue' | 'state'> & { overdueOutcome?: Declaration['overdueOutcome'] }; short?: boolean }) {
  const t = useText('declarations')
  useLanguage()
  if (!of.dueAt || !['underReview', 'siteCheckPending'].includes(of.state)) return <span className="fg-quiet">–</span>
  const words = of.overdue ? t('clock.overdue', { ago: relative(of.dueAt) }) : t('clock.due', { within: relative(of.dueAt) })
  return (
    <span className={of.overdue ? 'fg-clock fg-clock-over' : 'fg-clock'}>
      <time dateTime={of.dueAt} title={instant(of.dueAt)}>{short ? words : t('clock.at', { at: instant(of.dueAt), words })}</time>
      {!short && of.overdueOutcome ? <span className="fg-quiet"> {t(`clock.outcome.${of.overdueOutcome}`)}</span> : null}
    </span>
  )
}

/** The rule as a sentence; officials can follow it to the row that made it. */
export function Sentence({ of: { decision, emergencyId }, link }: { of: Pick<Declaration, 'decision'> & { emergencyId?: string }; link?: boolean }) {
  const t = useText('declarations')
  useLanguage()
  if (!decision) return null
  return (
    <p className="fg-sentence">{pick(decision.sentence)}{link ? <> <TableLink of={decision} {...(emergencyId ? { emergencyId } : {})}>{t('decision.row', { version: decision.version, row: decision.row })}</TableLink></> : null}</p>
  )
}

export function FileList({ files }: { files: FileInfo[] }) {
  const t = useText('declarations')
  if (files.length === 0) return <p className="fg-quiet">{t('files.none')}</p>
  return (
    <ul className="fg-files">
      {files.map((file) => (
        <li key={file.id}>
          {file.thumbnail ? <a className="fg-file-picture" href={addressOf(downloadFile, { params: { id: file.id } })} target="_blank" rel="noreferrer" tabIndex={-1} aria-hidden="true"><img src={addressOf(getThumbnail, { params: { id: file.id } })} alt="" loading="lazy" /></a> : null}
          <FileLink file={file} />
          <span className="fg-quiet"> {bytes(file.size)}{file.state === 'clean' ? '' : ` · ${t(`files.state.${file.state}`)}`}</span>
        </li>
      ))}
    </ul>
  )
}

const eventTones: Record<string, Tone> = { 'declaration.filed': 'good', 'declaration.accepted': 'good', 'declaration.accepted_overdue': 'good', 'declaration.returned': 'warn', 'declaration.escalated': 'warn', 'declaration.rejected': 'bad', 'declaration.submitted': 'info', 'declaration.resubmitted': 'info' }
/** Newest first; saving while writing is no news. */
export function History({ of, labelOf }: { of: Declaration; labelOf: (field: string) => string }) {
  const t = useText('declarations')
  const nameOf = (event: string) => (event === 'declaration.withdrawn' && of.submittedAt === null ? 'event.discarded' : `event.${event.replace(/^declaration\./, '')}`)
  const items = [...of.timeline].reverse().filter((entry) => entry.event !== 'declaration.saved').sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Timeline items={items.map((entry, i) => {
      const name = nameOf(entry.event)
      return {
        key: `${entry.at}-${i}`, at: <time dateTime={entry.at}>{instant(entry.at)}</time>, title: hasText('declarations', name) ? t(name) : entry.event, tone: eventTones[entry.event] ?? 'neutral',
        by: [pick(entry.unit), entry.by].filter(Boolean).join(' · '),
        children: entry.note || entry.gaps.length > 0 ? <div>{entry.note ? <p className="fg-answer-text">{entry.note}</p> : null}{entry.gaps.length > 0 ? <ul className="fg-gaplist">{entry.gaps.map((gap, n) => <li key={n}><strong>{labelOf(gap.field)}</strong>{t('colon')}{gap.text}</li>)}</ul> : null}</div> : null,
      }
    })} />
  )
}
