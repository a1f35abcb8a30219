// Expressions of XLSForm (a part of XPath) and ours, one into the other; what has no counterpart says so.
import type { Tree } from '@fugong/contract/expressions'

/** What a name stands for: yes and no are choices there, sums name the field and ours the group as well. */
export interface Meaning { isFlag(name: string): boolean; groupOf(name: string): string | undefined }
const OPERATORS = [['or'], ['and'], ['=', '!=', '<=', '>=', '<', '>'], ['+', '-'], ['*', 'div']]
const OURS: Record<string, string> = { or: '||', and: '&&', '=': '==', div: '/' }

class Reader {
  private at = 0
  private readonly tokens: string[]
  constructor(text: string, private readonly self: string, private readonly meaning: Meaning) {
    this.tokens = text.match(/\$\{\s*[A-Za-z_][\w.-]*\s*\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|[A-Za-z_][\w-]*|!=|<=|>=|[=<>+*(),.-]|\S/g) ?? []
  }
  whole(): Tree {
    const tree = this.binary(0)
    if (this.at < this.tokens.length) throw new Error(this.tokens[this.at])
    return tree
  }
  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at += 1
    return true
  }
  private must(token: string): void { if (!this.takes(token)) throw new Error(this.tokens[this.at] ?? '…') }
  private binary(level: number): Tree {
    const signs = OPERATORS[level]
    if (!signs) return this.unary()
    let left = this.binary(level + 1)
    for (let sign = signs.find((one) => this.takes(one)); sign; sign = signs.find((one) => this.takes(one))) left = this.join(sign, left, this.binary(level + 1))
    return left
  }
  /** `${x} = ''` asks whether it is answered; yes and no of a flag are the flag itself. */
  private join(sign: string, left: Tree, right: Tree): Tree {
    const [name, value] = left[0] === '$' ? [left[1] as string, right] : [right[0] === '$' ? (right[1] as string) : '', left]
    if ((sign === '=' || sign === '!=') && name && value[0] === '=') {
      if (value[1] === '') return sign === '=' ? ['!', ['has', name]] : ['has', name]
      if (this.meaning.isFlag(name) && (value[1] === 'yes' || value[1] === 'no')) return (value[1] === 'yes') === (sign === '=') ? ['$', name] : ['!', ['$', name]]
    }
    return [OURS[sign] ?? sign, left, right]
  }
  private unary(): Tree {
    return this.takes('-') ? ['neg', this.unary()] : this.primary()
  }
  private primary(): Tree {
    const token = this.tokens[this.at] ?? '…'
    this.at += 1
    const named = /^\$\{\s*([\w.-]+)\s*\}$/.exec(token)
    if (named) return ['$', named[1]!]
    if (token === '.') return ['$', this.self]
    if (/^['"]/.test(token)) return ['=', token.slice(1, -1)]
    if (/^\d/.test(token)) return [token.includes('.') ? '=.' : '=', Number(token)]
    if (token === '(') { const inner = this.binary(0); this.must(')'); return inner }
    if (!/^[A-Za-z]/.test(token) || !this.takes('(')) throw new Error(token)
    const parts: Tree[] = []
    if (!this.takes(')')) {
      do parts.push(this.binary(0)); while (this.takes(','))
      this.must(')')
    }
    return this.call(token, parts)
  }
  private call(name: string, [first, second, third, ...rest]: Tree[]): Tree {
    const count = rest.length || third ? 3 : second ? 2 : first ? 1 : 0
    if (name === 'today' && count === 0) return ['$', 'today']
    if ((name === 'true' || name === 'false') && count === 0) return ['=', name === 'true']
    if (name === 'not' && first && count === 1) return ['!', first]
    if (name === 'selected' && first?.[0] === '$' && second && count === 2) return ['in', second, first]
    if ((name === 'count' || name === 'string-length' || name === 'count-selected') && first && count === 1) return ['size', first]
    if (name === 'sum' && first?.[0] === '$' && count === 1) { const group = this.meaning.groupOf(first[1] as string); if (group) return ['sum', group, first[1] as string] }
    if (name === 'if' && first && second && third && !rest.length) return ['if', first, second, third]
    if ((name === 'starts-with' || name === 'contains' || name === 'ends-with') && first && second && count === 2) return [{ 'starts-with': 'startsWith', contains: 'contains', 'ends-with': 'endsWith' }[name], first, second]
    throw new Error(`${name}()`)
  }
}
/** Our tree of an XLSForm expression, or the word that has no counterpart here. */
export function fromXPath(text: string, self: string, meaning: Meaning): { tree: Tree } | { word: string } {
  try {
    return { tree: new Reader(text, self, meaning).whole() }
  } catch (error) {
    return { word: (error as Error).message.slice(0, 40) }
  }
}

const SIGNS: Record<string, string> = { '||': 'or', '&&': 'and', '==': '=', '/': 'div' }
/** An XLSForm expression of our tree; undefined when XLSForm has nothing of the kind, or does not know the name. */
export function toXPath(tree: Tree, self: string | undefined, known: ReadonlySet<string>, isFlag: (name: string) => boolean): string | undefined {
  try {
    return go(tree)
  } catch {
    return undefined
  }
  function name(of: string): string {
    if (of === 'today') return 'today()'
    if (of === self) return '.'
    if (!known.has(of)) throw new Error(of)
    return `\${${of}}`
  }
  function go(at: Tree): string {
    const [op] = at
    const inner = (place: number) => go(at[place] as Tree)
    const bracket = (place: number) => (['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/'].includes((at[place] as Tree)[0]) ? `(${inner(place)})` : inner(place))
    switch (op) {
      case '=': case '=.': {
        if (typeof at[1] === 'boolean') return `${at[1]}()`
        if (typeof at[1] === 'number') return String(at[1])
        if (String(at[1]).includes("'")) throw new Error('quote')
        return `'${String(at[1])}'`
      }
      case '$': return isFlag(at[1] as string) ? `${name(at[1] as string)} = 'yes'` : name(at[1] as string)
      case 'has': return `${name(at[1] as string)} != ''`
      case '!': {
        const under = at[1] as Tree
        if (under[0] === '$' && isFlag(under[1] as string)) return `${name(under[1] as string)} = 'no'`
        return under[0] === 'has' ? `${name(under[1] as string)} = ''` : `not(${inner(1)})`
      }
      case 'neg': return `-${bracket(1)}`
      case 'sum': return `sum(${name(at[2] as string)})`
      case 'size': return `${known.has(`count:${String((at[1] as Tree)[1])}`) ? 'count' : known.has(`several:${String((at[1] as Tree)[1])}`) ? 'count-selected' : 'string-length'}(${inner(1)})`
      case 'in': {
        const list = at[2] as Tree
        if (list[0] !== '[]') return `selected(${inner(2)}, ${inner(1)})`
        const all = list.slice(1).map((one) => `${inner(1)} = ${go(one as unknown as Tree)}`)
        return all.length === 1 ? all[0]! : `(${all.join(' or ')})`
      }
      case 'if': return `if(${inner(1)}, ${inner(2)}, ${inner(3)})`
      case 'startsWith': return `starts-with(${inner(1)}, ${inner(2)})`
      case 'contains': return `contains(${inner(1)}, ${inner(2)})`
      case 'endsWith': return `ends-with(${inner(1)}, ${inner(2)})`
      default: return `${bracket(1)} ${SIGNS[op] ?? op} ${bracket(2)}`
    }
  }
}
