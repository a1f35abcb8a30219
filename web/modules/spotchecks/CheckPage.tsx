// One spot check on one page: the place, the checklist of its scene, photos, and the result; a phone at the door is enough.
import { getCheck, listChecks, recordVisit, type SpotCheck } from '@fugong/contract/spotchecks'
import { look } from '@fugong/contract/forms.engine'
import { Button, Checkbox, Input, Radio } from 'antd'
import { useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { FileLinks, useUploads } from '../../base/file-links.tsx'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf, wordsOfIssue } from '../../base/words.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DeedBar } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StateOf, Visits } from './Parts.tsx'
import './spotchecks.css'

export function CheckPage() {
  const t = useText('spotchecks')
  const { id = '' } = useParams()
  const read = useRead(getCheck, { params: { id } })
  const back = { to: '/console/spotchecks', text: t('list.title') }
  if (!read.data) return <Page title={t('title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const check = read.data
  return (
    <Page title={`${check.enterpriseName} · ${check.workplaceName}`} back={back} tags={<StateOf of={check} />} sub={<Link to={`/console/declarations/${check.declarationId}`}>{t('toDeclaration')}</Link>}>
      <Section>
        <Facts items={[
          { label: t('address'), value: check.address, wide: true }, { label: t('unit'), value: pick(check.unit) }, { label: t('inspectors'), value: check.inspectors.length ? check.inspectors.join('、') : t('noInspectors') },
          { label: t('due'), value: day(check.dueOn) }, { label: t('certificate'), value: <a className="fg-mono" href={`/c/${check.certificateNumber}`}>{check.certificateNumber}</a> },
          check.deadline !== null && { label: t('deadline'), value: day(check.deadline) },
          { label: t('drawnAt'), value: <a href={`/draws/${check.drawId}`} target="_blank" rel="noreferrer">{day(check.drawnAt)}<span className="fg-hidden">{t('newWindow')}</span></a> },
        ]} />
        {check.orderId ? <p><Link className="fg-button" to={`/console/orders/${check.orderId}`}>{t('toOrder')}</Link></p> : null}
      </Section>
      {check.can.includes('visit') ? <Visit key={check.revision} check={check} /> : null}
      <Visits check={check} />
    </Page>
  )
}
const results = ['pass', 'rectify', 'stopWork'] as const
function Visit({ check }: { check: SpotCheck }) {
  const t = useText('spotchecks')
  const input = useRef<HTMLInputElement>(null)
  const view = check.form ? look(check.form, {}, { facts: check.facts }) : undefined
  const items = (check.form?.pages ?? []).flatMap((page) => page.fields).filter(({ code, type }) => type === 'boolean' && view?.field(code).shown)
  const [absent, setAbsent] = useState<ReadonlySet<string>>(new Set())
  const [result, setResult] = useState<(typeof results)[number] | undefined>(undefined)
  const [text, setText] = useState({ findings: '', deadline: '', documentNo: '', reason: '', items: '' })
  const { files, going, failure, add } = useUploads(t('uploadFailed'))
  const [asked, ask] = useState(false)
  const deed = useDeed(recordVisit, { invalidates: [getCheck, listChecks] })
  const put = (name: keyof typeof text) => (event: { target: { value: string } }) => setText((before) => ({ ...before, [name]: event.target.value }))
  const error = (path: string, label: string) => { const issue = deed.problem?.issues.find((one) => one.path === path || one.path.startsWith(`${path}/`)); return issue ? wordsOfIssue(issue, label) : undefined }
  const lines = text.items.split('\n').map((line) => line.trim()).filter(Boolean)
  const save = () => {
    ask(true)
    if (!result) return
    void deed.run({ params: { id: check.id }, body: {
      revision: check.revision, result, findings: text.findings, answers: Object.fromEntries(items.map(({ code }) => [code, !absent.has(code)])), fileIds: files.map(({ id }) => id),
      ...(result === 'rectify' && text.deadline ? { deadline: text.deadline } : {}), ...(result === 'stopWork' && text.documentNo.trim() && text.reason.trim() && lines.length && text.deadline ? { order: { documentNo: text.documentNo.trim(), reason: text.reason.trim(), items: lines, deadline: text.deadline } } : {}),
    } })
  }
  return (
    <>
      <Section title={t('visit.title')}>
        {deed.problem || failure ? <div className="fg-error" role="alert"><p>{failure?.words ?? wordsOf(deed.problem)}</p></div> : null}
        <div className="fg-form">
          {items.length ? <Field id="visit-items" group label={t('visit.items')} help={t('visit.itemsHelp')}>
            <ul className="fg-check-items">{items.map((field) => <li key={field.code}><Checkbox checked={!absent.has(field.code)} onChange={() => setAbsent((before) => { const next = new Set(before); if (!next.delete(field.code)) next.add(field.code); return next })}>{pick(field.label)}</Checkbox></li>)}</ul>
          </Field> : null}
          <Field id="visit-findings" label={t('visit.findings')} error={error('/findings', t('visit.findings'))}><Input.TextArea id="visit-findings" rows={3} maxLength={1000} value={text.findings} onChange={put('findings')} /></Field>
          <div>
            <input ref={input} className="fg-hidden" type="file" multiple accept=".jpg,.jpeg,.png,.pdf" tabIndex={-1} aria-label={t('visit.photos')} onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
            <Button loading={going > 0} onClick={() => input.current?.click()}>{t('visit.photos')}</Button>
            {files.length ? <FileLinks files={files} /> : null}
          </div>
          <Field id="visit-result" group label={t('visit.result')} error={asked && !result ? t('visit.resultMissing') : undefined}>
            <Radio.Group aria-labelledby="visit-result-label" value={result} onChange={(event) => setResult(event.target.value as (typeof results)[number])} options={results.map((value) => ({ value, label: t(`result.${value}`) }))} />
          </Field>
          {result === 'stopWork' ? <>
            <Field id="visit-no" label={t('visit.documentNo')} error={error('/order', t('visit.order'))}><Input id="visit-no" maxLength={60} value={text.documentNo} onChange={put('documentNo')} /></Field>
            <Field id="visit-reason" label={t('visit.reason')}><Input id="visit-reason" maxLength={500} value={text.reason} onChange={put('reason')} /></Field>
            <Field id="visit-points" label={t('visit.points')} help={t('visit.pointsHelp')}><Input.TextArea id="visit-points" rows={3} value={text.items} onChange={put('items')} /></Field>
          </> : null}
          {result === 'rectify' || result === 'stopWork' ? <Field id="visit-deadline" label={t('deadline')} error={error('/deadline', t('deadline'))}><Input id="visit-deadline" type="date" className="fg-check-day" value={text.deadline} onChange={put('deadline')} /></Field> : null}
        </div>
      </Section>
      <DeedBar note={result ? t(`visit.then.${result}`) : t('visit.then.none')}><Button type="primary" danger={result === 'stopWork'} loading={deed.running} disabled={going > 0} onClick={save}>{t('visit.deed')}</Button></DeedBar>
    </>
  )
}
