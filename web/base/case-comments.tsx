// Talk of officials about a case: what was said, and a box to say something, mention colleagues and add files.
import { commentCase, listColleagues } from '@fugong/contract/cases.deeds'
import type { Case } from '@fugong/contract/cases'
import { downloadFile, isOpen } from '@fugong/contract/files'
import { Button, Input } from 'antd'
import { useId } from 'react'
import { addressOf } from './api.ts'
import { staleCases } from './cases.ts'
import { FileQuestion } from './file-question.tsx'
import { missing } from './form-paths.ts'
import { useForm } from './form.tsx'
import { bytes, instant } from './format.ts'
import { pick, useText } from './i18n.ts'
import { useRead } from './query.tsx'
import { useSession } from './session.tsx'
import { Choice } from '../ui/Choice.tsx'
import { FormField, FormSummary } from '../ui/FormField.tsx'
import './cases.css'

const MOST_FILES = 20
export function CaseComments({ of }: { of: Case }) {
  const t = useText('base')
  return (
    <>
      {of.comments.length ? (
        <ol className="fg-case-comments">
          {of.comments.map((comment) => (
            <li key={comment.id}>
              <div className="fg-case-comment-head"><strong>{comment.by.name}</strong><span className="fg-quiet">{[comment.unit ? pick(comment.unit) : '', instant(comment.at)].filter(Boolean).join(' · ')}</span></div>
              <p className="fg-case-comment-text">{comment.text}</p>
              {comment.mentioned.length ? <div className="fg-quiet">{comment.mentioned.map(({ name }) => `@${name}`).join(' ')}</div> : null}
              {comment.files.map((file) => <div key={file.id}>{isOpen(file) ? <a href={addressOf(downloadFile, { params: { id: file.id } })}>{file.name}</a> : file.name} <span className="fg-quiet">{bytes(file.size)}</span></div>)}
            </li>
          ))}
        </ol>
      ) : <p className="fg-quiet">{t('case.noComments')}</p>}
      {of.can.includes('comment') ? <Say of={of} /> : null}
    </>
  )
}
function Say({ of }: { of: Case }) {
  const t = useText('base')
  const { may, session } = useSession()
  const id = useId()
  const people = useRead(listColleagues, { query: { case: of.id } })
  const form = useForm(commentCase, {
    initial: { text: '', mentioned: [] as string[], fileIds: [] as string[] }, labels: { '/text': t('case.commentLabel'), '/mentioned': t('case.mentionLabel'), '/fileIds': t('case.filesLabel') }, check: (values) => missing(values, ['/text']), params: { id: of.id }, invalidates: staleCases,
    onDone: () => form.reset(),
  })
  const options = [...new Map((people.data?.items ?? []).filter((one) => one.id !== session.personId).map((one) => [one.id, { value: one.id, label: one.name }])).values()]
  return (
    <form className="fg-form" noValidate aria-labelledby={id} onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
      <FormSummary form={form} />
      <FormField form={form} path="/text"><Input.TextArea rows={3} maxLength={2000} /></FormField>
      <FormField form={form} path="/mentioned" optional help={t('case.mentionHelp')}><Choice mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} /></FormField>
      {may('file.upload') ? <FileQuestion form={form} path="/fileIds" label={t('case.filesLabel')} most={MOST_FILES} known={[]} optional help={null} uploads /> : null}
      <div><Button id={id} htmlType="submit" loading={form.sending}>{t('case.say')}</Button></div>
    </form>
  )
}
