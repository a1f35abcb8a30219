// Evaluating a decision table: the first row whose cells are all true decides.
import type { Column, Decision, DecisionTable } from './rules.ts'
import { compileCell, environmentFor, type Condition } from './rules.cells.ts'
import { sentenceOf } from './rules.sentence.ts'

export interface CompiledTable { table: DecisionTable; rows: { conditions: Condition[]; uses: string[] }[] }
/** Why there is no decision: an input is missing or of another type, an expression failed on it, or no row applies. */
export interface NoDecision { reason: 'input' | 'expression' | 'no_row'; detail: string }
const LONGEST_TEXT = 400

/** Compiles a table that `checkTable` found without fault; throws on one that is not. */
export function compileTable(table: DecisionTable): CompiledTable {
  const { environment } = environmentFor(table.inputs)
  const known = new Map<string, Condition>()
  const rows = table.rows.map((row) => {
    const conditions = Object.values(row.when).map((text) => {
      let condition = known.get(text)
      if (!condition) {
        const compiled = compileCell(environment, table.inputs, text)
        if ('faults' in compiled) throw new Error(`Table ${table.code} ${table.version}, row ${row.id} does not compile`)
        known.set(text, (condition = compiled.condition))
      }
      return condition
    })
    return { conditions, uses: [...new Set(conditions.flatMap((condition) => condition.uses))] }
  })
  return { table, rows }
}

/** The decision of a compiled table for these inputs at a moment; inputs the table does not name are left aside. */
export function evaluate(compiled: CompiledTable, given: Readonly<Record<string, unknown>>, at: Date): Decision | NoDecision {
  const { table } = compiled
  const inputs: Record<string, string | number | boolean> = {}
  const known: Decision['inputs'] = {}
  for (const column of table.inputs) {
    const value = Object.hasOwn(given, column.name) ? given[column.name] : undefined
    const missing = column.optional === true && (value === null || value === undefined)
    if (!missing && !fits(column, value)) return { reason: 'input', detail: column.name }
    inputs[column.name] = missing ? NaN : value as string | number | boolean
    known[column.name] = missing ? null : value as string | number | boolean
  }
  for (const [index, row] of compiled.rows.entries()) {
    const { id, then } = table.rows[index]!
    try {
      if (!row.conditions.every((condition) => condition.test(inputs))) continue
    } catch {
      // A row that fails must not be passed over in silence: the next one may be laxer.
      return { reason: 'expression', detail: id }
    }
    const decision = { table: table.code, version: table.version, row: id, at: at.toISOString(), inputs: known, outputs: { ...then } }
    return { ...decision, sentence: sentenceOf(table, table.rows[index]!, row.uses, known) }
  }
  return { reason: 'no_row', detail: '' }
}

/** Whether a value is one that the column can hold. */
export function fits(column: Column, value: unknown): value is string | number | boolean {
  if (column.type === 'boolean') return typeof value === 'boolean'
  if (column.type === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= (column.min ?? -Infinity) && value <= (column.max ?? Infinity) && (!column.whole || Number.isInteger(value))
  if (typeof value !== 'string' || value.length > LONGEST_TEXT) return false
  return column.type === 'text' || (column.codes ?? []).some((choice) => choice.value === value)
}
