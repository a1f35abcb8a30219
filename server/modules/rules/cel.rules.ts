// Cells of decision tables: CEL conditions, checked before they are kept and compiled once.
import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import type { Column } from '@fugong/contract/rules'

export type InputValue = string | number | boolean
export type Inputs = Readonly<Record<string, InputValue>>
/** A compiled condition; `uses` are the inputs it names. It throws when an expression fails on these values. */
export interface Condition { test(inputs: Inputs): boolean; uses: string[] }
export interface CellFault { code: string; params: Record<string, unknown> }

const TYPES = { code: 'string', text: 'string', number: 'double', boolean: 'bool' } as const
// Cells are short conditions; deeper or longer ones are programs that nobody can check by reading.
const ground = new Environment({ limits: { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 20, maxCallArguments: 8 } })
  // Whoever writes `headcount == 10` means the number, not a type.
  .registerOperator('double == int', (left: number, right: bigint) => left === Number(right))

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
  if (!valid) return { faults: [{ code: 'issue.cel', params: { detail: error?.summary ?? 'faulty' } }] }
  if (type !== 'bool') return { faults: [{ code: 'issue.cel_not_boolean', params: { type } }] }
  const parsed = environment.parse(text)
  const nodes = nodesOf(parsed.ast)
  const faults = [...patternFaults(nodes), ...codeFaults(nodes, columns)]
  if (faults.length) return { faults }
  const names = new Set(columns.map((column) => column.name))
  const uses = [...new Set(nodes.flatMap((node) => (node.op === 'id' && names.has(node.args) ? [node.args] : [])))]
  return { condition: { test: (inputs) => parsed(inputs) === true, uses } }
}

function nodesOf(root: ASTNode): ASTNode[] {
  const found: ASTNode[] = []
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit)
    else if (isNode(part)) {
      found.push(part)
      visit(part.args)
    }
  }
  visit(root)
  return found
}
function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part
}
const literal = (node: ASTNode | undefined): string | undefined => (node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined)

/** Patterns must be written out, be sound, and not repeat a group: a repeated group can take hours on a short text. */
function patternFaults(nodes: readonly ASTNode[]): CellFault[] {
  return nodes.flatMap((node) => {
    const given = node.op === 'rcall' && node.args[0] === 'matches' ? node.args[2].at(-1) : node.op === 'call' && node.args[0] === 'matches' ? node.args[1].at(-1) : undefined
    if (!given) return []
    const pattern = literal(given)
    return pattern !== undefined && isSafePattern(pattern) ? [] : [{ code: 'issue.cel_pattern', params: { pattern: pattern ?? given.input.slice(given.start, given.end) } }]
  })
}
function isSafePattern(pattern: string): boolean {
  if (pattern.length > 200 || /\)[*+{]/.test(pattern) || /\\[1-9k]/.test(pattern) || (pattern.match(/[*+}]/g)?.length ?? 0) > 4) return false
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
