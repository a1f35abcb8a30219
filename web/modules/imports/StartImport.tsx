// Step 1: what is to be imported, its template, and the file, chosen or dropped, with the progress of its upload.
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { IMPORT_LIMIT, downloadImportTemplate, uploadImport, type ImportTargetInfo } from '@fugong/contract/imports'
import { Button } from 'antd'
import { useId, useRef, useState, type DragEvent } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { ApiProblem, addressOf, upload } from '../../base/api.ts'
import { bytes } from '../../base/format.ts'
import { useLanguage, usePick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { useRoot } from './root.ts'

export function StartImport({ targets }: { targets: ImportTargetInfo[] }) {
  const t = useText('imports')
  const pick = usePick()
  const language = useLanguage()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | undefined>(undefined)
  const id = useId().replace(/[^A-Za-z0-9]/g, '')
  const [asked] = useSearchParams()
  const root = useRoot()
  // In the portal one imports what is a firm's, elsewhere what is an office's.
  const offered = targets.filter((one) => one.forFirm === root.startsWith('/portal'))
  const [code, setCode] = useState(offered.find((one) => one.code === asked.get('target'))?.code ?? offered[0]?.code)
  const firms = useRead(listMyEnterprises, {}, { enabled: offered.some((one) => one.forFirm) }).data?.items ?? []
  const [chosen, choose] = useState(asked.get('enterprise') ?? '')
  const firm = firms.find((one) => one.id === chosen) ?? (firms.length === 1 ? firms[0] : undefined)
  const [going, setGoing] = useState<{ name: string; share: number } | undefined>()
  const [failure, setFailure] = useState<string | undefined>()
  const [over, setOver] = useState(false)
  const target = offered.find((one) => one.code === code)
  if (!target) return <p className="fg-quiet">{t('start.none')}</p>

  const send = (file: File | undefined) => {
    if (!file || going) return
    setFailure(undefined)
    if (target.forFirm && !firm) return setFailure(t('start.chooseFirm'))
    if (file.size > IMPORT_LIMIT) return setFailure(t('start.tooLarge', { size: bytes(file.size), limit: bytes(IMPORT_LIMIT) }))
    if (file.size === 0) return setFailure(t('start.emptyFile'))
    setGoing({ name: file.name, share: 0 })
    stop.current = new AbortController()
    upload(uploadImport, file, (share) => setGoing({ name: file.name, share }), { signal: stop.current.signal }, { query: { target: target.code, ...(target.forFirm && firm ? { enterprise: firm.id } : {}) } }).then(
      (begun) => void navigate(`${root}/${begun.id}`),
      (problem: unknown) => { setGoing(undefined); if (problem instanceof ApiProblem) setFailure(wordsOf(problem)) },
    )
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files[0])
  }
  const template = (format: 'xlsx' | 'csv') => addressOf(downloadImportTemplate, { params: { code: target.code }, query: { format, language } })
  return (
    <div className="fg-stack">
      {target.forFirm && firms.length > 1 ? <div className="im-target"><label htmlFor={`${id}-firm`}>{t('start.firm')}</label><Choice id={`${id}-firm`} {...(firm ? { value: firm.id } : {})} onChange={(value: string) => choose(value)} options={firms.map((one) => ({ value: one.id, label: one.name }))} /></div> : target.forFirm && firm ? <p>{t('start.for', { firm: firm.name })}</p> : null}
      {offered.length > 1 ? <div className="im-target"><label htmlFor={id}>{t('start.target')}</label><Choice id={id} value={code} onChange={(value: string) => setCode(value)} options={offered.map((one) => ({ value: one.code, label: pick(one.name) }))} /></div> : <p>{t('start.into', { target: pick(target.name) })}</p>}
      <p className="im-template"><span>{t('start.template')}</span><a href={template('xlsx')} download>{t('start.templateXlsx')}</a><a href={template('csv')} download>{t('start.templateCsv')}</a></p>
      <div className={over ? 'im-drop im-drop-over' : 'im-drop'} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <input ref={input} className="fg-hidden" type="file" tabIndex={-1} aria-label={t('start.choose')} accept=".xlsx,.csv,.txt,.tsv" onChange={(event) => { send(event.target.files?.[0]); event.target.value = '' }} />
        {going ? (
          <>
            <progress className="im-bar" max={1} value={going.share} aria-label={t('start.uploading', { name: going.name })} />
            <span role="status">{going.share < 1 ? t('start.uploadingShare', { name: going.name, share: Math.floor(going.share * 100) }) : t('start.arriving')}</span>
            <Button onClick={() => stop.current?.abort()}>{t('start.stop')}</Button>
          </>
        ) : (
          <>
            <Button type="primary" onClick={() => input.current?.click()}>{t('start.choose')}</Button>
            <span className="fg-quiet">{t('start.drop')}</span>
            <span className="fg-quiet">{t('start.limits', { limit: bytes(IMPORT_LIMIT) })}</span>
          </>
        )}
      </div>
      {failure ? <div className="fg-error" role="alert"><p>{failure}</p></div> : null}
    </div>
  )
}
