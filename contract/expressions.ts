// Conditions and sums of forms: a small part of CEL, read into trees and checked in plain words; expressions.work.ts works the trees out.
import type { Tree } from './expressions.work.ts'

export { work, type Tree, type Value } from './expressions.work.ts'

/** What an answer is to an expression: a flag, a text (also days, moments, codes), a number, several codes, the rows of a group. */
export type ValueType = 'boolean' | 'text' | 'number' | 'texts' | 'rows'
export interface Variable { type: ValueType; /** Codes of a choice: a comparison with any other word would never hold. */ codes?: readonly string[] }
export type Variables = ReadonlyMap<string, Variable>
export interface ExpressionFault { code: string; params: Record<string, unknown> }

const LONGEST = 400
const DEEPEST = 24
const METHODS = new Set(['startsWith', 'endsWith', 'contains'])
const FUNCTIONS = ['has', 'size', 'sum', ...METHODS]
/** Words that CEL or this part of it keeps for itself; no field may be called so. */
export const RESERVED: ReadonlySet<string> = new Set(['as', 'break', 'const', 'continue', 'else', 'false', 'for', 'function', 'if', 'import', 'in', 'let', 'loop', 'namespace', 'null', 'package', 'return', 'true', 'var', 'void', 'while', 'int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'type', 'dyn', 'timestamp', 'duration', 'answers', 'today', ...FUNCTIONS])

/** Thrown within reading and judging; both hand it out as a fault. */
export class Stumble extends Error {
  constructor(readonly fault: ExpressionFault) { super(fault.code) }
}
export const stumble = (code: string, params: Record<string, unknown> = {}) => new Stumble({ code: `issue.expression_${code}`, params })

interface Token { kind: 'number' | 'text' | 'name' | 'sign' | 'end'; text: string; at: number }
const SIGNS = /^(&&|\|\||==|!=|<=|>=|[<>!+\-*/?:()[\],.])/
function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at)
    const blank = /^\s+/.exec(rest)
    if (blank) { at += blank[0].length; continue }
    const number = /^\d+(\.\d+)?(?![\w.])/.exec(rest)
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)
    const quoted = /^"((?:[^"\\\n]|\\["'\\nt])*)"|^'((?:[^'\\\n]|\\["'\\nt])*)'/.exec(rest)
    const sign = SIGNS.exec(rest)
    const [kind, length] = number ? ['number', number[0].length] as const : name ? ['name', name[0].length] as const : quoted ? ['text', quoted[0].length] as const : sign ? ['sign', sign[0].length] as const : ['end', 0] as const
    if (kind === 'end') throw stumble('syntax', { at: at + 1, near: rest.slice(0, 12) })
    found.push({ kind, at: at + 1, text: quoted ? (quoted[1] ?? quoted[2] ?? '').replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c)) : rest.slice(0, length) })
    at += length
  }
  return [...found, { kind: 'end', text: '', at: text.length + 1 }]
}

