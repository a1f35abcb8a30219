// Reads and deeds of the screens: cached answers, honest retries, and which answers a deed makes stale.
import type { AnyEndpoint, Returns } from '@fugong/contract/base'
import { QueryCache, QueryClient, QueryClientProvider, keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { ApiProblem, call, newKey, type CallInput } from './api.ts'
import { keepAt, keptAt } from './returning.ts'

const sessionLost = new Set<() => void>()
/** Hears of the moment when the server says that nobody is signed in any more. */
export function onSessionLost(listener: () => void): () => void {
  sessionLost.add(listener)
  return () => void sessionLost.delete(listener)
}
function hearProblem(error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'session.required') for (const listener of sessionLost) listener()
}

/** Only what time may cure is tried again; a refusal is told at once. */
export function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: hearProblem }),
    defaultOptions: {
      queries: { retry: worthRetrying, retryDelay: (tries) => 800 * 2 ** tries, staleTime: 15_000, gcTime: 5 * 60_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
export function QueryProvider({ client, children }: { client: QueryClient; children: ReactNode }) {
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

export const readKey = (endpoint: AnyEndpoint, input: CallInput<AnyEndpoint> = {}) => [endpoint.path, input.params ?? {}, input.query ?? {}] as const

export interface ReadOptions {
  /** False while what the question needs is not known yet. */
  enabled?: boolean
  /** Asks again every so many milliseconds while the page is seen. */
  every?: number
  staleTime?: number
  /** Shows the former answer while the next one (another page, another filter) is on its way. */
  keepPrevious?: boolean
}
/** Reads an endpoint; `data`, `error` (an ApiProblem), `isPending`, `refetch`. */
export function useRead<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}, options: ReadOptions = {}): UseQueryResult<Returns<E>, ApiProblem> {
  return useQuery<Returns<E>, ApiProblem>({
    queryKey: readKey(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

type Page = { items: unknown[]; next: string | null; total: number; totalIsMore: boolean }
export type Row<E extends AnyEndpoint> = Returns<E> extends { items: (infer T)[] } ? T : never
interface Turned { signature: string; cursors: string[] }
/** A list in pages by cursor, ready for `<DataTable list={…}>`; new filters begin at its first page. */
export interface PagedList<T> {
  rows: T[]
  total: number | undefined
  totalIsMore: boolean
  page: number
  pending: boolean
  /** An answer is being replaced by the next one. */
  turning: boolean
  error: ApiProblem | null
  next: (() => void) | undefined
  previous: (() => void) | undefined
  retry: () => void
}
export function usePaged<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}, options: ReadOptions = {}): PagedList<Row<E>> {
  const signature = JSON.stringify([input.params, input.query])
  // Whoever comes back along the history finds the page of the list that was left.
  const entry = `${useLocation().key} ${endpoint.path}`
  const [turned, setTurned] = useState<Turned>(() => keptAt<Turned>(entry) ?? { signature, cursors: [] })
  const turn = (next: Turned) => { keepAt(entry, next); setTurned(next) }
  const cursors = turned.signature === signature ? turned.cursors : []
  const cursor = cursors.at(-1)
  const query = { ...(input.query as object), ...(cursor === undefined ? {} : { cursor }) }
  const read = useRead(endpoint, { ...input, query } as CallInput<E>, { keepPrevious: true, ...options })
  const answer = read.data as Page | undefined
  const next = answer?.next
  return {
    rows: (answer?.items ?? []) as Row<E>[], total: answer?.total, totalIsMore: answer?.totalIsMore ?? false, page: cursors.length + 1,
    pending: read.isPending, turning: read.isPlaceholderData, error: answer === undefined ? read.error : null,
    next: next ? () => turn({ signature, cursors: [...cursors, next] }) : undefined,
    previous: cursors.length > 0 ? () => turn({ signature, cursors: cursors.slice(0, -1) }) : undefined,
    retry: () => void read.refetch(),
  }
}

export interface DeedOptions<E extends AnyEndpoint> {
  /** Endpoints whose answers this deed changes; they are asked again where they are shown. */
  invalidates?: AnyEndpoint[]
  onDone?: (answer: Returns<E>) => void
  onProblem?: (problem: ApiProblem) => void
}
export interface Deed<E extends AnyEndpoint> {
  /** Does it; the promise gives the answer, or undefined when it failed (see `problem`). */
  run: (input?: CallInput<E>) => Promise<Returns<E> | undefined>
  running: boolean
  problem: ApiProblem | null
  reset: () => void
}
/** A deed. Trying the same thing again after a lost answer carries the same key, so that it is done once. */
export function useDeed<E extends AnyEndpoint>(endpoint: E, options: DeedOptions<E> = {}): Deed<E> {
  const client = useQueryClient()
  const intent = useRef<{ signature: string; key: string } | undefined>(undefined)
  const mutation = useMutation<Returns<E>, ApiProblem, CallInput<E>>({
    mutationFn: (input) => {
      const signature = JSON.stringify(input)
      if (intent.current?.signature !== signature) intent.current = { signature, key: newKey() }
      return call(endpoint, input, { key: intent.current.key })
    },
    onSuccess: async () => {
      intent.current = undefined
      await Promise.all((options.invalidates ?? []).map((stale) => client.invalidateQueries({ queryKey: [stale.path] })))
    },
    onError: (problem) => {
      // A refusal was an answer: the next try is a new intent. Only silence leaves the old one open.
      if (problem.status !== 0 && problem.status < 502) intent.current = undefined
      hearProblem(problem)
    },
  })
  const { mutateAsync, reset } = mutation
  return useMemo(() => ({
    run: async (input: CallInput<E> = {}) => {
      try {
        const answer = await mutateAsync(input)
        options.onDone?.(answer)
        return answer
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        options.onProblem?.(error)
        return undefined
      }
    },
    running: mutation.isPending, problem: mutation.error, reset,
  }), [mutateAsync, mutation.isPending, mutation.error, reset, options])
}
