// A spot check as the firm sees it: what was found, by when to put it right, and reporting that it is done.
import { getCheck, listChecks, reportRectified, type SpotCheck } from '@fugong/contract/spotchecks'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { FileLinks, useUploads } from '../../base/file-links.tsx'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StateOf, Visits } from './Parts.tsx'
import './spotchecks.css'

export function PortalCheck() {
  const t = useText('spotchecks')
  const { id = '' } = useParams()
  const read = useRead(getCheck, { params: { id } })
  const back = { to: '/portal', text: t('portal.back') }
  if (!read.data) return <Page title={t('title')} back={back} width="reading">{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={6} />}</Page>
  const check = read.data
  return (
    <Page title={t('title')} back={back} width="reading" tags={<StateOf of={check} />} sub={`${check.enterpriseName} · ${check.workplaceName}`}>
      <Note tone={check.state === 'passed' ? 'good' : check.state === 'stopped' ? 'bad' : 'info'} title={t(`portal.now.${check.state}`, { unit: pick(check.unit), due: day(check.dueOn), deadline: day(check.deadline) })}>
        <a href={`/draws/${check.drawId}`}>{t('portal.how')}</a>{check.orderId ? <> · <Link to={`/portal/orders/${check.orderId}`}>{t('toOrder')}</Link></> : null}
      </Note>
      {check.can.includes('report') ? <Report check={check} /> : null}
      <Visits check={check} />
    </Page>
  )
}
function Report({ check }: { check: SpotCheck }) {
  const t = useText('spotchecks')
  const input = useRef<HTMLInputElement>(null)
  const [note, setNote] = useState('')
  const { files, going, failure, add } = useUploads(t('uploadFailed'))
  const deed = useDeed(reportRectified, { invalidates: [getCheck, listChecks] })
  return (
    <Section title={t('portal.report')}>
      {deed.problem || failure ? <div className="fg-error" role="alert"><p>{failure?.words ?? wordsOf(deed.problem)}</p></div> : null}
      <div className="fg-form">
        <Field id="report-note" label={t('portal.note')}><Input.TextArea id="report-note" rows={3} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        <input ref={input} className="fg-hidden" type="file" multiple accept=".jpg,.jpeg,.png,.pdf,.docx" tabIndex={-1} aria-label={t('portal.choose')} onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
        {files.length ? <FileLinks files={files} /> : null}
        <div className="fg-row"><Button loading={going > 0} onClick={() => input.current?.click()}>{t('portal.choose')}</Button><Button type="primary" disabled={!files.length || !note.trim() || going > 0} loading={deed.running} onClick={() => void deed.run({ params: { id: check.id }, body: { revision: check.revision, note: note.trim(), fileIds: files.map(({ id }) => id) } })}>{t('portal.deed')}</Button></div>
      </div>
    </Section>
  )
}