/** Loosest first; operators of one line are worked from the left. */
const LEVELS = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/']]
class Reader {
  private place = 0
  private readonly list: Token[]
  constructor(text: string) { this.list = tokens(text) }
  whole(): Tree {
    const tree = this.choice(0)
    if (this.peek().kind !== 'end') throw this.lost()
    return tree
  }
  private peek(): Token { return this.list[this.place]! }
  private lost(): Stumble {
    const { kind, at, text } = this.peek()
    return kind === 'end' ? stumble('unfinished') : stumble('syntax', { at, near: text.slice(0, 12) })
  }
  private takes(sign: string): boolean {
    const { kind, text } = this.peek()
    if (kind === 'text' || kind === 'number' || text !== sign) return false
    this.place += 1
    return true
  }
  private must(sign: string): void { if (!this.takes(sign)) throw this.lost() }
  private name(): string {
    const { kind, text } = this.peek()
    if (kind !== 'name') throw this.lost()
    this.place += 1
    return text
  }
  private choice(depth: number): Tree {
    if (depth > DEEPEST) throw stumble('too_deep')
    const asked = this.binary(0, depth + 1)
    if (!this.takes('?')) return asked
    const yes = this.choice(depth + 1)
    this.must(':')
    return ['if', asked, yes, this.choice(depth + 1)]
  }
  private binary(level: number, depth: number): Tree {
    const signs = LEVELS[level]
    if (!signs) return this.unary(depth)
    let left = this.binary(level + 1, depth)
    for (let sign = signs.find((one) => this.takes(one)); sign; sign = signs.find((one) => this.takes(one))) left = [sign, left, this.binary(level + 1, depth)]
    return left
  }
  private unary(depth: number): Tree {
    if (depth > DEEPEST) throw stumble('too_deep')
    if (this.takes('!')) return ['!', this.unary(depth + 1)]
    if (this.takes('-')) return ['neg', this.unary(depth + 1)]
    let tree = this.primary(depth)
    while (this.takes('.')) {
      const method = this.name()
      this.must('(')
      if (method === 'size') tree = ['size', tree]
      else if (METHODS.has(method)) tree = [method, tree, this.choice(depth + 1)]
      else throw stumble('function', { name: method, known: FUNCTIONS.join(', ') })
      this.must(')')
    }
    return tree
  }
  private primary(depth: number): Tree {
    const { kind, text } = this.peek()
    if (kind === 'number') {
      this.place += 1
      if (Number(text) > 1e12) throw stumble('number', { value: text })
      // A decimal that is whole stays told apart: `2.0` divides, `2` counts.
      return /\./.test(text) ? ['=.', Number(text)] : ['=', Number(text)]
    }
    if (kind === 'text') { this.place += 1; return ['=', text] }
    if (this.takes('(')) { const inner = this.choice(depth + 1); this.must(')'); return inner }
    if (this.takes('[')) {
      const items: Tree[] = []
      if (!this.takes(']')) {
        do items.push(this.choice(depth + 1)); while (this.takes(','))
        this.must(']')
      }
      return ['[]', ...items]
    }
    const name = this.name()
    if (name === 'true' || name === 'false') return ['=', name === 'true']
    if (this.takes('(')) return this.call(name, depth)
    if (RESERVED.has(name) && name !== 'today') { this.place -= 1; throw this.lost() }
    return ['$', name]
  }
  private call(name: string, depth: number): Tree {
    let tree: Tree
    if (name === 'has') {
      if (this.name() !== 'answers') { this.place -= 1; throw this.lost() }
      this.must('.')
      tree = ['has', this.name()]
    } else if (name === 'sum') {
      const group = this.name()
      this.must(',')
      const field = this.peek()
      if (field.kind !== 'text') throw this.lost()
      this.place += 1
      tree = ['sum', group, field.text]
    } else if (name === 'size') tree = ['size', this.choice(depth + 1)]
    else throw stumble('function', { name, known: FUNCTIONS.join(', ') })
    this.must(')')
    return tree
  }
}

/** Reads an expression, or says what is wrong with its writing. */
export function read(text: string): { tree: Tree } | { fault: ExpressionFault } {
  try {
    if (text.length > LONGEST) throw stumble('too_long', { limit: LONGEST })
    return { tree: new Reader(text).whole() }
  } catch (error) {
    if (error instanceof Stumble) return { fault: error.fault }
    throw error
  }
}

/** Names of fields that an expression looks at. */
export function namesIn(tree: Tree): string[] {
  if (tree[0] === '$' || tree[0] === 'has' || tree[0] === 'sum') return [tree[1] as string]
  if (tree[0] === '=' || tree[0] === '=.') return []
  return [...new Set(tree.slice(1).flatMap((part) => (Array.isArray(part) ? namesIn(part as unknown as Tree) : [])))]
}

const STRENGTH: Record<string, number> = Object.fromEntries(LEVELS.flatMap((signs, level) => signs.map((sign) => [sign, level + 1])))
/** An expression as it is written by hand, with no more brackets than it needs. */
export function write(tree: Tree, outer = 0): string {
  const [op] = tree
  const inner = (at: number, strength = 0) => write(tree[at] as Tree, strength)
  if (op === '=') return typeof tree[1] === 'string' ? JSON.stringify(tree[1]) : String(tree[1])
  if (op === '=.') return Number.isInteger(tree[1]) ? `${String(tree[1])}.0` : String(tree[1])
  if (op === '$') return String(tree[1])
  if (op === 'has') return `has(answers.${String(tree[1])})`
  if (op === 'sum') return `sum(${String(tree[1])}, ${JSON.stringify(tree[2])})`
  if (op === 'size') return `size(${inner(1)})`
  if (op === '[]') return `[${tree.slice(1).map((item) => write(item as unknown as Tree)).join(', ')}]`
  if (op === '!' || op === 'neg') return `${op === '!' ? '!' : '-'}${inner(1, 8)}`
  if (METHODS.has(op)) return `${inner(1, 9)}.${op}(${inner(2)})`
  const own = op === 'if' ? 0 : STRENGTH[op]!
  const text = op === 'if' ? `${inner(1, 1)} ? ${inner(2)} : ${inner(3)}` : `${inner(1, own)} ${op} ${inner(2, own + 1)}`
  return outer > own || (op === 'if' && outer > 0) ? `(${text})` : text
}
