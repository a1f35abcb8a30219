// Cells of decision tables: CEL conditions, checked before they are kept and compiled once; the server and the editor use this one.
import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import { celFault, type CellFault } from './rules.faults.ts'
import { nodesOf, probesOf, type Probe } from './rules.probes.ts'
import type { Column } from './rules.ts'

export type InputValue = string | number | boolean
/** Values by column; a number that is missing stands as NaN, of which no comparison holds. */
export type Inputs = Readonly<Record<string, InputValue>>
/** A compiled condition; `uses` are the inputs it names, `probes` the values at which its answer can change. `test` throws when it fails on these values. */
export interface Condition { test(inputs: Inputs): boolean; uses: string[]; probes: Map<string, Probe> }

const TYPES = { code: 'string', text: 'string', number: 'double', boolean: 'bool' } as const
// Cells are short conditions; deeper or longer ones are programs that nobody can check by reading.
const ground = new Environment({ limits: { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 20, maxCallArguments: 8 } })
  // Whoever writes `headcount == 10` means the number, not a type.
  .registerOperator('double == int', (left: number, right: bigint) => left === Number(right))
  // Whoever writes `revenue == null` asks whether the number is missing.
  .registerOperator('double == null', (left: number) => Number.isNaN(left))

/** An environment that knows the input columns and nothing else; `refused` are names that expressions reserve for themselves. */
export function environmentFor(columns: readonly Column[]): { environment: Environment; refused: string[] } {
  const environment = ground.clone()
  const refused: string[] = []
  for (const column of columns) {
    if (environment.hasVariable(column.name)) continue
    try {
      environment.registerVariable(column.name, TYPES[column.type])
      if (!environment.check(`${column.name} == ${column.name}`).valid) refused.push(column.name)
    } catch {
      refused.push(column.name)
    }
  }
  return { environment, refused }
}

/** Compiles one cell, or says everything that is wrong with it. */
export function compileCell(environment: Environment, columns: readonly Column[], text: string): { condition: Condition } | { faults: CellFault[] } {
  const { valid, type, error } = environment.check(text)
  if (!valid) return { faults: [celFault(error, text)] }
  if (type !== 'bool') return { faults: [{ code: 'issue.cel_not_boolean', params: { type } }] }
  const parsed = environment.parse(text)
  const nodes = nodesOf(parsed.ast)
  const names = new Set(columns.map((column) => column.name))
  const probes = probesOf(parsed.ast, columns)
  const faults = [...loopFaults(nodes), ...patternFaults(nodes, names), ...codeFaults(nodes, columns), ...rangeFaults(probes, columns), ...missingFaults(nodes, columns)]
  if (faults.length) return { faults }
  const uses = [...new Set(nodes.flatMap((node) => (node.op === 'id' && names.has(node.args) ? [node.args] : [])))]
  return { condition: { test: (inputs) => parsed(inputs) === true, uses, probes } }
}

const literal = (node: ASTNode | undefined): string | undefined => (node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined)

/** Words that work through a list or name an intermediate result: nested, a short cell runs for hours or fills the memory. */
const LOOPS = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind'])
function loopFaults(nodes: readonly ASTNode[]): CellFault[] {
  const named = nodes.flatMap((node) => ((node.op === 'rcall' || node.op === 'call') && LOOPS.has(node.args[0]) ? [node.args[0]] : []))
  return [...new Set(named)].map((name) => ({ code: 'issue.cel_loop', params: { name } }))
}

/** Patterns must be written out and be simple, and try an input itself: a text of the cell's own could be as long as the cell. */
function patternFaults(nodes: readonly ASTNode[], inputs: ReadonlySet<string>): CellFault[] {
  return nodes.flatMap((node) => {
    const [tried, given] = node.op === 'rcall' && node.args[0] === 'matches' ? [node.args[1], node.args[2].at(-1)] : node.op === 'call' && node.args[0] === 'matches' ? [node.args[1][0], node.args[1].at(-1)] : []
    if (!given) return []
    const pattern = literal(given)
    const sound = tried?.op === 'id' && inputs.has(tried.args) && pattern !== undefined && isSafePattern(pattern)
    return sound ? [] : [{ code: 'issue.cel_pattern', params: { pattern: pattern ?? given.input.slice(given.start, given.end) } }]
  })
}
/**
 * Bounds what a pattern that does not match may try before it gives up: no repeated group, one repetition of open length,
 * three optional parts (every `?` counts, also where it means something else), two groups with their alternatives.
 */
function isSafePattern(pattern: string): boolean {
  const count = (signs: RegExp) => pattern.match(signs)?.length ?? 0
  if (pattern.length > 200 || /\)[*+{]/.test(pattern) || /\\[1-9k]/.test(pattern)) return false
  if (count(/[*+]|\{\d*,\d*\}/g) > 1 || count(/\?/g) > 3 || count(/\(/g) > 2 || count(/\}/g) > 4) return false
  try {
    return Boolean(new RegExp(pattern))
  } catch {
    return false
  }
}

/** A code column compared with a word that is none of its codes would silently never apply. */
function codeFaults(nodes: readonly ASTNode[], columns: readonly Column[]): CellFault[] {
  const codes = new Map(columns.filter((column) => column.type === 'code').map((column) => [column.name, new Set(column.codes?.map((choice) => choice.value))]))
  return nodes.flatMap((node) => {
    if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return []
    const [left, right] = node.args
    const column = [left, right].find((side) => side.op === 'id' && codes.has(side.args))
    if (!column || column.op !== 'id') return []
    const other = column === left ? right : left
    const values = other.op === 'list' ? other.args.map(literal) : [literal(other)]
    return values.flatMap((value) => (value === undefined || codes.get(column.args)!.has(value) ? [] : [{ code: 'issue.table_code_unknown', params: { column: column.args, value } }]))
  })
}
/** A bound beyond what the column can hold is a slip of the pen. */
function rangeFaults(probes: Map<string, Probe>, columns: readonly Column[]): CellFault[] {
  return columns.flatMap(({ name, type, min, max }) => {
    if (type !== 'number') return []
    return (probes.get(name)?.values ?? []).flatMap((value) => {
      const outside = typeof value === 'number' && ((min !== undefined && value < min) || (max !== undefined && value > max))
      return outside ? [{ code: 'issue.cel_range', params: { column: name, value, min: min ?? '−∞', max: max ?? '∞' } }] : []
    })
  })
}
/** A value that is always there is never null: such a cell would silently never apply. */
function missingFaults(nodes: readonly ASTNode[], columns: readonly Column[]): CellFault[] {
  return nodes.flatMap((node) => {
    if (node.op !== '==' && node.op !== '!=') return []
    const [left, right] = node.args
    if (![left, right].some((side) => side.op === 'value' && side.args === null)) return []
    return [left, right].flatMap((side) => (side.op === 'id' && columns.some((column) => column.name === side.args && !column.optional) ? [{ code: 'issue.cel_never_missing', params: { column: side.args } }] : []))
  })
}
