// Files of a declaration: chosen or dropped, uploaded with progress, kept with what was already there.
import { uploadFile, type FileInfo } from '@fugong/contract/files'
import { Button } from 'antd'
import { useRef, useState, type DragEvent } from 'react'
import { ApiProblem, upload } from '../../base/api.ts'
import type { AnyForm } from '../../base/form.tsx'
import { bytes } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'

const LIMIT = 10 * 1024 * 1024
const MOST = 20
const TYPES = '.pdf,.jpg,.jpeg,.png,.docx'
interface Going { key: number; name: string; size: number; share: number; failure?: string }

export function DeclareFiles({ form, known, gap }: { form: AnyForm; known: FileInfo[]; gap: string | undefined }) {
  const t = useText('declarations')
  const input = useRef<HTMLInputElement>(null)
  const counter = useRef(0)
  const [fresh, setFresh] = useState<FileInfo[]>([])
  const [going, setGoing] = useState<Going[]>([])
  const [said, say] = useState('')
  const ids = (form.valueAt('/fileIds') as string[] | undefined) ?? []
  // Several uploads end at different times: each adds itself to what stands then, not to what stood when it began.
  const present = useRef(ids)
  present.current = ids
  const files = ids.map((id) => [...fresh, ...known].find((file) => file.id === id)).filter((file): file is FileInfo => file !== undefined)
  const id = form.idAt('/fileIds')
  const error = form.errorAt('/fileIds')

  const add = (chosen: File[]) => chosen.forEach((file, i) => {
    const key = ++counter.current
    const failed = (failure: string) => { setGoing((all) => [...all.filter((other) => other.key !== key), { key, name: file.name, size: file.size, share: 0, failure }]); say(`${file.name}: ${failure}`) }
    if (ids.length + i >= MOST) return failed(t('files.tooMany', { most: MOST }))
    if (file.size > LIMIT) return failed(t('files.tooLarge', { size: bytes(file.size), limit: bytes(LIMIT) }))
    setGoing((all) => [...all, { key, name: file.name, size: file.size, share: 0 }])
    upload(uploadFile, file, (share) => setGoing((all) => all.map((other) => (other.key === key ? { ...other, share } : other)))).then((info) => {
      setFresh((all) => [...all, info])
      setGoing((all) => all.filter((other) => other.key !== key))
      present.current = [...present.current, info.id]
      form.set('/fileIds', present.current)
      say(t('files.added', { name: file.name }))
    }, (problem: unknown) => failed(problem instanceof ApiProblem ? wordsOf(problem) : t('files.failed')))
  })
  const drop = (event: DragEvent) => { event.preventDefault(); add([...event.dataTransfer.files]) }
  return (
    <Field id={id} label={t('field.files')} error={error} help={<><div>{t('files.what')}</div><div>{t('files.limit', { limit: bytes(LIMIT), most: MOST })}</div>{gap ? <div className="fg-decl-gap">{t('gap.told', { text: gap })}</div> : null}</>}>
      <div className="fg-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <input ref={input} id={id} className="fg-hidden" type="file" multiple accept={TYPES} tabIndex={-1} aria-describedby={`${id}-help`} onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
        <Button onClick={() => input.current?.click()}>{t('files.choose')}</Button>
        <span className="fg-quiet fg-drop-words">{t('files.drop')}</span>
      </div>
      <div className="fg-hidden" role="status">{said}</div>
      {files.length + going.length > 0 ? (
        <ul className="fg-files fg-files-edit">
          {files.map((file) => <li key={file.id}><span>{file.name} <span className="fg-quiet">{bytes(file.size)}{file.state === 'clean' ? '' : ` · ${t(`files.state.${file.state}`)}`}</span></span><Button type="link" danger aria-label={t('files.removeNamed', { name: file.name })} onClick={() => form.set('/fileIds', ids.filter((other) => other !== file.id))}>{t('files.remove')}</Button></li>)}
          {going.map((item) => <li key={item.key}><span>{item.name} <span className="fg-quiet">{bytes(item.size)}</span>{item.failure ? <span className="fg-field-error"> {item.failure}</span> : null}</span>{item.failure ? <Button type="link" onClick={() => setGoing((all) => all.filter((other) => other.key !== item.key))}>{t('files.dismiss')}</Button> : <progress max={1} value={item.share} aria-label={t('files.going', { name: item.name })} />}</li>)}
        </ul>
      ) : null}
    </Field>
  )
}
