// At which values of a column the answer of a condition can change, so that trying those values tries every case.
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Column } from './rules.ts'

export interface Probe {
  values: (string | number)[]
  /** The answer between two neighbouring values (a text: between two beginnings) is constant. */
  exact: boolean
  /** A text is asked to be equal, not only to begin so. */
  equal: boolean
}

export function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part
}
/** Every node of an expression, the root first. */
export function nodesOf(root: ASTNode): ASTNode[] {
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

/** The probes of each number and text column that an expression names. */
export function probesOf(root: ASTNode, columns: readonly Column[]): Map<string, Probe> {
  const types = new Map(columns.map((column) => [column.name, column.type]))
  const probes = new Map<string, Probe>()
  const visit = (node: ASTNode, parent: ASTNode | undefined): void => {
    if (node.op === 'id' && (types.get(node.args) === 'number' || types.get(node.args) === 'text')) {
      const probe = probes.get(node.args) ?? { values: [], exact: true, equal: false }
      probes.set(node.args, probe)
      const asked = types.get(node.args) === 'number' ? numbersAsked(node, parent) : textsAsked(node, parent)
      if (!asked) probe.exact = false
      else {
        probe.values.push(...asked.values)
        probe.equal ||= asked.equal
      }
    }
    childrenOf(node.args).forEach((child) => visit(child, node))
  }
  visit(root, undefined)
  return probes
}
function childrenOf(part: unknown): ASTNode[] {
  if (Array.isArray(part)) return part.flatMap(childrenOf)
  return isNode(part) ? [part] : []
}

type Asked = { values: (string | number)[]; equal: boolean } | undefined
const COMPARED = new Set(['==', '!=', '<', '<=', '>', '>='])

function numbersAsked(node: ASTNode, parent: ASTNode | undefined): Asked {
  if (!parent || !Array.isArray(parent.args)) return undefined
  const other = (parent.args as unknown[]).filter(isNode).find((side) => side !== node)
  if (!other) return undefined
  if (COMPARED.has(parent.op)) {
    if (other.op === 'value' && other.args === null) return { values: [], equal: true }
    const value = numberOf(other)
    return value === undefined ? undefined : { values: [value], equal: true }
  }
  return parent.op === 'in' && other.op === 'list' ? all((other.args as ASTNode[]).map(numberOf)) : undefined
}
function numberOf(node: ASTNode): number | undefined {
  if (node.op === '-_' && isNode(node.args)) {
    const inner = numberOf(node.args)
    return inner === undefined ? undefined : -inner
  }
  return node.op === 'value' && (typeof node.args === 'number' || typeof node.args === 'bigint') ? Number(node.args) : undefined
}
const textOf = (node: ASTNode | undefined) => (node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined)

function textsAsked(node: ASTNode, parent: ASTNode | undefined): Asked {
  if (!parent || !Array.isArray(parent.args)) return undefined
  if (parent.op === 'rcall') {
    const [name, receiver, given] = parent.args as [string, ASTNode, ASTNode[]]
    const text = textOf(given[0])
    if (receiver !== node || text === undefined) return undefined
    if (name === 'startsWith') return { values: [text], equal: false }
    return name === 'matches' ? beginningsOf(text) : undefined
  }
  const other = (parent.args as unknown[]).filter(isNode).find((side) => side !== node)
  if (!other) return undefined
  if (parent.op === '==' || parent.op === '!=') return all([textOf(other)])
  return parent.op === 'in' && other.op === 'list' ? all((other.args as ASTNode[]).map(textOf)) : undefined
}
function all<T extends string | number>(values: readonly (T | undefined)[]): Asked {
  return values.every((value) => value !== undefined) ? { values: values as T[], equal: true } : undefined
}

const MOST_BEGINNINGS = 400
/** What a pattern such as `^(0[6-9]|51)` begins with, written out; undefined for patterns that say more than that. */
export function beginningsOf(pattern: string): Asked {
  if (!pattern.startsWith('^')) return undefined
  const equal = pattern.endsWith('$')
  const body = pattern.slice(1, equal ? -1 : undefined)
  const whole = /^\(([^()]*)\)$/.exec(body)
  // `^a|b` without brackets asks of b that it stands anywhere.
  if (!whole && body.includes('|')) return undefined
  const values: string[] = []
  for (const branch of whole ? whole[1]!.split('|') : [body]) {
    let found = ['']
    for (const part of branch.match(/\[[^\]]*\]|./gsu) ?? []) {
      const signs = signsOf(part)
      if (!signs || found.length * signs.length > MOST_BEGINNINGS) return undefined
      found = found.flatMap((head) => signs.map((sign) => head + sign))
    }
    values.push(...found)
  }
  return values.length > MOST_BEGINNINGS ? undefined : { values: [...new Set(values)], equal }
}
function signsOf(part: string): string[] | undefined {
  if (!part.startsWith('[')) return /^[\p{L}\p{N}_ -]$/u.test(part) ? [part] : undefined
  const inner = part.slice(1, -1)
  if (!/^(\p{N}-\p{N}|\p{L}-\p{L}|[\p{L}\p{N}])+$/u.test(inner)) return undefined
  const signs: string[] = []
  for (const [piece] of inner.matchAll(/.-.|./gsu)) {
    const [from = 0, to = from] = [...piece.replace(/^(.)-(.)$/su, '$1$2')].map((sign) => sign.codePointAt(0)!)
    if (to - from > 100) return undefined
    for (let sign = from; sign <= to; sign += 1) signs.push(String.fromCodePoint(sign))
  }
  return signs
}
