// Read model of a filing: how the declarations stand that its confirmations made.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

/** @public The schemas this file may name; the check of the house reads it. */
export const reads = ['declarations'] as const

export interface MadeDeclaration { id: string; state: string; revision: number; certificateNumber: string | null }
/** Runs as the system, for ids that stand in confirmations of a filing the caller may see. */
export async function selectMade(system: Ctx, ids: readonly string[]): Promise<Map<string, MadeDeclaration>> {
  if (!ids.length) return new Map()
  const { rows } = await sql<MadeDeclaration>`select d.id, d.state, d.revision, d.certificate_number from declarations.declarations d where d.id = any (${[...ids]}::uuid[])`.execute(system.db)
  return new Map(rows.map((row) => [row.id, row]))
}
