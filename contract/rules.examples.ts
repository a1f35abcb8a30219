// Runs the examples that stand beside a decision table: each case must give the result its author expects.
import type { Issue } from './base.ts'
import type { Decision, DecisionTable } from './rules.ts'
import { compileTable, evaluate, type NoDecision } from './rules.evaluate.ts'

export interface ExampleResult {
  passed: boolean
  /** What the table decides, or why it decides nothing. */
  decision: Decision | NoDecision
  /** Outputs that came out otherwise, or names that the table does not have. */
  differing: string[]
  issue: Issue | undefined
}
// Examples are decided outside of time: which moment stands in the decision makes no difference.
const NO_MOMENT = new Date(0)

/** Every example of a table whose cells are sound; a broken table throws. */
export function runExamples(table: DecisionTable): ExampleResult[] {
  if (!table.examples?.length) return []
  const compiled = compileTable(table)
  const outputs = new Set(table.outputs.map((column) => column.name))
  return table.examples.map(({ inputs, expect }, index): ExampleResult => {
    const decision = evaluate(compiled, inputs, NO_MOMENT)
    const at = (code: string, params: Record<string, unknown>) => ({ path: `/examples/${index}`, code, params: { example: index + 1, ...params } })
    if ('reason' in decision) {
      const code = decision.reason === 'input' ? 'issue.table_example_input' : 'issue.table_example_no_row'
      return { passed: false, decision, differing: [], issue: at(code, { column: decision.detail }) }
    }
    const differing = Object.keys(expect).filter((name) => !outputs.has(name) || (decision.outputs[name] ?? null) !== expect[name])
    if (!Object.keys(expect).length) return { passed: false, decision, differing, issue: at('issue.table_example_empty', {}) }
    const said = differing.map((name) => `${name} = ${String(decision.outputs[name] ?? null)}`).join(', ')
    const wanted = differing.map((name) => `${name} = ${String(expect[name])}`).join(', ')
    return { passed: !differing.length, decision, differing, issue: differing.length ? at('issue.table_example_failed', { row: decision.row, said, wanted }) : undefined }
  })
}
