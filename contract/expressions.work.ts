// Works trees of expressions out, the same way everywhere: imports nothing and speaks the language of 2017, for phones run it too.

/** `['=', literal]`, `['$', name]`, `['has', name]`, `['sum', group, field]`, `['[]', …]`, else an operator and its operands. JSON, so that phones can be sent it. */
export type Tree = readonly [string, ...(Tree | string | number | boolean)[]]
export type Value = string | number | boolean | readonly string[] | readonly Record<string, unknown>[] | undefined

/**
 * Works a tree out. What is not answered is unknown: `false && unknown` is false, `true || unknown` is true, all else that
 * touches it is unknown too (undefined). A sum that is no finite number is unknown.
 */
export function work(tree: Tree, valueOf: (name: string) => Value): Value {
  const at = (place: number) => work(tree[place] as Tree, valueOf)
  const op = tree[0]
  if (op === '=' || op === '=.') return tree[1] as Value
  if (op === '$') return valueOf(tree[1] as string)
  if (op === '[]') return (tree.slice(1) as Tree[]).map((item) => item[1] as string)
  if (op === 'has') { const value = valueOf(tree[1] as string); return value !== undefined && !(Array.isArray(value) && value.length === 0) }
  if (op === 'sum') return ((valueOf(tree[1] as string) ?? []) as readonly Record<string, unknown>[]).reduce((total, row) => { const part = row[tree[2] as string]; return typeof part === 'number' ? total + part : total }, 0)
  const left = at(1)
  if (op === '&&' || op === '||') {
    const settles = op === '||'
    if (left === settles) return left
    const right = at(2)
    return right === settles ? right : left === undefined || right === undefined ? undefined : !settles
  }
  if (left === undefined) return undefined
  if (op === 'if') return left ? at(2) : at(3)
  if (op === '!') return !left
  if (op === 'neg') return -(left as number)
  if (op === 'size') return typeof left === 'string' ? [...left].length : (left as readonly unknown[]).length
  const right = at(2)
  if (right === undefined) return undefined
  switch (op) {
    case '==': return left === right
    case '!=': return left !== right
    case '<': return left < right
    case '<=': return left <= right
    case '>': return left > right
    case '>=': return left >= right
    case 'in': return (right as readonly string[]).includes(left as string)
    case '+': return finite((left as number) + (right as number))
    case '-': return finite((left as number) - (right as number))
    case '*': return finite((left as number) * (right as number))
    case '/': return finite((left as number) / (right as number))
    case 'contains': return (left as string).includes(right as string)
    default: return (left as string)[op as 'startsWith' | 'endsWith'](right as string)
  }
}
const finite = (value: number | string) => (typeof value === 'number' && !Number.isFinite(value) ? undefined : value)

/** Whether `2020-02-30` and the like are real days. */
export function isDay(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return date !== undefined && !isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}
