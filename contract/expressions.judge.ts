// Which type an expression gives, and its first fault of meaning in plain words: unknown names, sides that do not fit, codes that do not exist.
import { Stumble, stumble, type ExpressionFault, type Tree, type ValueType, type Variables } from './expressions.ts'

const branch = (tree: Tree, at: number) => tree[at] as Tree
interface Judged { type: ValueType; /** Known to be a whole number, as CEL counts: it would divide without a remainder. */ whole?: boolean }
/** The type an expression gives, or its first fault; `columns` are the numeric fields of each group. */
export function judge(tree: Tree, variables: Variables, columns: ReadonlyMap<string, readonly string[]> = new Map()): { type: ValueType } | { fault: ExpressionFault } {
  const known = (name: string) => {
    const variable = variables.get(name)
    if (!variable) throw stumble('name', { name, known: [...variables.keys()].slice(0, 30).join(', ') })
    return variable
  }
  const need = (at: Tree, type: ValueType, fault: string, operator: string) => { if (go(at).type !== type) throw stumble(fault, { operator }) }
  const codesFit = (one: Tree, other: Tree) => {
    const codes = one[0] === '$' ? known(one[1] as string).codes : undefined
    for (const literal of other[0] === '[]' ? (other.slice(1) as Tree[]) : [other]) if (codes && literal[0] === '=' && !codes.includes(literal[1] as string)) throw stumble('choice', { name: one[1], value: literal[1] })
  }
  const go = (at: Tree): Judged => {
    const [op] = at
    switch (op) {
      case '=': return { type: typeof at[1] === 'string' ? 'text' : typeof at[1] === 'number' ? 'number' : 'boolean', whole: typeof at[1] === 'number' }
      case '=.': return { type: 'number' }
      case '$': return { type: known(at[1] as string).type }
      case 'has': known(at[1] as string); return { type: 'boolean' }
      case 'sum': {
        if (known(at[1] as string).type !== 'rows' || !columns.get(at[1] as string)?.includes(at[2] as string)) throw stumble('sum', { group: at[1], name: at[2] })
        return { type: 'number' }
      }
      case 'size': {
        const { type } = go(branch(at, 1))
        if (type === 'number' || type === 'boolean') throw stumble('needs_list', { operator: 'size' })
        return { type: 'number', whole: true }
      }
      case '[]': {
        for (const item of at.slice(1) as Tree[]) if (item[0] !== '=' || typeof item[1] !== 'string') throw stumble('needs_list', { operator: 'in' })
        return { type: 'texts' }
      }
      case '!': need(branch(at, 1), 'boolean', 'needs_boolean', '!'); return { type: 'boolean' }
      case 'neg': { const inner = go(branch(at, 1)); if (inner.type !== 'number') throw stumble('needs_number', { operator: '-' }); return inner }
      case '&&': case '||': for (const side of [1, 2]) need(branch(at, side), 'boolean', 'needs_boolean', op); return { type: 'boolean' }
      case 'in':
        if (go(branch(at, 1)).type !== 'text' || go(branch(at, 2)).type !== 'texts') throw stumble('needs_list', { operator: 'in' })
        codesFit(branch(at, 1), branch(at, 2)); codesFit(branch(at, 2), branch(at, 1))
        return { type: 'boolean' }
      case '==': case '!=': {
        const [left, right] = [go(branch(at, 1)), go(branch(at, 2))]
        if (left.type !== right.type || left.type === 'texts' || left.type === 'rows') throw stumble('same_type', { operator: op })
        codesFit(branch(at, 1), branch(at, 2)); codesFit(branch(at, 2), branch(at, 1))
        return { type: 'boolean' }
      }
      case '<': case '<=': case '>': case '>=': {
        const [left, right] = [go(branch(at, 1)), go(branch(at, 2))]
        if (left.type !== right.type || (left.type !== 'number' && left.type !== 'text')) throw stumble('same_type', { operator: op })
        return { type: 'boolean' }
      }
      case '+': {
        const [left, right] = [go(branch(at, 1)), go(branch(at, 2))]
        if (left.type === 'text' && right.type === 'text') return { type: 'text' }
        if (left.type !== 'number' || right.type !== 'number') throw stumble('needs_number', { operator: op })
        return { type: 'number', whole: Boolean(left.whole && right.whole) }
      }
      case '-': case '*': case '/': {
        const [left, right] = [go(branch(at, 1)), go(branch(at, 2))]
        if (left.type !== 'number' || right.type !== 'number') throw stumble('needs_number', { operator: op })
        if (op !== '-' && left.whole && right.whole) throw stumble('whole', { operator: op })
        return { type: 'number', whole: Boolean(left.whole && right.whole) }
      }
      case 'startsWith': case 'endsWith': case 'contains': for (const side of [1, 2]) need(branch(at, side), 'text', 'needs_text', op); return { type: 'boolean' }
      default: {
        need(branch(at, 1), 'boolean', 'needs_boolean', '? :')
        const [yes, no] = [go(branch(at, 2)), go(branch(at, 3))]
        if (yes.type !== no.type) throw stumble('same_type', { operator: '? :' })
        return { type: yes.type, whole: Boolean(yes.whole && no.whole) }
      }
    }
  }
  try {
    return { type: go(tree).type }
  } catch (error) {
    if (error instanceof Stumble) return { fault: error.fault }
    throw error
  }
}
