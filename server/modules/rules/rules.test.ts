// Decision tables without a database: cells, faults, coverage, first hit against a naive evaluator, sentences, versions.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision, DecisionTable } from '@fugong/contract/rules'
import { compileCell, environmentFor } from '@fugong/contract/rules.cells'
import { examineTable, meaningIssues } from '@fugong/contract/rules.check'
import { changedRows } from '@fugong/contract/rules.differences'
import { compileTable, evaluate } from '@fugong/contract/rules.evaluate'
import { inForceAmong, interfaceIssues, nearestKind, versionInForce } from './versions.rules.ts'

const packs = new URL('../../../packs/', import.meta.url)
const table = (path: string) => JSON.parse(readFileSync(new URL(path, packs), 'utf8')) as DecisionTable
const procedure = table('epidemic-2020/tables/declaration.procedure.json')
const negative = table('epidemic-2020/tables/enterprise.negativeList.json')
const department = table('epidemic-2020/tables/enterprise.department.json')
const now = new Date('2020-02-24T02:00:00Z')
const decideBy = (of: DecisionTable, inputs: Record<string, unknown>) => evaluate(compileTable(of), inputs, now)
const both = (text: string) => ({ zh: text, en: text })

describe('the tables that ship', () => {
  it.each([
    ['epidemic-2020/tables/declaration.procedure.json'], ['epidemic-2020/tables/enterprise.negativeList.json'],
    ['epidemic-2020/tables/declaration.refinement.json'], ['epidemic-2020/tables/declaration.route.json'], ['epidemic-2020/tables/declaration.appeal.json'],
    ['epidemic-2020/tables/enterprise.department.json'], ['flood/tables/declaration.procedure.json'],
  ])('%s is without fault', (path) => expect(meaningIssues(table(path))).toEqual([]))

  it.each(['enterprise.size', 'enterprise.sizeTrade'])('%s answers every case, and every row is used', (name) => {
    const shipped: unknown = { ...table(`../data/china/tables/${name}.json`), areaCode: '520100' }
    expect(examineTable(shipped)).toMatchObject({ issues: [], coverage: { complete: true, gaps: [], shadowed: [] } })
  })
  it.each([
    ['none', false, false, 'r1', 'effective'], ['low', false, true, 'r1', 'effective'], ['low', true, false, 'r2', 'review'], ['none', true, false, 'r2', 'review'],
    ['medium', false, false, 'r3', 'review'], ['medium', true, true, 'r3', 'review'], ['high', false, true, 'r4', 'reviewAndSite'], ['high', true, false, 'r5', 'reviewAndSite'],
    ['unlisted', false, false, 'r6', 'review'],
  ])('level %s, negative list %s, vital %s: row %s, %s', (level, negativeList, vital, row, procedureWanted) => {
    expect(decideBy(procedure, { level, negativeList, vital })).toMatchObject({ table: 'declaration.procedure', version: 1, row, outputs: { procedure: procedureWanted }, inputs: { level, negativeList, vital } })
  })
  it.each([['8810', 'r9', false], ['9019', 'r2', true], ['6210', 'r8', true], ['6240', 'r9', false]])('trade %s: row %s', (industry, row, value) => {
    expect(decideBy(negative, { industry })).toMatchObject({ row, outputs: { negative: value } })
  })
  it.each([['3911', 'industry'], ['5211', 'commerce'], ['4710', 'housing'], ['8311', 'education'], ['7222', 'commerce']])('trade %s belongs to %s', (industry, wanted) => {
    expect(decideBy(department, { industry })).toMatchObject({ outputs: { department: wanted } })
  })
})

