// Expressions of forms: reading, plain-word faults, working out, and agreement with CEL itself on everything they share.
import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesIn, read, work, write, type Tree, type Value, type Variable } from './expressions.ts'
import { judge } from './expressions.judge.ts'

const variables = new Map<string, Variable>([
  ['n', { type: 'number' }], ['m', { type: 'number' }], ['b', { type: 'boolean' }], ['c', { type: 'boolean' }], ['s', { type: 'text' }], ['t', { type: 'text' }],
  ['meals', { type: 'text', codes: ['none', 'boxed'] }], ['several', { type: 'texts' }], ['rows', { type: 'rows' }],
])
const columns = new Map([['rows', ['count']]])
const treeOf = (text: string): Tree => { const found = read(text); if ('fault' in found) throw new Error(JSON.stringify(found.fault)); return found.tree }
const faultOf = (text: string) => { const found = read(text); const judged = 'tree' in found ? judge(found.tree, variables, columns) : found; return 'fault' in judged ? judged.fault.code.replace('issue.expression_', '') : undefined }
const worked = (text: string, values: Record<string, Value>) => work(treeOf(text), (name) => values[name])

describe('reading', () => {
  it.each([
    ['', 'unfinished'], ['n >', 'unfinished'], ['n > > 1', 'syntax'], ['(n > 1', 'unfinished'], ['n = 1', 'syntax'], ['“n”', 'syntax'], ['n > 1 2', 'syntax'], ['"open', 'syntax'], ['n % 2', 'syntax'], ['n > 12abc', 'syntax'],
    ['for > 1', 'syntax'], ['matches(s)', 'function'], ['s.matches("x")', 'function'], ['n > 9999999999999999', 'number'], ['(('.repeat(30), 'too_deep'], ['!'.repeat(40), 'too_deep'], [`s == "${'x'.repeat(400)}"`, 'too_long'],
    ['n.m', 'unfinished'], ['rows.map(r, r)', 'function'], ['has(n)', 'syntax'], ['answers.n > 1', 'syntax'],
  ])('%s is refused: %s', (text, code) => expect(faultOf(text)).toBe(code))
  it.each([
    ['x > 1', 'name'], ['n && b', 'needs_boolean'], ['!n', 'needs_boolean'], ['n == "1"', 'same_type'], ['b > c', 'same_type'], ['several == several', 'same_type'], ['n in several', 'needs_list'], ['s in t', 'needs_list'], ['n + s', 'needs_number'],
    ['-s', 'needs_number'], ['1 / 2', 'whole'], ['2 * 3', 'whole'], ['size(s) / 2', 'whole'], ['meals == "canteen"', 'choice'], ['meals in ["none", "x"]', 'choice'], ['b ? n : s', 'same_type'], ['n ? 1 : 2', 'needs_boolean'],
    ['sum(rows, "name") > 1', 'sum'], ['sum(several, "count") > 1', 'sum'], ['size(n) > 1', 'needs_list'], ['n.startsWith("1")', 'needs_text'], ['s in [1, 2]', 'needs_list'], ['has(answers.x)', 'name'],
  ])('%s does not fit: %s', (text, code) => expect(faultOf(text)).toBe(code))
  it.each([['n > 1'], ['b'], ['meals == "boxed" || n >= 2.5'], ['"none" != meals'], ['size(rows) > 2 && sum(rows, "count") < n'], ['b ? "x" == s : c'], ["s == 'it is'"], ['"a" in several'], ['n / 2.0 > m'], ['-n < -1'], ['!(b && c)'], ['n - 1 - m > 0'], ['s.contains("a") && !s.endsWith("b")']])('%s is sound', (text) => expect(faultOf(text)).toBeUndefined())
  it('names what is looked at, each once', () => expect(namesIn(treeOf('n > 1 && (n < m || has(answers.s)) && "a" in several && sum(rows, "count") > 1'))).toEqual(['n', 'm', 's', 'several', 'rows']))
})

