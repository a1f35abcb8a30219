// A draft kept saved while it is written: waits for a pause, sends it as it stands, tells of a conflict without losing what was typed.
import { getDraft, listDrafts, saveDraft, type FormDraft } from '@fugong/contract/forms.edit'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../base/api.ts'
import { readKey } from '../../base/query.tsx'

const PAUSE = 900
export type SaveState = 'kept' | 'waiting' | 'saving' | 'failed' | 'conflict'
export interface DocumentView<D> {
  document: D
  change: (next: D) => void
  undo: (() => void) | undefined
  /** The draft as the server has it: revision, faults, hints, what can be done. */
  draft: FormDraft
  state: SaveState
  problem: ApiProblem | null
  /** Saves at once; false when it could not. */
  flush: () => Promise<boolean>
  /** After a conflict: what the other wrote takes the place of what stands here. */
  takeTheirs: () => Promise<void>
  /** After a conflict: what stands here is saved over what the other wrote. */
  keepMine: () => Promise<void>
  accept: (draft: FormDraft) => void
}
export function useDocument<D>(start: FormDraft, read: (body: unknown) => D): DocumentView<D> {
  const client = useQueryClient()
  const [draft, setDraft] = useState(start)
  const [document, setDocument] = useState(() => read(start.body))
  const [state, setState] = useState<SaveState>('kept')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [past, setPast] = useState<D[]>([])
  const own = useRef({ document, sent: document, revision: start.revision, touched: 0 })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const chain = useRef<Promise<boolean>>(Promise.resolve(true))

  const accept = useCallback((next: FormDraft) => {
    own.current.revision = next.revision
    setDraft(next)
    client.setQueryData(readKey(getDraft, { params: { id: next.id } }), next)
    void client.invalidateQueries({ queryKey: [listDrafts.path] })
  }, [client])
  const saveOnce = useCallback(async (): Promise<boolean> => {
    const mine = own.current
    if (mine.document === mine.sent) return true
    const sent = mine.document
    setState('saving')
    try {
      const answer = await call(saveDraft, { params: { id: start.id }, body: { revision: mine.revision, body: sent } })
      mine.sent = sent
      accept(answer)
      setProblem(null)
      setState(mine.document === sent ? 'kept' : 'waiting')
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
      setState(error.code === 'conflict.changed' ? 'conflict' : 'failed')
      return false
    }
  }, [accept, start.id])
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    chain.current = chain.current.then(saveOnce, saveOnce)
    return chain.current
  }, [saveOnce])
  const put = useCallback((next: D) => {
    own.current.document = next
    setDocument(next)
    setState((now) => (now === 'conflict' ? now : 'waiting'))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE)
  }, [flush])
  const change = useCallback((next: D) => {
    // Keys typed in one go are undone in one go.
    const before = own.current.document
    const now = Date.now()
    if (now - own.current.touched > 1000) setPast((all) => [...all.slice(-49), before])
    own.current.touched = now
    put(next)
  }, [put])
  const undo = useCallback(() => setPast((all) => {
    const before = all.at(-1)
    if (before !== undefined) put(before)
    return all.slice(0, -1)
  }), [put])
  const settle = useCallback((theirs: FormDraft, document: D, sent: D) => {
    own.current.revision = theirs.revision
    own.current.sent = sent
    own.current.document = document
    setDocument(document)
    setProblem(null)
    accept(theirs)
  }, [accept])
  const takeTheirs = useCallback(async () => {
    const theirs = await call(getDraft, { params: { id: start.id } })
    const next = read(theirs.body)
    settle(theirs, next, next)
    setState('kept')
    // Dependencies are chosen: the reading of a body does not change
  }, [settle, start.id])
  const keepMine = useCallback(async () => {
    const theirs = await call(getDraft, { params: { id: start.id } })
    settle(theirs, own.current.document, read(theirs.body))
    setState('waiting')
    await flush()
    // Dependencies are chosen: as above
  }, [flush, settle, start.id])

  const unsaved = state !== 'kept'
  useEffect(() => {
    if (!unsaved) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [unsaved])
  useEffect(() => () => { if (timer.current) void flush() }, [flush])
  return { document, change, undo: past.length > 0 ? undo : undefined, draft, state, problem, flush, takeTheirs, keepMine, accept }
}
