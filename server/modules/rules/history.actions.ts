// The history of a table: each version with who proposed and confirmed it and why.
import type { Input, Returns } from '@fugong/contract/base'
import type { getTableHistory } from '@fugong/contract/rules.editing'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { ancestorsOf } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import { coversArea } from './policy.ts'
import { selectHistory } from './store.ts'
import { inForceAmong } from './versions.rules.ts'

/** Versions of one table and kind; without a kind those of the newest version's. */
export async function historyOf(ctx: Ctx, { params, query }: Input<typeof getTableHistory>): Promise<Returns<typeof getTableHistory>> {
  const all = await selectHistory(ctx, params.code)
  const newest = [...all].sort((a, b) => (a.id < b.id ? 1 : -1))[0]
  const rows = all.filter((row) => row.kind === (query.kind ?? newest?.kind))
  if (!rows.length) throw problem('not_found')
  const inForce = inForceAmong(rows, ctx.now)
  const names = await personNames(ctx, rows.flatMap((row) => [row.proposedBy, row.decidedBy].filter((id) => id !== null)))
  const items = []
  for (const row of rows) {
    const present = inForce.has(row)
    const may = ctx.may('table.propose') && coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))
    const coming = Date.parse(row.effectiveFrom) > ctx.now.getTime()
    items.push({
      code: row.code, version: row.version, name: row.name, areaCode: row.areaCode, effectiveFrom: row.effectiveFrom, emergencyKind: row.kind, pack: row.pack, source: row.source, inForce: present,
      rows: row.rows, addedAt: row.addedAt, proposedBy: row.proposedBy && (names.get(row.proposedBy) ?? ''), decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? ''), note: row.note, decisionNote: row.decisionNote, basedOn: row.basedOn,
      can: may ? ['edit', ...(present || coming ? [] : ['bringBack'])] : [],
    })
  }
  return { items }
}
