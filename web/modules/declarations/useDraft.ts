// Keeps a declaration saved while it is being written: waits for a pause, sends what is right, never loses what was typed.
import { getDeclaration, saveDeclaration, type Declaration } from '@fugong/contract/declarations'
import type { Issue } from '@fugong/contract/base'
import type { Form } from '@fugong/contract/forms'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../base/api.ts'
import { arrangeIssues, controlId, labelOf, valueAt, withValueAt, withoutPath } from '../../base/form-paths.ts'
import type { AnyForm } from '../../base/form.tsx'
import { readKey } from '../../base/query.tsx'
import { wordsOfIssue } from '../../base/words.ts'
import { quoted } from './useForms.ts'
import { draftOf, knownFor, mergeDrafts, savable, type Draft } from './draft.ts'

const PAUSE = 900
export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict'
export interface DraftView {
  /** For the bound controls of ui/FormField. */
  form: AnyForm
  draft: Draft
  revision: () => number
  state: SaveState
  savedAt: number | null
  problem: ApiProblem | null
  /** Saves at once what can be saved; false when it could not. */
  flush: () => Promise<boolean>
  /** After a conflict: the current state from the server with my own changes laid over it, then saved. */
  takeLatest: () => Promise<void>
  accept: (declaration: Declaration) => void
}

export function useDraft(start: Declaration, plan: Form, labels: Record<string, string>): DraftView {
  const client = useQueryClient()
  const [draft, setDraft] = useState(() => draftOf(start))
  const [state, setState] = useState<SaveState>('clean')
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [found, setFound] = useState<Issue[]>([])
  const [attempt, setAttempt] = useState(0)
  const own = useRef({ draft, base: draft, revision: start.revision, refused: new Map<string, string>(), sent: JSON.stringify(savable(draft, plan, [], knownFor(start, draft))), conflict: false })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const chain = useRef<Promise<boolean>>(Promise.resolve(true))
  const input = { params: { id: start.id } }

  const accept = useCallback((declaration: Declaration) => {
    own.current.revision = declaration.revision
    client.setQueryData(readKey(getDeclaration, { params: { id: declaration.id } }), declaration)
  }, [client])

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const mine = own.current
    if (mine.conflict) return false
    const refused = [...mine.refused].filter(([path, value]) => JSON.stringify(valueAt(mine.draft, path)) === value).map(([path]) => path)
    const body = savable(mine.draft, plan, refused, knownFor(start, mine.draft))
    const text = JSON.stringify(body)
    if (text === mine.sent) { setState((now) => (now === 'waiting' ? 'saved' : now)); return true }
    setState('saving')
    const sentDraft = mine.draft
    try {
      const answer = await call(saveDeclaration, { ...input, body: { revision: mine.revision, ...body } })
      mine.base = sentDraft
      mine.sent = text
      accept(answer)
      setProblem(null)
      setSavedAt(Date.now())
      setState(mine.draft === sentDraft ? 'saved' : 'waiting')
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const paths = error.code === 'validation.failed' ? error.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/fileIds.*/, '/fileIds') })) : []
      const fresh = paths.filter(({ path }) => !refused.includes(path) && labelOf(labels, path) !== undefined)
      if (fresh.length > 0) {
        for (const { path } of fresh) mine.refused.set(path, JSON.stringify(valueAt(mine.draft, path)))
        setFound((before) => [...before, ...fresh])
        return saveOnce()
      }
      mine.conflict = error.code === 'conflict.changed'
      setProblem(error)
      setState(mine.conflict ? 'conflict' : 'failed')
      return false
    }
    // Dependencies are chosen: the declaration and its form stay the same while it is written
  }, [accept, plan])
  const flush = useCallback(() => {
    clearTimeout(timer.current)
    chain.current = chain.current.then(saveOnce, saveOnce)
    return chain.current
  }, [saveOnce])

  const put = useCallback((next: Draft) => {
    own.current.draft = next
    setDraft(next)
    setState((now) => (now === 'conflict' ? now : 'waiting'))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE)
  }, [flush])
  const takeLatest = useCallback(async () => {
    const mine = own.current
    const theirs = await call(getDeclaration, input)
    accept(theirs)
    const next = mergeDrafts(mine.base, mine.draft, draftOf(theirs))
    mine.base = draftOf(theirs)
    mine.sent = JSON.stringify(savable(mine.base, plan, [], knownFor(start, mine.base)))
    mine.conflict = false
    setProblem(null)
    setState('waiting')
    put(next)
    // Dependencies are chosen: as above
  }, [accept, plan, put])

  const unsaved = state === 'waiting' || state === 'saving' || state === 'failed' || state === 'conflict'
  useEffect(() => {
    if (!unsaved) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [unsaved])
  // Leaving the page inside the application saves what is still waiting.
  useEffect(() => () => { if (timer.current) void flush() }, [flush])

  const issues = arrangeIssues(found, labels).map((issue) => {
    const label = labelOf(labels, issue.path)
    return { ...issue, label, id: controlId('d', issue.path), words: wordsOfIssue(issue, quoted(issue.path, label)) }
  })
  const form: AnyForm = {
    values: draft, issues, attempt, dirty: unsaved, sending: false, problem: null, refusal: undefined,
    set: (path, value) => { setFound((before) => withoutPath(before, path)); put(withValueAt(own.current.draft, path, value)) },
    replace: put, reset: () => undefined, submit: async () => undefined,
    valueAt: (path) => valueAt(draft, path), labelAt: (path) => labelOf(labels, path), idAt: (path) => controlId('d', path),
    errorAt: (path) => issues.find((issue) => issue.path === path)?.words,
    show: (told) => { setFound(told); if (told.length > 0) setAttempt((n) => n + 1); return told.length === 0 },
  }
  return { form, draft, state, savedAt, problem, flush, takeLatest, accept, revision: () => own.current.revision }
}