describe('sentences', () => {
  const printed = (of: DecisionTable, inputs: Record<string, unknown>) => (decideBy(of, inputs) as Decision).sentence
  it('name the inputs that the row asked about, the results and the reason', () => {
    expect(printed(procedure, { level: 'low', negativeList: true, vital: false })).toEqual({
      zh: '因为所在区县风险等级为低风险、属负面清单行业，所以办理方式为材料审核、办理时限（工作小时）为 24、超时处理为视为通过（《复工备案办理方式》第 1 版 r2 行：负面清单行业人员聚集，先看材料；低风险地区不得久拖，3 个工作日未办结即视为通过）。',
      en: 'Because the risk level of the district is low risk and the trade is on the negative list: procedure: document review; time limit (working hours): 24; when overdue: taken as accepted (“Procedure of a resumption filing”, version 1, row r2: Trades on the negative list gather people, so the papers are read first; a low-risk area may not let a firm wait, so after three workdays without a decision it counts as accepted).',
    })
  })
  it('leave out results that are empty', () => {
    const { zh, en } = printed(procedure, { level: 'none', negativeList: false, vital: true })
    expect(zh).toContain('所以办理方式为提交即生效（告知承诺）（《')
    expect(zh).not.toContain('重要企业')
    expect(en).toContain(': procedure: effective on submission (notice and pledge) (“')
  })
  it('name all inputs when the row asks nothing', () => {
    expect(printed(negative, { industry: '3911' }).zh).toBe('因为行业代码（GB/T 4754-2017）为“3911”，所以属负面清单为“否”（《低风险地区负面清单行业》第 1 版 r9 行：不在负面清单所列行业之内）。')
    expect(printed(negative, { industry: '3911' }).en).toContain('Because the industry code (GB/T 4754-2017) is “3911”: on the negative list: no (')
  })
  it('say so when a row prescribes nothing and gives no reason', () => {
    const bare: DecisionTable = { ...negative, rows: [{ id: 'r1', when: {}, then: { negative: null } }] }
    expect(printed(bare, { industry: '1' }).zh).toBe('因为行业代码（GB/T 4754-2017）为“1”，所以没有进一步要求（《低风险地区负面清单行业》第 1 版 r1 行）。')
  })
})

describe('no decision', () => {
  it.each([
    ['an input is missing', { level: 'low', vital: false }, 'input', 'negativeList'],
    ['a code is none of the column', { level: 'extreme', negativeList: false, vital: false }, 'input', 'level'],
    ['an input has another type', { level: 'low', negativeList: 'no', vital: false }, 'input', 'negativeList'],
    ['inherited names are no inputs', Object.create({ level: 'low', negativeList: false, vital: false }) as Record<string, unknown>, 'input', 'level'],
  ])('%s', (_, inputs, reason, detail) => expect(decideBy(procedure, inputs)).toEqual({ reason, detail }))
  it('a row that fails is not passed over for a laxer one', () => {
    const failing: DecisionTable = { ...negative, rows: [{ id: 'r1', when: { industry: 'int(industry) > 5000' }, then: { negative: true } }, { id: 'r2', when: {}, then: { negative: false } }] }
    expect(decideBy(failing, { industry: 'abc' })).toEqual({ reason: 'expression', detail: 'r1' })
    expect(decideBy(failing, { industry: '6000' })).toMatchObject({ row: 'r1' })
  })
  it('no row applies', () => {
    const narrow: DecisionTable = { ...negative, rows: [{ id: 'r1', when: { industry: 'industry == "1"' }, then: { negative: true } }] }
    expect(decideBy(narrow, { industry: '2' })).toEqual({ reason: 'no_row', detail: '' })
  })
})