describe('working out', () => {
  it.each<[string, Record<string, Value>, Value]>([
    ['n > 1', {}, undefined], ['b && n > 1', { b: false }, false], ['n > 1 && b', { b: false }, false], ['b || n > 1', { b: true }, true], ['n > 1 || b', { b: false }, undefined], ['!b', {}, undefined],
    ['has(answers.n)', {}, false], ['has(answers.n)', { n: 0 }, true], ['has(answers.several)', { several: [] }, false], ['size(several) == 0', { several: [] }, true], ['"a" in several', { several: ['a'] }, true],
    ['n / m', { n: 1, m: 0 }, undefined], ['n / 2', { n: 5 }, 2.5], ['sum(rows, "count")', { rows: [{ count: 2 }, { count: 3.5 }, {}] }, 5.5], ['sum(rows, "count")', {}, 0], ['size(s)', { s: '复工😀' }, 3],
    ['b ? n : m', { b: false, m: 4 }, 4], ['s + t', { s: 'a', t: 'b' }, 'ab'], ['s < t', { s: '2020-02-03', t: '2020-02-10' }, true], ['n - 1 - m', { n: 5, m: 2 }, 2], ['-n', { n: 3 }, -3], ['s.startsWith("C") ? "x" : "y"', { s: 'C13' }, 'x'],
  ])('%s with %j is %j', (text, values, result) => expect(worked(text, values)).toBe(result))
})

// Random sound expressions of each type, so that every rule of the language meets every other.
interface Kinds { bool: Tree; num: Tree; text: Tree }
const { bool } = fc.letrec<Kinds>((loose) => {
  const tie = (kind: keyof Kinds) => loose(kind) as fc.Arbitrary<Tree>
  const name = (...all: string[]) => fc.constantFrom(...all).map((one): Tree => ['$', one])
  const pair = (op: string, kind: keyof Kinds) => fc.tuple(tie(kind), tie(kind)).map(([left, right]): Tree => [op, left, right])
  const ops = (all: string[], kind: keyof Kinds) => fc.oneof(...all.map((op) => pair(op, kind)))
  const literal = fc.oneof(fc.integer({ min: 0, max: 50 }).map((n): Tree => ['=', n]), fc.integer({ min: 0, max: 40 }).map((n): Tree => ['=.', n / 4]))
  const word = fc.constantFrom('a', 'b', 'none', '复工', 'a"b\\', '').map((text): Tree => ['=', text])
  const words = fc.array(word, { maxLength: 3 }).map((all): Tree => ['[]', ...all])
  return {
    bool: fc.oneof({ depthSize: 'small', withCrossShrink: true }, name('b', 'c'), fc.boolean().map((value): Tree => ['=', value]), fc.constantFrom('n', 's', 'b').map((one): Tree => ['has', one]),
      ops(['&&', '||'], 'bool'), tie('bool').map((one): Tree => ['!', one]), ops(['==', '!=', '<', '<=', '>', '>='], 'num'), ops(['==', '!=', '<', '>='], 'text'),
      fc.tuple(tie('text'), fc.oneof(words, fc.constant<Tree>(['$', 'several']))).map(([left, right]): Tree => ['in', left, right]), ops(['startsWith', 'endsWith', 'contains'], 'text'), pair('==', 'bool'),
      fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(([a, x, y]): Tree => ['if', a, x, y])),
    num: fc.oneof({ depthSize: 'small' }, literal, name('n', 'm'), ops(['+', '-', '*', '/'], 'num'), tie('num').map((one): Tree => ['neg', one]), fc.constant<Tree>(['size', ['$', 'several']]), tie('text').map((one): Tree => ['size', one]), fc.constant<Tree>(['sum', 'rows', 'count']), fc.tuple(tie('bool'), tie('num'), tie('num')).map(([a, x, y]): Tree => ['if', a, x, y])),
    text: fc.oneof({ depthSize: 'small' }, word, name('s', 't', 'meals'), pair('+', 'text'), fc.tuple(tie('bool'), tie('text'), tie('text')).map(([a, x, y]): Tree => ['if', a, x, y])),
  }
})
const answered = fc.record({ n: fc.constantFrom(0, 1, 2.5, 50, -3), m: fc.constantFrom(0, 2, 7), b: fc.boolean(), c: fc.boolean(), s: fc.constantFrom('a', '复工', 'b'), t: fc.constantFrom('a', 'none'), meals: fc.constantFrom('none', 'boxed') }, { requiredKeys: [] })
const lists = fc.record({ several: fc.subarray(['a', 'b', 'none']), rows: fc.array(fc.record({ count: fc.constantFrom(1, 2.5) }), { maxLength: 3 }) })

