// Versions of tables and forms: which one is in force where and when, and what a new one changes.
import type { Issue } from '@fugong/contract/base'
import type { DecisionTable, Proposal } from '@fugong/contract/rules'

/** What the choice of a version looks at; `kind` is the kind of emergency, null for every kind. */
export interface Versioned { version: number; kind: string | null; areaCode: string; effectiveFrom: string }

/**
 * The version in force at a moment for an area, given as itself and all above it, nearest first.
 * The nearest area wins; in it what was made for this kind of emergency; then the latest effective date; then the highest number.
 */
export function versionInForce<V extends Versioned>(versions: readonly V[], ancestors: readonly string[], kind: string | null, at: Date): V | undefined {
  const open = versions.filter((one) => ancestors.includes(one.areaCode) && (one.kind === null || one.kind === kind) && Date.parse(one.effectiveFrom) <= at.getTime())
  const rank = (one: V) => [-ancestors.indexOf(one.areaCode), one.kind === null ? 0 : 1, Date.parse(one.effectiveFrom), one.version]
  return open.reduce<V | undefined>((best, one) => (best === undefined || isGreater(rank(one), rank(best)) ? one : best), undefined)
}
function isGreater(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index])
  return at >= 0 && left[at]! > right[at]!
}
/** Versions that are in force in their own area for their own kind, as a list shows them. */
export function inForceAmong<V extends Versioned & { code: string }>(versions: readonly V[], at: Date): Set<V> {
  const groups = new Map<string, V[]>()
  for (const one of versions) {
    const key = `${one.code} ${one.kind ?? ''} ${one.areaCode}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return new Set([...groups.values()].flatMap((group) => versionInForce(group, [group[0]!.areaCode], group[0]!.kind, at) ?? []))
}

/** Rows that a new version adds, removes, changes or moves against its first-hit order. */
export function changedRows(before: DecisionTable | undefined, after: DecisionTable): Proposal['changedRows'] {
  const old = new Map(before?.rows.map((row) => [row.id, row]))
  const fresh = new Set(after.rows.map((row) => row.id))
  const orderBefore = [...old.keys()].filter((id) => fresh.has(id))
  const rankBefore = new Map(orderBefore.map((id, rank) => [id, rank]))
  let rank = -1
  const found: Proposal['changedRows'] = []
  for (const row of after.rows) {
    const earlier = old.get(row.id)
    if (earlier) rank += 1
    if (!earlier) found.push({ row: row.id, change: 'added' })
    else if (rankBefore.get(row.id) !== rank || canonical(earlier) !== canonical(row)) found.push({ row: row.id, change: 'changed' })
  }
  for (const id of old.keys()) if (!fresh.has(id)) found.push({ row: id, change: 'removed' })
  return found
}
/** JSON with sorted keys, so that the order of writing makes no difference. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  return `{${Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}

/** What would break the callers of a table: inputs that nothing provides, and results that are no longer given. */
export function interfaceIssues(table: DecisionTable, earlier: readonly DecisionTable[]): Issue[] {
  if (!earlier.length) return []
  const issues: Issue[] = []
  const provided = new Map(earlier.flatMap((one) => one.inputs.map((column) => [column.name, kindOf(column.type)])))
  for (const [index, column] of table.inputs.entries()) {
    if (provided.get(column.name) !== kindOf(column.type)) issues.push({ path: `/inputs/${index}`, code: 'issue.table_input_unknown', params: { column: column.name, known: [...provided].map(([name, type]) => `${name} (${type})`).join(', ') } })
  }
  const [first, ...rest] = earlier
  for (const column of first!.outputs) {
    const used = rest.every((one) => one.outputs.some((other) => other.name === column.name))
    if (used && !table.outputs.some((one) => one.name === column.name && kindOf(one.type) === kindOf(column.type))) issues.push({ path: '/outputs', code: 'issue.table_output_lost', params: { column: column.name, type: column.type } })
  }
  return issues
}
/** A code is a text from a list: callers cannot tell them apart. */
const kindOf = (type: string) => (type === 'code' ? 'text' : type)
