// Versions of tables and forms: which one is in force where and when, and what a new one changes.
import type { Issue } from '@fugong/contract/base'
import type { DecisionTable } from '@fugong/contract/rules'

export { canonical } from '@fugong/contract/rules.differences'

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

/** Of versions with one number the one that a reader means: of the kind they work in, else of no kind, else the newest; identifiers sort by time. */
export function nearestKind<V extends { id: string; kind: string | null }>(versions: readonly V[], kind: string | undefined): V | undefined {
  const rank = (one: V) => (kind !== undefined && one.kind === kind ? 0 : one.kind === null ? 1 : 2)
  return [...versions].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? 1 : -1))[0]
}

/** What would break the callers of a table: inputs that nothing provides, and results that are no longer given. */
export function interfaceIssues(table: DecisionTable, earlier: readonly DecisionTable[]): Issue[] {
  if (!earlier.length) return []
  const issues: Issue[] = []
  const provided = new Map(earlier.flatMap((one) => one.inputs.map((column) => [column.name, kindOf(column.type)])))
  for (const [index, column] of table.inputs.entries()) {
    if (provided.get(column.name) !== kindOf(column.type)) issues.push({ path: `/inputs/${index}`, code: 'issue.table_input_unknown', params: { column: column.name, known: [...provided].map(([name, type]) => `${name} (${type})`).join(', ') } })
    // What may be missing today must stay so: a firm without the value would get no decision at all.
    else if (!column.optional && earlier.some((one) => one.inputs.some((other) => other.name === column.name && other.optional))) issues.push({ path: `/inputs/${index}/optional`, code: 'issue.table_optional_lost', params: { column: column.name } })
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
