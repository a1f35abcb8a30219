// A draft on the screen: what is typed is kept at once, undone and redone, saved a moment later, and a conflict is told without losing it.
import { getDraft, listDrafts, saveDraft, type Draft, type DraftTable } from '@fugong/contract/rules.editing'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { ApiProblem, call } from '../../base/api.ts'
import { begin, redo, step, undo, type History } from './editor.ts'

/** `lost` waits for the network; `refused` for the person: somebody else saved or took the draft over. */
export type Saving = { state: 'saved'; at: string } | { state: 'waiting' | 'saving' | 'lost' } | { state: 'refused'; problem: ApiProblem }
type Deed = { do: 'step'; change: (table: DraftTable) => DraftTable; mark?: string | undefined } | { do: 'undo' } | { do: 'redo' } | { do: 'load'; table: DraftTable }
function reduce(history: History, deed: Deed): History {
  switch (deed.do) {
    case 'step': return step(history, deed.change(history.present), deed.mark)
    case 'undo': return undo(history)
    case 'redo': return redo(history)
    // What was typed stays one step back.
    case 'load': return step(history, deed.table)
  }
}
const PAUSE_MS = 900
const RETRY_MS = 5000

export function useDraft(first: Draft) {
  const client = useQueryClient()
  const [history, deed] = useReducer(reduce, first.table, begin)
  const [draft, setDraft] = useState(first)
  const [saving, setSaving] = useState<Saving>({ state: 'saved', at: first.savedAt })
  const editable = draft.can.includes('edit')
  const now = useRef({ table: history.present, revision: first.revision, saved: first.table, running: undefined as Promise<boolean> | undefined, editable })
  now.current.table = history.present
  now.current.editable = editable

  /** Saves what is not saved yet; true when everything is. */
  const flush = useCallback(async (): Promise<boolean> => {
    const at = now.current
    if (at.running) await at.running
    if (at.table === at.saved) return true
    if (!at.editable) return false
    const table = at.table
    at.running = (async () => {
      setSaving({ state: 'saving' })
      try {
        const answer = await call(saveDraft, { params: { id: first.id }, body: { revision: at.revision, table } })
        Object.assign(at, { revision: answer.revision, saved: table })
        setDraft((before) => ({ ...before, revision: answer.revision, savedAt: answer.savedAt }))
        setSaving(at.table === table ? { state: 'saved', at: answer.savedAt } : { state: 'waiting' })
        return true
      } catch (error) {
        const problem = error instanceof ApiProblem ? error : undefined
        if (!problem) throw error
        setSaving(problem.status === 0 || problem.status >= 500 ? { state: 'lost' } : { state: 'refused', problem })
        return false
      } finally {
        at.running = undefined
      }
    })()
    const done = await at.running
    return done && at.table === at.saved
  }, [first.id])

  const refused = saving.state === 'refused'
  const lost = saving.state === 'lost'
  useEffect(() => {
    if (history.present === now.current.saved || !editable || refused) return
    if (!lost) setSaving((before) => (before.state === 'saving' ? before : { state: 'waiting' }))
    const timer = setTimeout(() => void flush(), lost ? RETRY_MS : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [history.present, editable, refused, lost, flush])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => { if (now.current.table !== now.current.saved && now.current.editable) event.preventDefault() }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      // Leaving for another page of the console saves what the last moment brought.
      void flush()
      client.removeQueries({ queryKey: [getDraft.path] })
      void client.invalidateQueries({ queryKey: [listDrafts.path] })
    }
  }, [flush, client])

  /** Takes a newer state of the draft in; `keep` goes on with what is typed here, over what came in between. */
  const accept = useCallback((fresh: Draft, keep: boolean) => {
    Object.assign(now.current, { revision: fresh.revision, saved: fresh.table })
    setDraft(fresh)
    if (!keep) deed({ do: 'load', table: fresh.table })
    setSaving({ state: keep ? 'waiting' : 'saved', at: fresh.savedAt })
  }, [])
  const change = useCallback((make: (table: DraftTable) => DraftTable, mark?: string) => { if (now.current.editable) deed({ do: 'step', change: make, mark }) }, [])
  return {
    draft, table: history.present, saving, editable, change, flush, accept,
    undo: history.past.length && editable ? () => deed({ do: 'undo' }) : undefined,
    redo: history.future.length && editable ? () => deed({ do: 'redo' }) : undefined,
  }
}
export type DraftView = ReturnType<typeof useDraft>
