// Who is signed in and what they may do, for every screen; asked once and again whenever the window comes back.
import { getSession, signOut as signOutEndpoint, stopSeeingAs, type Session } from '@fugong/contract/identity'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { call } from './api.ts'
import { onSessionLost, readKey, useRead } from './query.tsx'

export interface SessionView {
  session: Session
  /** Whether the verb is among those of the session. The server decides again on every call. */
  may: (verb: string) => boolean
  refresh: () => Promise<void>
  /** Puts an answer that already is the new session in place (choosing an emergency, seeing as). */
  accept: (session: Session) => void
  signOut: () => Promise<void>
  stopSeeingAs: () => Promise<void>
}
const Context = createContext<SessionView | undefined>(undefined)

/** `waiting` shows until the first answer, `failed` when there is none. */
export function SessionProvider({ children, waiting, failed }: { children: ReactNode; waiting: ReactNode; failed: (error: unknown, retry: () => void) => ReactNode }) {
  const client = useQueryClient()
  const read = useRead(getSession, {}, { staleTime: 30_000, every: 5 * 60_000 })
  const accept = useCallback((session: Session) => client.setQueryData(readKey(getSession), session), [client])
  const refresh = useCallback(async () => { await client.invalidateQueries({ queryKey: [getSession.path] }) }, [client])
  useEffect(() => onSessionLost(() => void refresh()), [refresh])

  const session = read.data
  const value = useMemo<SessionView | undefined>(() => session && {
    session, accept, refresh,
    may: (verb) => session.verbs.includes(verb),
    signOut: async () => {
      await call(signOutEndpoint)
      // A full load leaves nothing of the former person's answers in memory.
      location.assign('/')
    },
    stopSeeingAs: async () => {
      const own = await call(stopSeeingAs)
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== getSession.path })
      accept(own)
      await client.invalidateQueries()
    },
  }, [session, accept, refresh, client])
  if (value) return <Context.Provider value={value}>{children}</Context.Provider>
  return read.error ? failed(read.error, () => void read.refetch()) : waiting
}

export function useSession(): SessionView {
  const view = useContext(Context)
  if (!view) throw new Error('useSession outside of SessionProvider')
  return view
}

/** Where to sign in, coming back to the present page. */
export function signInAddress(next = location.pathname + location.search): string {
  return `/sign-in?next=${encodeURIComponent(next)}`
}
