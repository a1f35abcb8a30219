// Parts that the pages of spot checks share: the state, files, visits and what happened.
import type { CheckState, SpotCheck } from '@fugong/contract/spotchecks'
import { FileLinks } from '../../base/file-links.tsx'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'

const tones: Record<CheckState, Tone> = { open: 'info', rectifying: 'warn', rechecking: 'info', passed: 'good', stopped: 'bad', lapsed: 'neutral' }
export function StateOf({ of }: { of: { state: CheckState } }) {
  const t = useText('spotchecks')
  return <StatusTag tone={tones[of.state]}>{t(`state.${of.state}`)}</StatusTag>
}
/** What was seen each time, newest first, with the items of the checklist that were not in place. */
export function Visits({ check }: { check: SpotCheck }) {
  const t = useText('spotchecks')
  const labels = new Map((check.form?.pages ?? []).flatMap((page) => page.fields).map((field) => [field.code, pick(field.label)]))
  return (
    <Section title={t('visits')}>
      {check.report ? <div className="fg-check-visit"><p><strong>{t('reported')}</strong> <span className="fg-quiet">{instant(check.report.at)}</span></p><p className="fg-answer-text">{check.report.note}</p>{check.report.files.length ? <FileLinks files={check.report.files} /> : null}</div> : null}
      {check.visits.length === 0 ? <p className="fg-quiet">{t('noVisits')}</p> : [...check.visits].reverse().map((visit) => (
        <div key={visit.at} className="fg-check-visit">
          <p><strong>{t(`result.${visit.result}`)}</strong> <span className="fg-quiet">{instant(visit.at)} · {[pick(visit.unit), visit.by].filter(Boolean).join(' · ')}</span></p>
          {visit.findings ? <p className="fg-answer-text">{visit.findings}</p> : null}
          {Object.entries(visit.answers).filter(([, answer]) => answer === false).length ? <ul className="fg-check-missing">{Object.entries(visit.answers).filter(([, answer]) => answer === false).map(([code]) => <li key={code}>{labels.get(code) ?? code}</li>)}</ul> : null}
          {visit.files.length ? <FileLinks files={visit.files} /> : null}
        </div>
      ))}
    </Section>
  )
}
