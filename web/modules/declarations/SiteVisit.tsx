// How the site is seen: the appointment that the office makes, and the film or photos that the firm sends instead.
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { sendFilm, setVisit } from '@fugong/contract/declarations.review'
import { Button, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useUploads } from '../../base/file-links.tsx'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { FileList } from './Parts.tsx'
import { Refusal } from './Refusal.tsx'

const stale = [getDeclaration, listDeclarations]
/** When and by whom, and what was sent; nothing where no site is to be seen. */
export function SiteSection({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const { visit, film, evidence } = declaration
  if (declaration.procedure !== 'reviewAndSite' && !visit && !film) return null
  return (
    <Section title={t('visit.title')}>
      <Facts columns={1} items={[
        evidence && { label: t('visit.evidence'), value: t(`visit.evidences.${evidence}`) },
        { label: t('visit.at'), value: visit ? `${instant(visit.at)} · ${visit.who}${visit.unit ? ` · ${pick(visit.unit)}` : ''}` : t('visit.none') },
      ]} />
      {film ? <><p className="fg-quiet">{t('visit.film', { at: instant(film.at) })}</p><FileList files={film.files} /></> : null}
    </Section>
  )
}

/** Midnight and holidays are for the official to avoid: any moment to come may be chosen. */
export function Appoint({ declaration, open, close }: { declaration: Declaration; open: boolean; close: () => void }) {
  const t = useText('declarations')
  const [at, setAt] = useState('')
  const [who, setWho] = useState('')
  const [asked, setAsked] = useState(false)
  const read = useRead(getDeclaration, { params: { id: declaration.id } })
  const deed = useDeed(setVisit, { invalidates: stale, onDone: close })
  const save = () => {
    setAsked(true)
    if (at && who.trim()) void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, at: `${at}:00+08:00`, who: who.trim() } })
  }
  return (
    <Modal open={open} title={t('visit.appointTitle', { workplace: declaration.workplace.name })} okText={t('deed.appoint')} cancelText={t('cancel')} onOk={save} onCancel={close} confirmLoading={deed.running} destroyOnHidden>
      <Refusal problem={deed.problem} latest={() => { deed.reset(); void read.refetch() }} />
      <div className="fg-form">
        <Field id="visit-at" label={t('visit.when')} error={asked && !at ? t('visit.whenMissing') : undefined}><Input id="visit-at" type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} /></Field>
        <Field id="visit-who" label={t('visit.who')} help={t('visit.whoHelp')} error={asked && !who.trim() ? t('visit.whoMissing') : undefined}><Input id="visit-who" maxLength={60} value={who} onChange={(event) => setWho(event.target.value)} /></Field>
      </div>
    </Modal>
  )
}

/** The firm's own hand: choose, send, done; what was sent before is replaced. */
export function SendFilm({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const input = useRef<HTMLInputElement>(null)
  const { files, going, failure, add, clear } = useUploads(t('files.failed'))
  const deed = useDeed(sendFilm, { invalidates: stale, onDone: clear })
  if (!declaration.can.includes('film')) return null
  return (
    <Section title={t('film.title')}>
      <p>{t('film.text')}</p>
      <input ref={input} id="film-files" className="fg-hidden" type="file" multiple accept=".mp4,.jpg,.jpeg,.png" tabIndex={-1} aria-label={t('film.choose')} onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
      {failure || deed.problem ? <div className="fg-error" role="alert"><p>{failure ? `${failure.name}${t('colon')}${failure.words}` : wordsOf(deed.problem)}</p></div> : null}
      {files.length ? <FileList files={files} /> : null}
      <div className="fg-row">
        <Button loading={going > 0} onClick={() => input.current?.click()}>{t('film.choose')}</Button>
        <Button type="primary" disabled={!files.length || going > 0} loading={deed.running} onClick={() => void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, fileIds: files.map(({ id }) => id) } })}>{t('film.send', { count: files.length })}</Button>
      </div>
    </Section>
  )
}
