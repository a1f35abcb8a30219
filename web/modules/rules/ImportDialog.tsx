// Brings in a new version of a table from a file: read here, checked by the server row by row, then left to a second person.
import { listProposals, proposeTable } from '@fugong/contract/rules'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Summary } from '../../ui/Summary.tsx'
import { describeTable, faultsOf, type ReadFile } from './faults.ts'
import { FaultList } from './FaultList.tsx'
import { kindWords, type Version } from './words.ts'

const LIMIT = 2 * 1024 * 1024
/** `kind` is settled when one comes from a version; else it is asked where the table exists for several kinds. */
interface ImportProps { open: boolean; versions: readonly Version[]; kind?: string | undefined; onClose: () => void; onDone: () => void }
export function ImportDialog({ open, onClose, ...rest }: ImportProps) {
  const t = useText('rules')
  return <FormDialog open={open} title={t('importTitle')} width={760} onCancel={onClose}><ImportForm onClose={onClose} {...rest} /></FormDialog>
}

function ImportForm({ versions, kind, onClose, onDone }: Omit<ImportProps, 'open'>) {
  const t = useText('rules')
  const u = useText('ui')
  const { done } = useNotices()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<ReadFile | undefined>()
  const [unreadable, setUnreadable] = useState<string | undefined>()
  const form = useForm(proposeTable, {
    initial: { table: undefined as unknown, kind, note: '' } as { table: unknown; kind: string | undefined; note: string }, labels: { '/table': t('file'), '/kind': t('kindField'), '/note': t('proposeNote') },
    check: (values) => missing(values, ['/note']), invalidates: [listProposals],
  })
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return
    form.set('/table', undefined)
    setFile(undefined)
    if (chosen.size > LIMIT) return setUnreadable(t('fileTooLarge'))
    try {
      const table: unknown = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ''))
      setUnreadable(undefined)
      setFile({ name: chosen.name, table })
      form.set('/table', table)
    } catch (error) {
      setUnreadable(t('fileNotJson', { detail: error instanceof Error ? error.message : '' }))
    }
  }
  const submit = async () => {
    if (!file) {
      setUnreadable((before) => before ?? t('fileMissing'))
      document.getElementById('ru-file')?.focus()
      return
    }
    if (await form.submit() === undefined) return
    done(t('proposed'))
    onDone()
  }
  // Faults of the file stand in a list of their own; the chosen file is what was checked, so a new choice clears them.
  const faulty = form.problem?.code === 'rules.table_faulty'
  const faults = file && faulty && form.problem && form.issues.length > 0 ? faultsOf(form.problem.issues, file.table) : []
  const others = faulty ? [] : form.issues.filter((issue) => !issue.path.startsWith('/table'))
  const title = faults.length > 0 ? t('faults', { count: faults.length }) : others.length > 0 ? t('form.faults', { count: others.length }) : form.refusal
  const code = file ? describeTable(file)?.table : undefined
  const kinds = [...new Set(versions.filter((one) => one.code === code).map((one) => one.emergencyKind).filter((one) => one !== null))]
  const described = file ? describeTable(file) : undefined
  return (
    <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <Summary title={title} attempt={form.attempt} items={[...(faults.length > 0 ? [{ id: 'ru-faults', words: t('faultsList') }] : []), ...others.map(({ id, words }) => ({ id, words }))]} />
      <p>{t('importText')}</p>
      <Field id="ru-file" label={t('file')} help={t('fileHelp')} error={unreadable} group>
        <input ref={input} className="fg-hidden" type="file" tabIndex={-1} aria-hidden="true" accept=".json,application/json" onChange={(event) => { void choose(event.target.files?.[0]); event.target.value = '' }} />
        <div className="fg-row">
          <Button id="ru-file" aria-describedby="ru-file-help" onClick={() => input.current?.click()}>{t('chooseFile')}</Button>
          <span role="status">{file ? described ? t('fileRead', { name: file.name, ...described }) : t('fileOther', { name: file.name }) : null}</span>
        </div>
      </Field>
      {faults.length > 0 ? <FaultList faults={faults} /> : null}
      {kinds.length > 1 || form.errorAt('/kind') ? <FormField form={form} path="/kind"><Choice options={(kinds.length > 1 ? kinds : [...new Set(versions.map((one) => one.emergencyKind))].filter((one) => one !== null)).map((one) => ({ value: one, label: kindWords(t, one) }))} /></FormField> : null}
      <FormField form={form} path="/note" help={t('proposeNoteHelp')}><Input.TextArea rows={3} maxLength={500} /></FormField>
      <div className="fg-dialog-deeds"><Button onClick={onClose}>{u('cancel')}</Button><Button type="primary" htmlType="submit" loading={form.sending}>{t('propose')}</Button></div>
    </form>
  )
}