describe('cells', () => {
  const columns: DecisionTable['inputs'] = [
    { name: 'level', type: 'code', label: both('level'), codes: [{ value: 'low', label: both('low') }, { value: 'high', label: both('high') }] },
    { name: 'people', type: 'number', label: both('people') }, { name: 'trade', type: 'text', label: both('trade') }, { name: 'vital', type: 'boolean', label: both('vital') },
  ]
  const { environment } = environmentFor(columns)
  const faults = (text: string) => { const compiled = compileCell(environment, columns, text); return 'faults' in compiled ? compiled.faults.map((fault) => fault.code) : [] }
  it.each(['level == "low"', 'level in ["low", "high"]', 'people > 300', 'people == 10', 'people >= 10.5 && people < 20', '!vital', 'vital == false', 'trade.startsWith("62")', 'trade.matches("^(51|52)")', 'trade.size() == 4', 'true', 'level == "low" && !vital'])('%s is a condition', (text) => expect(faults(text)).toEqual([]))
  it.each([
    ['level ==', 'issue.cel_unfinished'], ['', 'issue.cel_empty'], ['level == 3', 'issue.cel_types'], ['other == "x"', 'issue.cel_name'], ['now() > 1', 'issue.cel_function'], ['trade.constructor == "x"', 'issue.cel'],
    ['level = "low"', 'issue.cel_equals'], ['level == "low', 'issue.cel_quote'], ['(vital', 'issue.cel_bracket'], ['vital && people', 'issue.cel_logic'], ['level in ["low", 3]', 'issue.cel_list'], ['people == null', 'issue.cel_never_missing'],
    [`${'('.repeat(60)}vital${')'.repeat(60)}`, 'issue.cel'],
    ['level', 'issue.cel_not_boolean'], ['people', 'issue.cel_not_boolean'], ['dyn(level)', 'issue.cel_not_boolean'], ['vital ? "a" : "b"', 'issue.cel_not_boolean'],
    ['level == "lo"', 'issue.table_code_unknown'], ['"Low" != level', 'issue.table_code_unknown'], ['level in ["low", "midle"]', 'issue.table_code_unknown'],
    ['trade.matches("^(a")', 'issue.cel_pattern'], ['trade.matches("(a+)+$")', 'issue.cel_pattern'], ['trade.matches(level)', 'issue.cel_pattern'], ['trade.matches("a*a*a*a*a*b")', 'issue.cel_pattern'], ['trade.matches("(a)\\\\1")', 'issue.cel_pattern'],
    ['trade.matches("a?b?c?d?")', 'issue.cel_pattern'], ['trade.matches("a*b+")', 'issue.cel_pattern'], ['trade.matches("a{1,9}b{1,9}")', 'issue.cel_pattern'], ['trade.matches("(0|0)(0|0)(0|0)x")', 'issue.cel_pattern'],
    ['"abc".matches("a")', 'issue.cel_pattern'], ['(trade + trade).matches("a")', 'issue.cel_pattern'],
    ['["a"].exists(x, x == trade)', 'issue.cel_loop'], ['["a"].exists_one(x, x == trade)', 'issue.cel_loop'], ['["a"].map(x, x) == ["a"]', 'issue.cel_loop'], ['["a"].filter(x, x == trade) == []', 'issue.cel_loop'], ['cel.bind(x, trade + trade, x == "a")', 'issue.cel_loop'],
  ])('%s is refused (%s)', (text, code) => expect(faults(text)).toEqual([code]))
  const digits = Array.from({ length: 40 }, (_, n) => n).join(', ')
  it.each([
    ['hundreds of optional signs', `"${'0'.repeat(300)}".matches("${'0?'.repeat(24)}${'0'.repeat(24)}x")`], ['several repetitions on one text', `"${'0'.repeat(120)}".matches("0*0*0*0*x")`],
    ['nested loops', `[${digits}].all(a, [${digits}].all(b, [${digits}].all(c, [${digits}].all(d, a + b + c + d >= 0))))`],
  ])('what would take the server hours is refused at once: %s', (_, text) => {
    const one: unknown = { ...procedure, rows: procedure.rows.map((row, index) => (index ? row : { ...row, when: { level: text } })) }
    const from = performance.now()
    expect(meaningIssues(one, true).map((issue) => issue.path)).toContain('/rows/0/when/level')
    expect(performance.now() - from).toBeLessThan(100)
  })
})

