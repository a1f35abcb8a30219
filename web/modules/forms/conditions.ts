// Conditions as rows that anyone can fill in: a field, a comparison, a value; what is more than that stays as it is written.
import { read, write, type Tree, type Variable } from '@fugong/contract/expressions'

export type Operator = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | 'holds' | 'has' | 'hasNot' | 'true' | 'false'
export interface Row { field: string; operator: Operator; value: string }
/** `all` of the rows or `any` of them. */
export interface Rows { join: 'all' | 'any'; rows: Row[] }

export function operatorsFor(variable: Variable | undefined): Operator[] {
  switch (variable?.type) {
    case 'boolean': return ['true', 'false', 'has', 'hasNot']
    case 'number': return ['==', '!=', '>', '>=', '<', '<=', 'has', 'hasNot']
    case 'texts': return ['holds', 'has', 'hasNot']
    case 'rows': return ['has', 'hasNot']
    default: return variable?.codes ? ['==', '!=', 'in', 'has', 'hasNot'] : ['==', '!=', '>=', '<=', 'has', 'hasNot']
  }
}
export const needsValue = (operator: Operator): boolean => !['has', 'hasNot', 'true', 'false'].includes(operator)

/** Rows of a condition, or undefined when it is more than rows can say. */
export function rowsOf(text: string): Rows | undefined {
  const found = read(text)
  if ('fault' in found) return undefined
  const flat = (tree: Tree, op: string): Tree[] => (tree[0] === op ? [...flat(tree[1] as Tree, op), ...flat(tree[2] as Tree, op)] : [tree])
  const join = found.tree[0] === '||' ? 'any' : 'all'
  const rows = flat(found.tree, join === 'any' ? '||' : '&&').map(rowOf)
  return rows.every((row) => row !== undefined) ? { join, rows } : undefined
}
function rowOf(tree: Tree): Row | undefined {
  const [op, left, right] = tree as [string, Tree, Tree]
  if (op === '$') return { field: tree[1] as string, operator: 'true', value: '' }
  if (op === 'has') return { field: tree[1] as string, operator: 'has', value: '' }
  if (op === '!') return left[0] === '$' ? { field: left[1] as string, operator: 'false', value: '' } : left[0] === 'has' ? { field: left[1] as string, operator: 'hasNot', value: '' } : undefined
  if (op === 'in' && left[0] === '$' && right[0] === '[]' && right.slice(1).every((one) => !/,/.test(String((one as Tree)[1])))) return { field: left[1] as string, operator: 'in', value: right.slice(1).map((one) => String((one as Tree)[1])).join(',') }
  if (op === 'in' && left[0] === '=' && right[0] === '$') return { field: right[1] as string, operator: 'holds', value: String(left[1]) }
  if (['==', '!=', '>', '>=', '<', '<='].includes(op) && left[0] === '$' && (right[0] === '=' || right[0] === '=.') && typeof right[1] !== 'boolean') return { field: left[1] as string, operator: op as Operator, value: String(right[1]) }
  if (op === '==' && left[0] === '$' && right[0] === '=') return { field: left[1] as string, operator: right[1] === true ? 'true' : 'false', value: '' }
  return undefined
}

const literal = (value: string, variable: Variable | undefined): Tree => (variable?.type === 'number' && /^\d+(\.\d+)?$/.test(value.trim()) ? ['=', Number(value)] : variable?.type === 'number' && /^-\d+(\.\d+)?$/.test(value.trim()) ? ['neg', ['=', Number(value.trim().slice(1))]] : ['=', value])
function treeOf({ field, operator, value }: Row, variables: ReadonlyMap<string, Variable>): Tree {
  const name: Tree = ['$', field]
  switch (operator) {
    case 'true': return name
    case 'false': return ['!', name]
    case 'has': return ['has', field]
    case 'hasNot': return ['!', ['has', field]]
    case 'holds': return ['in', ['=', value], name]
    case 'in': return ['in', name, ['[]', ...value.split(',').filter(Boolean).map((one): Tree => ['=', one])]]
    default: return [operator, name, literal(value, variables.get(field))]
  }
}
/** The condition that rows make; nothing while there is none. Rows that lack a field are left out. */
export function textOf({ join, rows }: Rows, variables: ReadonlyMap<string, Variable>): string | undefined {
  const trees = rows.filter((row) => row.field !== '').map((row) => treeOf(row, variables))
  return trees.length === 0 ? undefined : write(trees.reduce((left, right): Tree => [join === 'any' ? '||' : '&&', left, right]))
}
