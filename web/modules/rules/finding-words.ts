// What the check of a table finds, said in the language of the screen and by the names of its columns.
import type { Issue } from '@fugong/contract/base'
import type { Column, DecisionTable } from '@fugong/contract/rules'
import type { Gap } from '@fugong/contract/rules.coverage'
import type { ExampleResult } from '@fugong/contract/rules.examples'
import { pick, type Say } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { valueInWords, type CelWords } from './cel.ts'

type Columns = Pick<DecisionTable, 'inputs' | 'outputs'>
/** The words of a fault; columns by their labels instead of their names. */
export function faultWords(t: Say, table: Columns, issue: Issue): string {
  const name = issue.params?.['column']
  const column = typeof name === 'string' ? [...table.inputs, ...table.outputs].find((one) => one.name === name) : undefined
  const [, head = '', , part] = issue.path.split('/')
  const field = head === 'rows' && part ? t(`field.${part}`) : head ? t(`field.${head}`) : undefined
  return wordsOfIssue(column ? { ...issue, params: { ...issue.params, column: pick(column.label) } } : issue, column ? pick(column.label) : field)
}

/** Rows counted from 0 as a reader counts them, neighbours together: `1–3、7`. */
export function rowsWords(rows: readonly number[], comma: string): string {
  const runs: [number, number][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last && row === last[1] + 1) last[1] = row
    else runs.push([row, row])
  }
  return runs.map(([from, to]) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`)).join(comma)
}
/** Values of a column as one phrase. */
export function valuesWords(t: Say, column: Column, values: readonly (string | number | boolean | null)[], words: CelWords): string {
  return values.map((value) => {
    if (value === null) return t('missing')
    if (column.type === 'text' && typeof value === 'string') return value === '…' ? t('editor.otherText') : value.endsWith('…') ? t('editor.otherBeginning', { value: value.slice(0, -1) }) : value
    return valueInWords(column, value, words) ?? String(value)
  }).join(words.or)
}
/** The most samples of a number or text that a reader wants to see. */
const MOST_SAMPLES = 4
export function gapWords(t: Say, table: Columns, gap: Gap, words: CelWords): string {
  const parts = table.inputs.flatMap((column) => {
    const values = gap.where[column.name]
    if (!values) return []
    const shown = column.type === 'code' || column.type === 'boolean' ? values : values.slice(0, MOST_SAMPLES)
    const whole = column.type === 'code' && values.length === column.codes?.length
    return whole ? [] : [t('editor.columnIs', { column: pick(column.label), value: `${valuesWords(t, column, shown, words)}${shown.length < values.length ? '…' : ''}` })]
  })
  return parts.length ? parts.join(t('editor.comma')) : t('editor.anyCase')
}
/** Outputs as one phrase; null is "no decision". */
export function outputsWords(t: Say, table: Columns, outputs: Record<string, string | number | boolean | null> | null, words: CelWords): string {
  if (!outputs) return t('trial.noDecision')
  const said = table.outputs.flatMap((column) => {
    const value = valueInWords(column, outputs[column.name], words)
    return value === undefined ? [] : [table.outputs.length === 1 ? value : t('editor.columnIs', { column: pick(column.label), value })]
  })
  return said.join(t('editor.comma')) || t('nothingLabel')
}
export function exampleWords(t: Say, table: Columns, result: ExampleResult, words: CelWords): string {
  const { decision, issue } = result
  if ('reason' in decision || !issue || issue.code !== 'issue.table_example_failed') return issue ? faultWords(t, table, issue) : t('examples.passed', { row: 'row' in decision ? decision.row : '' })
  return t('examples.failed', { row: decision.row, said: outputsWords(t, { ...table, outputs: table.outputs.filter((column) => result.differing.includes(column.name)) }, decision.outputs, words) })
}
