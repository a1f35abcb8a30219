// A question answered with files: chosen, uploaded one by one, taken out again.
import { uploadFile, type FileInfo } from '@fugong/contract/files'
import { Button } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { ApiProblem, upload } from './api.ts'
import type { AnyForm } from './form.tsx'
import { bytes } from './format.ts'
import { useText } from './i18n.ts'
import { wordsOf } from './words.ts'
import { Field } from '../ui/Field.tsx'

const TYPES = '.pdf,.jpg,.jpeg,.png,.docx'
interface Props { form: AnyForm; path: string; label: string; most: number; known: readonly FileInfo[]; optional: boolean; help: ReactNode; uploads: boolean }
export function FileQuestion({ form, path, label, most, known, optional, help, uploads }: Props) {
  const t = useText('base')
  const input = useRef<HTMLInputElement>(null)
  const [fresh, setFresh] = useState<FileInfo[]>([])
  const [failure, setFailure] = useState<string>()
  const [going, setGoing] = useState(0)
  const ids = (form.valueAt(path) as string[] | null | undefined) ?? []
  // Several uploads end at different times: each adds itself to what stands then.
  const present = useRef(ids)
  present.current = ids
  const id = form.idAt(path)
  const add = (chosen: File[]) => {
    setFailure(undefined)
    for (const file of chosen.slice(0, most - ids.length)) {
      setGoing((n) => n + 1)
      upload(uploadFile, file, () => undefined).then((info) => {
        setFresh((all) => [...all, info])
        present.current = [...present.current, info.id]
        form.set(path, present.current)
      }, (problem: unknown) => setFailure(`${file.name}: ${problem instanceof ApiProblem ? wordsOf(problem) : t('q.fileFailed')}`)).finally(() => setGoing((n) => n - 1))
    }
    if (chosen.length > most - ids.length) setFailure(t('q.atMost', { max: most }))
  }
  return (
    <Field id={id} label={label} optional={optional} error={form.errorAt(path) ?? failure} help={<>{help}<div>{t('q.fileTypes', { limit: '10 MB', max: most })}</div></>}>
      <input ref={input} className="fg-hidden" type="file" multiple accept={TYPES} tabIndex={-1} aria-hidden="true" onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
      <div className="fg-row"><Button id={id} disabled={!uploads || ids.length >= most} loading={going > 0} onClick={() => input.current?.click()}>{t('q.chooseFile')}</Button><span role="status" className="fg-quiet">{uploads ? '' : t('q.noUpload')}</span></div>
      {ids.length > 0 ? <ul className="fg-plainlist">{ids.map((one) => {
        const file = [...fresh, ...known].find((other) => other.id === one)
        return <li key={one}>{file?.name ?? t('q.fileUnknown')}{file ? <span className="fg-quiet"> {bytes(file.size)}</span> : null} <Button type="link" danger size="small" aria-label={t('q.removeFile', { name: file?.name ?? one })} onClick={() => form.set(path, ids.filter((other) => other !== one))}>{t('q.remove')}</Button></li>
      })}</ul> : null}
    </Field>
  )
}
