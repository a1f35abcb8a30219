// The way from something that was decided to the version of the table, and the row, that decided it; one place knows their addresses.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useEmergency } from './emergency.tsx'
import { useSession } from './session.tsx'

/** Kinds of emergency count their versions apart; without a kind the page shows the table of the emergency one works in. */
export function addressOfVersion(code: string, version: number, kind: string | null | undefined, row?: string): string {
  return `/console/tables/${code}/${version}${kind ? `?kind=${kind}` : ''}${row ? `#${row}` : ''}`
}
/** For those who may read tables. `emergencyId` is that of the thing decided on, which need not be the one that its reader works in. */
export function TableLink({ of, emergencyId, children }: { of: { table: string; version: number; row?: string }; emergencyId?: string; children: ReactNode }) {
  const { may } = useSession()
  const { emergencies } = useEmergency()
  if (!may('table.read')) return null
  return <Link to={addressOfVersion(of.table, of.version, emergencies.find(({ id }) => id === emergencyId)?.kind, of.row)}>{children}</Link>
}
