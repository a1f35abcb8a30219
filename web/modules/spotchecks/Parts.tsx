// Parts that the pages of spot checks share: the state, files, visits and what happened.
import { downloadFile, isOpen, type FileInfo } from '@fugong/contract/files'
import type { CheckState, SpotCheck } from '@fugong/contract/spotchecks'
import { addressOf } from '../../base/api.ts'
import { bytes, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'

const tones: Record<CheckState, Tone> = { open: 'info', rectifying: 'warn', rechecking: 'info', passed: 'good', stopped: 'bad', lapsed: 'neutral' }
export function StateOf({ of }: { of: { state: CheckState } }) {
  const t = useText('spotchecks')
  return <StatusTag tone={tones[of.state]}>{t(`state.${of.state}`)}</StatusTag>
}
export function Files({ files }: { files: FileInfo[] }) {
  const t = useText('spotchecks')
  return files.length ? <ul className="fg-files">{files.map((file) => <li key={file.id}>{isOpen(file) ? <a href={addressOf(downloadFile, { params: { id: file.id } })} target="_blank" rel="noreferrer">{file.name}<span className="fg-hidden">{t('newWindow')}</span></a> : <span>{file.name}</span>}<span className="fg-quiet"> {bytes(file.size)}</span></li>)}</ul> : null
}
/** What was seen each time, newest first, with the items of the checklist that were not in place. */
export function Visits({ check }: { check: SpotCheck }) {
  const t = useText('spotchecks')
  const labels = new Map((check.form?.pages ?? []).flatMap((page) => page.fields).map((field) => [field.code, pick(field.label)]))
  return (
    <Section title={t('visits')}>
      {check.report ? <div className="fg-check-visit"><p><strong>{t('reported')}</strong> <span className="fg-quiet">{instant(check.report.at)}</span></p><p className="fg-answer-text">{check.report.note}</p><Files files={check.report.files} /></div> : null}
      {check.visits.length === 0 ? <p className="fg-quiet">{t('noVisits')}</p> : [...check.visits].reverse().map((visit) => (
        <div key={visit.at} className="fg-check-visit">
          <p><strong>{t(`result.${visit.result}`)}</strong> <span className="fg-quiet">{instant(visit.at)} · {[pick(visit.unit), visit.by].filter(Boolean).join(' · ')}</span></p>
          {visit.findings ? <p className="fg-answer-text">{visit.findings}</p> : null}
          {Object.entries(visit.answers).filter(([, answer]) => answer === false).length ? <ul className="fg-check-missing">{Object.entries(visit.answers).filter(([, answer]) => answer === false).map(([code]) => <li key={code}>{labels.get(code) ?? code}</li>)}</ul> : null}
          <Files files={visit.files} />
        </div>
      ))}
    </Section>
  )
}
