// XLSForm in and out: a button that saves the file and says what it could not hold, and a dialog that reads one into a draft.
import type { Issue } from '@fugong/contract/base'
import { listDrafts, openDraft, readXlsform, type exportDraft, type exportVersion } from '@fugong/contract/forms.edit'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { AreaPicker } from '../../base/area-picker.tsx'
import { ApiProblem, call, upload } from '../../base/api.ts'
import { useForm } from '../../base/form.tsx'
import { missing } from '../../base/form-paths.ts'
import { useText } from '../../base/i18n.ts'
import { wordsOf, wordsOfIssue } from '../../base/words.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Note } from '../../ui/parts.tsx'
import { saveFile } from './words.ts'

export function Told({ told, title }: { told: readonly Issue[]; title: string }) {
  return <Note tone="warn" title={title}><ul className="fm-told-list">{told.map((issue, at) => <li key={at}><span className="fg-mono fg-quiet">{issue.path}</span> {wordsOfIssue(issue, undefined)}</li>)}</ul></Note>
}

export function ExportButton({ endpoint, id }: { endpoint: typeof exportVersion | typeof exportDraft; id: string }) {
  const t = useText('forms')
  const { refused } = useNotices()
  const [told, tell] = useState<Issue[]>([])
  const run = async () => {
    try {
      const answer = await call(endpoint, { params: { id } })
      saveFile(answer.name, answer.content)
      tell(answer.told)
    } catch (error) {
      refused(error)
    }
  }
  return <><Button onClick={() => void run()}>{t('exportXlsform')}</Button><FormDialog open={told.length > 0} title={t('exported')} width={640} onCancel={() => tell([])}><Told told={told} title={t('exportedTold', { count: told.length })} /></FormDialog></>
}

export function ImportXlsform({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText('forms')
  return <FormDialog open={open} title={t('importXlsform')} width={680} onCancel={onClose}><ImportForm onClose={onClose} /></FormDialog>
}
interface Taken { name: string; body: Record<string, unknown>; told: Issue[]; questions: number }
function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useText('forms')
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [taken, take] = useState<Taken | undefined>()
  const [failure, fail] = useState<string | undefined>()
  const form = useForm(openDraft, {
    initial: { code: '', areaCode: undefined as string | undefined }, labels: { '/code': t('code'), '/areaCode': t('area') }, invalidates: [listDrafts],
    body: ({ code, areaCode }) => ({ what: 'form' as const, code, kind: null, ...(areaCode ? { areaCode } : {}), body: taken?.body }),
    check: (values) => (taken ? missing(values, ['/code', '/areaCode']) : [{ path: '/code', code: 'issue.required' }]), onDone: (draft) => void navigate(`/console/forms/drafts/${draft.id}`),
  })
  const choose = async (file: File | undefined) => {
    if (!file) return
    take(undefined)
    fail(undefined)
    try {
      const answer = await upload(readXlsform as never, file, () => undefined) as unknown as { body: Record<string, unknown>; told: Issue[] }
      const pages = Array.isArray(answer.body['pages']) ? (answer.body['pages'] as { fields: unknown[] }[]) : []
      take({ name: file.name, ...answer, questions: pages.reduce((sum, page) => sum + page.fields.length, 0) })
      if (typeof answer.body['code'] === 'string' && /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/.test(answer.body['code'])) form.set('/code', answer.body['code'])
    } catch (error) {
      fail(error instanceof ApiProblem ? wordsOf(error) : t('readFailed'))
    }
  }
  return (
    <DialogForm form={form} deed={t('begin')} onCancel={onClose} onDone={onClose}>
      <p>{t('importText')}</p>
      <input ref={input} className="fg-hidden" type="file" accept=".xlsx" tabIndex={-1} aria-hidden="true" onChange={(event) => { void choose(event.target.files?.[0]); event.target.value = '' }} />
      <div className="fg-row"><Button onClick={() => input.current?.click()}>{t('chooseFile')}</Button><span role="status">{taken ? t('fileRead', { name: taken.name, count: taken.questions }) : null}</span></div>
      {failure ? <div className="fg-error" role="alert"><p>{failure}</p></div> : null}
      {taken && taken.told.length > 0 ? <Told told={taken.told} title={t('importedTold', { count: taken.told.length })} /> : null}
      {taken ? <><FormField form={form} path="/code" help={t('newFormCode')}><Input className="fg-mono" maxLength={80} /></FormField><FormField form={form} path="/areaCode"><AreaPicker /></FormField></> : null}
    </DialogForm>
  )
}