describe('faults of a whole table', () => {
  const faultsOf = (change: (of: DecisionTable) => unknown) => { const copy = structuredClone(procedure); return meaningIssues(change(copy) ?? copy).map(({ path, code }) => `${path} ${code}`) }
  it('are all listed at once with row and column', () => {
    expect(faultsOf((of) => {
      of.effectiveFrom = '2020-02-30T00:00:00+08:00'
      of.rows[0]!.when['level'] = 'level ='
      of.rows[1]!.when['mood'] = 'true'
      of.rows[2]!.when['level'] = 'level + "x"'
      of.rows[2]!.then['overdue'] = 'wait'
      of.rows[3]!.id = 'r1'
      delete of.rows[4]!.then['overdue']
    })).toEqual([
      '/rows/3/id issue.duplicate', '/effectiveFrom issue.instant', '/rows/0/when/level issue.cel_equals', '/rows/1/when/mood issue.table_column_unknown',
      '/rows/2/when/level issue.cel_not_boolean', '/rows/2/then/overdue issue.table_code_unknown', '/rows/4/then/overdue issue.table_output_missing',
    ])
  })
  it('results', () => {
    expect(faultsOf((of) => {
      of.rows[2]!.then = { procedure: 'reviw', workingHours: 'a day', overdue: 5, extra: 1 } as never
      delete of.rows[4]!.then['overdue']
    })).toEqual([
      '/rows/2/then/procedure issue.table_code_unknown', '/rows/2/then/workingHours issue.table_output_type', '/rows/2/then/overdue issue.table_output_type',
      '/rows/2/then/extra issue.table_column_unknown', '/rows/4/then/overdue issue.table_output_missing',
    ])
  })
  it('columns', () => {
    expect(faultsOf((of) => {
      of.inputs[1]!.name = 'level'
      of.inputs[2]!.name = 'if'
      of.inputs[0]!.codes = []
      of.outputs[0]!.codes![1]!.value = 'effective'
    })).toEqual(['/inputs/1/name issue.duplicate', '/inputs/0/codes issue.table_codes_missing', '/outputs/0/codes/1/value issue.duplicate', '/inputs/2/name issue.table_column_name', ...['/rows/1/then/procedure', '/rows/2/then/procedure'].map((path) => `${path} issue.table_code_unknown`), '/rows/5/then/procedure issue.table_code_unknown'])
  })
  it('an uncovered case is named', () => {
    expect(meaningIssues({ ...procedure, rows: procedure.rows.filter((row) => row.id !== 'r5') })).toEqual([
      { path: '/rows', code: 'issue.table_uncovered', params: { combination: 'level = high, vital = false' } },
    ])
  })
  it('a row that can never apply is named', () => {
    expect(faultsOf((of) => { of.rows.push({ id: 'r7', when: { level: 'level == "low"' }, then: { procedure: 'review', workingHours: 8, overdue: 'accept' } }) })).toEqual(['/rows/6 issue.table_unreachable'])
    expect(meaningIssues({ ...negative, rows: [...negative.rows, { id: 'r10', when: { industry: 'industry == "1"' }, then: { negative: true } }] }).map((issue) => issue.path)).toEqual(['/rows/9'])
  })
  it('gives up on a table too large to try', () => {
    const codes = (count: number, head: string) => Array.from({ length: count }, (_, n) => ({ value: `${head}${n}`, label: both(head) }))
    const wide: unknown = {
      ...negative, inputs: ['a', 'b'].map((name) => ({ name, type: 'code', label: both(name), codes: codes(70, name) })),
      rows: Array.from({ length: 2000 }, (_, n) => ({ id: `r${n}`, when: { a: `a == "a${n % 70}" && b == "b${Math.floor(n / 70) % 70}" || a == "a${(n * 7) % 70}" && b != "b${n % 69}"` }, then: { negative: true } })),
    }
    expect(meaningIssues(wide)).toEqual([{ path: '/rows', code: 'issue.table_unchecked' }])
  })
  it('gives up on a table that takes too long to try', () => {
    let clock = 0
    expect(meaningIssues(procedure, true, () => (clock += 100))).toEqual([{ path: '/rows', code: 'issue.table_unchecked' }])
    expect(meaningIssues(procedure, true, () => clock)).toEqual([])
  })
  it.each([[null], [[]], ['table'], [{}], [{ inputs: 'x', rows: [1, null, { when: [] }], outputs: [null] }], [{ inputs: [{ name: 'a', type: 'text' }], outputs: [{ name: 'b', type: 'code', codes: [null, 1] }], rows: [{ id: 1, when: { a: 5 }, then: 'x' }] }]])('%j does not break the check', (value) => {
    expect(() => meaningIssues(value)).not.toThrow()
  })
})

