// A form over an endpoint: values, faults by field in one set of words, one deed at the end (its parts are in ui/FormField).
import type { AnyEndpoint, Issue, Returns } from '@fugong/contract/base'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { type ApiProblem, type CallInput, type Part } from './api.ts'
import { arrangeIssues, controlId, labelOf, valueAt, withValueAt, withoutPath } from './form-paths.ts'
import { useLanguage } from './i18n.ts'
import { useDeed, type DeedOptions } from './query.tsx'
import { wordsOf, wordsOfIssue } from './words.ts'

export interface FormSetup<E extends AnyEndpoint, V> extends DeedOptions<E> {
  initial: V
  /** What each field is called, by JSON pointer in the body, in the order of the page; `*` for a position in a list. */
  labels: Record<string, string>
  /** The body that the values make; the values themselves when left out. */
  body?: (values: V) => Part<E, 'body'>
  params?: Part<E, 'params'>
  /** Faults that only this page can see, with the contract's codes. */
  check?: (values: V) => Issue[]
}
export interface FormIssue extends Issue { id: string; label: string | undefined; words: string }
export interface FormView<E extends AnyEndpoint, V> {
  values: V
  set: (path: string, value: unknown) => void
  replace: (values: V) => void
  valueAt: (path: string) => unknown
  labelAt: (path: string) => string | undefined
  idAt: (path: string) => string
  errorAt: (path: string) => string | undefined
  issues: FormIssue[]
  /** A refusal that belongs to no field, in words. */
  refusal: string | undefined
  problem: ApiProblem | null
  sending: boolean
  dirty: boolean
  submit: () => Promise<Returns<E> | undefined>
  /** Tells faults that the page itself found (one page of several, say); true when there are none. */
  show: (issues: Issue[]) => boolean
  reset: () => void
  /** Grows with every attempt that failed, so that the summary takes the focus again. */
  attempt: number
}

export function useForm<E extends AnyEndpoint, V extends object>(endpoint: E, setup: FormSetup<E, V>): FormView<E, V> {
  useLanguage()
  const name = useId().replace(/[^A-Za-z0-9]/g, '')
  const [values, setValues] = useState(setup.initial)
  const [found, setFound] = useState<Issue[]>([])
  const [attempt, setAttempt] = useState(0)
  const [dirty, setDirty] = useState(false)
  const deed = useDeed(endpoint, setup)
  const problem = deed.problem
  const latest = useRef({ setup, values })
  latest.current = { setup, values }

  const set = useCallback((path: string, value: unknown) => {
    latest.current.values = withValueAt(latest.current.values, path, value)
    setValues(latest.current.values)
    setDirty(true)
    setFound((issues) => withoutPath(issues, path))
  }, [])

  const submit = async () => {
    const { setup: now, values: present } = latest.current
    const body = (now.body ? now.body(present) : present) as Part<E, 'body'>
    const faults = [...(now.check?.(present) ?? []), ...ownCheck(endpoint, body)]
    if (faults.length > 0) {
      deed.reset()
      setFound(faults)
      setAttempt((n) => n + 1)
      return undefined
    }
    setFound([])
    const answer = await deed.run({ body, params: now.params } as CallInput<E>)
    if (answer !== undefined) setDirty(false)
    return answer
  }
  useEffect(() => {
    if (!problem) return
    setFound(problem.issues)
    setAttempt((n) => n + 1)
  }, [problem])

  const issues = arrangeIssues(found, setup.labels).map((issue) => {
    const label = labelOf(setup.labels, issue.path)
    return { ...issue, label, id: controlId(name, issue.path), words: wordsOfIssue(issue, label) }
  })
  return {
    values, set, issues, problem, dirty, submit, attempt,
    replace: (next) => { setValues(next); setFound([]); setDirty(false) },
    valueAt: (path) => valueAt(values, path),
    labelAt: (path) => labelOf(setup.labels, path),
    idAt: (path) => controlId(name, path),
    errorAt: (path) => issues.find((issue) => issue.path === path)?.words,
    refusal: problem && problem.issues.length === 0 ? wordsOf(problem) : undefined,
    sending: deed.running,
    show: (told) => {
      setFound(told)
      if (told.length > 0) setAttempt((n) => n + 1)
      return told.length === 0
    },
    reset: () => { setValues(setup.initial); setFound([]); setDirty(false); deed.reset() },
  }
}

/** The contract's own check asks for a whole body; an unfinished one is left to the server, which lists every fault. */
function ownCheck<E extends AnyEndpoint>(endpoint: E, body: unknown): Issue[] {
  try {
    return endpoint.check?.(body as never) ?? []
  } catch {
    return []
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parts of a form work for any endpoint
export type AnyForm = FormView<any, any>