/** CEL itself. Whole numbers written between decimals are taken as the numbers they are, which the language leaves to its user. */
const cel = new Environment({ limits: { maxAstNodes: 5000, maxDepth: 200, maxListElements: 50, maxMapEntries: 50, maxCallArguments: 8 } })
for (const name of ['n', 'm']) cel.registerVariable(name, 'double')
for (const name of ['b', 'c']) cel.registerVariable(name, 'bool')
for (const name of ['s', 't', 'meals']) cel.registerVariable(name, 'string')
cel.registerVariable('several', 'list<string>').registerVariable('rows', 'list<map<string, double>>').registerVariable('answers', 'map')
cel.registerFunction('sum(list<map<string, double>>, string): double', (rows: { count: number }[]) => rows.reduce((total, row) => total + row.count, 0))
cel.registerOperator('double == int', (left: number, right: bigint) => left === Number(right))
for (const op of ['+', '-', '*', '/'] as const) {
  const go = { '+': (a: number, b: number) => a + b, '-': (a: number, b: number) => a - b, '*': (a: number, b: number) => a * b, '/': (a: number, b: number) => a / b }[op]
  cel.registerOperator(`double ${op} int: double`, (left: number, right: bigint) => go(left, Number(right)))
  cel.registerOperator(`int ${op} double: double`, (left: bigint, right: number) => go(Number(left), right))
}
/** Branches of one choice must be of one type there: a whole number beside a decimal is written as a decimal. */
const inCel = (tree: Tree): Tree => {
  const parts = tree.map((part) => (Array.isArray(part) ? inCel(part as unknown as Tree) : part)) as unknown as Tree
  return parts[0] === '=' && typeof parts[1] === 'number' ? ['=.', parts[1]] : parts
}
const sound = (tree: Tree) => 'type' in judge(tree, variables, columns)

describe('agreement', () => {
  it('what is written is read as the same tree', () => {
    fc.assert(fc.property(bool, (tree) => { fc.pre(write(tree).length <= 400); expect(read(write(tree))).toEqual({ tree }) }), { numRuns: 600 })
  })
  it('every expression gives what CEL gives, answered or not', () => {
    let compared = 0
    fc.assert(fc.property(bool, answered, lists, (tree, some, rest) => {
      fc.pre(sound(tree))
      const values: Record<string, Value> = { ...some, ...rest }
      const text = write(inCel(tree))
      const checked = cel.check(text)
      // Sizes are whole numbers to CEL; mixed into a choice of decimals it asks for one type.
      fc.pre(checked.valid)
      let result: unknown
      try { result = cel.evaluate(text, { ...values, answers: some }) } catch { result = undefined }
      compared += 1
      // A quotient by zero is a number to CEL and nothing to a form.
      if (!/\//.test(text)) expect(work(tree, (name) => values[name]), text).toBe(result)
    }), { numRuns: 3000 })
    expect(compared).toBeGreaterThan(1500)
  })
  it('expressions without a remainder to lose are CEL as they are written', () => {
    for (const text of ['n > 1 && b', 'meals == "boxed"', '"a" in several', 'size(several) >= 2', 'has(answers.n) && n / 2.5 > 1', 'b ? n > 1 : c', 's.startsWith("C")', 'n + 1 > m * 2']) expect(cel.check(text), text).toMatchObject({ valid: true })
  })
  it('no text makes it stumble', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.array(fc.constantFrom('n', '>', '1', '(', ')', '&&', '"a"', 'in', '[', ']', '?', ':', 'has', '.', ',', '!', 'size', ' '), { maxLength: 20 }).map((all) => all.join(' '))), (text) => {
      const found = read(text)
      if ('tree' in found) judge(found.tree, variables, columns)
    }), { numRuns: 2000 })
  })
})