describe('first hit', () => {
  // Conditions over two codes and a flag, each written as CEL and as plain code.
  const letter = fc.constantFrom('a', 'b', 'c')
  const condition = fc.oneof(
    letter.map((value) => ({ text: `x == "${value}"`, holds: (i: Case) => i.x === value })),
    letter.map((value) => ({ text: `x != "${value}"`, holds: (i: Case) => i.x !== value })),
    fc.tuple(letter, letter).map(([p, q]) => ({ text: `y in ["${p}", "${q}"]`, holds: (i: Case) => i.y === p || i.y === q })),
    fc.constant({ text: '!z', holds: (i: Case) => !i.z }), fc.constant({ text: 'z || x == "a"', holds: (i: Case) => i.z || i.x === 'a' }),
    fc.constant({ text: 'y == x || z', holds: (i: Case) => i.y === i.x || i.z }),
  )
  type Case = { x: string; y: string; z: boolean }
  const rows = fc.array(fc.array(condition, { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  const cases: Case[] = ['a', 'b', 'c'].flatMap((x) => ['a', 'b', 'c'].flatMap((y) => [true, false].map((z) => ({ x, y, z }))))
  const codes = ['a', 'b', 'c'].map((value) => ({ value, label: both(value) }))
  const build = (drawn: { text: string }[][]): DecisionTable => ({
    ...negative, inputs: [{ name: 'x', type: 'code', label: both('x'), codes }, { name: 'y', type: 'code', label: both('y'), codes }, { name: 'z', type: 'boolean', label: both('z') }],
    outputs: [{ name: 'n', type: 'number', label: both('n') }],
    rows: drawn.map((conditions, n) => ({ id: `r${n}`, when: Object.fromEntries(conditions.map((one, place) => [['x', 'y', 'z'][place]!, one.text])), then: { n } })),
  })
  it('agrees with a naive evaluator, and the coverage check with trying every case', () => {
    fc.assert(fc.property(rows, (drawn) => {
      const built = build(drawn)
      const compiled = compileTable(built)
      const wanted = cases.map((one) => drawn.findIndex((conditions) => conditions.every((condition) => condition.holds(one))))
      for (const [index, one] of cases.entries()) {
        const decision = evaluate(compiled, one, now)
        if (wanted[index]! < 0) expect(decision).toEqual({ reason: 'no_row', detail: '' })
        else expect(decision).toMatchObject({ row: `r${wanted[index]}`, outputs: { n: wanted[index] } })
      }
      const { issues, coverage } = examineTable(built)
      // A gap is a region: the values named, and any value of the columns it does not name.
      const inGap = (one: Case) => coverage!.gaps.filter((gap) => Object.entries(gap.where).every(([name, values]) => values.includes(one[name as 'x']))).length
      expect(cases.map(inGap)).toEqual(wanted.map((row) => (row < 0 ? 1 : 0)))
      expect(issues.filter((issue) => issue.code === 'issue.table_uncovered')).toHaveLength(coverage!.gaps.length)
      expect(issues.filter((issue) => issue.path !== '/rows').map((issue) => issue.path)).toEqual(drawn.flatMap((_, row) => (wanted.includes(row) ? [] : [`/rows/${row}`])))
      for (const { row, with: earlier } of coverage!.overlaps) for (const other of earlier) {
        expect(cases.some((one) => drawn[row]!.every((c) => c.holds(one)) && drawn[other]!.every((c) => c.holds(one)))).toBe(true)
      }
    }), { numRuns: 300 })
  })
})

describe('versions', () => {
  const version = (number: number, areaCode: string, effectiveFrom: string, kind: string | null = 'epidemic') => ({ code: 'a.b', version: number, areaCode, effectiveFrom, kind })
  const city = version(1, '520100', '2020-02-01T00:00:00Z')
  const later = version(2, '520100', '2020-03-01T00:00:00Z')
  const district = version(3, '520103', '2020-02-10T00:00:00Z')
  const flood = version(1, '520100', '2020-02-01T00:00:00Z', 'flood')
  const general = version(9, '520100', '2020-02-20T00:00:00Z', null)
  const all = [flood, later, district, city]
  it.each([
    ['the city version in another district', ['520102', '520100', '520000'], 'epidemic', '2020-02-24', city],
    ['the district’s own version', ['520103', '520100', '520000'], 'epidemic', '2020-02-24', district],
    ['also for a street in it', ['520103001', '520103', '520100'], 'epidemic', '2020-03-24', district],
    ['the city version before the district’s took effect', ['520103', '520100'], 'epidemic', '2020-02-05', city],
    ['the later version from its day on', ['520102', '520100'], 'epidemic', '2020-03-01', later],
    ['each kind its own', ['520102', '520100'], 'flood', '2020-03-24', flood],
    ['nothing before the first', ['520102', '520100'], 'epidemic', '2020-01-01', undefined],
    ['nothing for an area elsewhere', ['530102', '530100'], 'epidemic', '2020-03-24', undefined],
  ])('in force: %s', (_, ancestors, kind, day, wanted) => expect(versionInForce(all, ancestors, kind, new Date(day))).toBe(wanted))
  it('what is made for the kind goes before what is for all', () => {
    expect(versionInForce([...all, general], ['520102', '520100'], 'epidemic', new Date('2020-02-24'))).toBe(city)
    expect(versionInForce([...all, general], ['520102', '520100'], 'drought', new Date('2020-02-24'))).toBe(general)
  })
  it('of one date the higher number', () => {
    const corrected = version(4, '520100', '2020-02-01T00:00:00Z')
    expect(versionInForce([corrected, city], ['520100'], 'epidemic', new Date('2020-02-24'))).toBe(corrected)
  })
  it('a list marks one per area and kind', () => {
    expect([...inForceAmong(all, new Date('2020-03-24'))]).toEqual([flood, later, district])
  })

  it.each([
    ['flood', '03'], ['epidemic', '02'], ['quake', '01'], [undefined, '01'],
  ])('who works in %s means version %s', (kind, id) => {
    const [shared, epidemic, water] = [{ id: '01', kind: null }, { id: '02', kind: 'epidemic' }, { id: '03', kind: 'flood' }]
    expect(nearestKind([shared, epidemic, water], kind)?.id).toBe(id)
  })
  it('without any better reason the newest of several kinds is meant', () => {
    expect(nearestKind([{ id: '02', kind: 'epidemic' }, { id: '03', kind: 'flood' }], 'quake')?.id).toBe('03')
    expect(nearestKind([], 'epidemic')).toBeUndefined()
  })

  const change = (edit: (of: DecisionTable) => void) => { const copy = structuredClone(procedure); edit(copy); return changedRows(procedure, copy) }
  it('a difference names rows that were added, removed, changed or moved', () => {
    expect(change(() => {})).toEqual([])
    expect(changedRows(undefined, negative)).toHaveLength(9)
    expect(change((of) => { of.rows[1]!.then['workingHours'] = 16 })).toEqual([{ row: 'r2', change: 'changed' }])
    expect(change((of) => { of.rows.splice(3, 1) })).toEqual([{ row: 'r4', change: 'removed' }])
    expect(change((of) => { of.rows.splice(2, 0, { ...of.rows[0]!, id: 'new' }) })).toEqual([{ row: 'new', change: 'added' }])
    expect(change((of) => { of.rows.reverse() }).length).toBe(6)
    expect(change((of) => { of.rows[0] = Object.fromEntries(Object.entries(of.rows[0]!).reverse()) as never })).toEqual([])
  })
  it('a new version may not ask for what nothing provides, nor drop what is used', () => {
    const copy = structuredClone(procedure)
    copy.inputs.push({ name: 'mood', type: 'text', label: both('mood') })
    copy.outputs = copy.outputs.filter((column) => column.name !== 'overdue')
    expect(interfaceIssues(copy, [procedure]).map(({ path, code }) => `${path} ${code}`)).toEqual(['/inputs/3 issue.table_input_unknown', '/outputs issue.table_output_lost'])
    expect(interfaceIssues(copy, [])).toEqual([])
    expect(interfaceIssues(table('flood/tables/declaration.procedure.json'), [procedure])).toEqual([])
  })
})
