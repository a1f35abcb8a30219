// Files as every room shows and takes them: a link for whoever may open one, and sending chosen files one by one.
import { downloadFile, isOpen, uploadFile, type FileInfo } from '@fugong/contract/files'
import { useState } from 'react'
import { addressOf, ApiProblem, upload } from './api.ts'
import { bytes } from './format.ts'
import { useText } from './i18n.ts'
import { wordsOf } from './words.ts'

/** Its name, as a link to it in a new window once it may be opened. */
export function FileLink({ file }: { file: FileInfo }) {
  const t = useText('base')
  return isOpen(file) ? <a href={addressOf(downloadFile, { params: { id: file.id } })} target="_blank" rel="noreferrer">{file.name}<span className="fg-hidden">{t('file.newWindow')}</span></a> : <span>{file.name}</span>
}
export function FileLinks({ files }: { files: readonly FileInfo[] }) {
  return <ul className="fg-files">{files.map((file) => <li key={file.id}><FileLink file={file} /><span className="fg-quiet"> {bytes(file.size)}</span></li>)}</ul>
}

export interface Uploads { files: FileInfo[]; /** How many are on their way. */ going: number; /** The last one that was refused, and why in words. */ failure: { name: string; words: string } | undefined; add: (chosen: readonly File[]) => void; clear: () => void }
/** Files that are sent as soon as they are chosen, each by itself. `otherwise` is told of a failure that has no words. */
export function useUploads(otherwise: string): Uploads {
  const [files, setFiles] = useState<FileInfo[]>([])
  const [going, setGoing] = useState(0)
  const [failure, setFailure] = useState<Uploads['failure']>()
  const add = (chosen: readonly File[]) => {
    setFailure(undefined)
    for (const file of chosen) {
      setGoing((n) => n + 1)
      upload(uploadFile, file, () => undefined)
        .then((info) => setFiles((all) => [...all, info]), (problem: unknown) => setFailure({ name: file.name, words: problem instanceof ApiProblem ? wordsOf(problem) : otherwise }))
        .finally(() => setGoing((n) => n - 1))
    }
  }
  return { files, going, failure, add, clear: () => setFiles([]) }
}
