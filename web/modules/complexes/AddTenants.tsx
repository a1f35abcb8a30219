// Adds tenants by lines that were pasted from a table: code, name, shop, headcount; every faulty line is told before anything is sent.
import { addTenants, tenantCodeIssues, type Complex, type NewTenant } from '@fugong/contract/complexes'
import type { AnyEndpoint } from '@fugong/contract/base'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf, wordsOfIssue } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Note } from '../../ui/parts.tsx'
import { readLines } from './lines.ts'

interface AddProps { complex: Complex; stale: AnyEndpoint[] }
export function AddTenants(props: AddProps) {
  const t = useText('complexes')
  const [open, setOpen] = useState(false)
  return <><Button onClick={() => setOpen(true)}>{t('add.deed')}</Button><FormDialog open={open} title={t('add.title')} width={680} onCancel={() => setOpen(false)}><Lines {...props} onClose={() => setOpen(false)} /></FormDialog></>
}
function Lines({ complex, stale, onClose }: AddProps & { onClose: () => void }) {
  const t = useText('complexes')
  const { done } = useNotices()
  const [text, setText] = useState('')
  const [tried, tryIt] = useState(false)
  const deed = useDeed(addTenants, { invalidates: stale, onDone: ({ added, changed }) => { done(t('add.done', { added, changed })); onClose() } })
  const lines = readLines(text)
  const faults = lines.flatMap((line) => [
    ...line.missing.map((name) => t('add.missing', { line: line.number, field: t(`tenant.${name}`) })), ...(line.tenant ? tenantCodeIssues(line.tenant.creditCode, '').map((issue) => t('add.fault', { line: line.number, words: wordsOfIssue(issue, t('tenant.code')) })) : []),
  ])
  const send = () => {
    tryIt(true)
    if (!lines.length || faults.length) return
    void deed.run({ params: { id: complex.id }, body: { revision: complex.revision, tenants: lines.map(({ tenant }) => tenant as NewTenant) } })
  }
  return (
    <form className="fg-form" onSubmit={(event) => { event.preventDefault(); send() }}>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      {tried && faults.length ? <Note tone="bad" title={t('add.faults', { count: faults.length })}><ul>{faults.slice(0, 20).map((fault) => <li key={fault}>{fault}</li>)}</ul></Note> : null}
      <Field id="cx-lines" label={t('add.lines')} help={t('add.help')}><Input.TextArea id="cx-lines" className="fg-mono" rows={8} value={text} onChange={(event) => { deed.reset(); setText(event.target.value) }} /></Field>
      <p role="status">{t('add.count', { count: lines.length })}</p>
      <p className="fg-quiet">{t('add.note')}</p>
      <div className="fg-dialog-deeds"><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" htmlType="submit" disabled={!lines.length} loading={deed.running}>{t('add.deed')}</Button></div>
    </form>
  )
}
