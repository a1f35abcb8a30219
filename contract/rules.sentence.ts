// Printing a decision as a sentence that the person it concerns can read, in both languages.
import type { Bilingual } from './base.ts'
import type { Column, Decision, DecisionTable } from './rules.ts'

type Row = DecisionTable['rows'][number]
type Value = string | number | boolean | null

/**
 * Because of these inputs, that result, by which row of which version and why.
 * Named are the inputs the row's cells use; a row that asks nothing applies to whatever came this far, so all are named.
 */
export function sentenceOf(table: DecisionTable, row: Row, uses: readonly string[], inputs: Decision['inputs']): Bilingual {
  const named = table.inputs.filter((column) => !uses.length || uses.includes(column.name))
  const results = table.outputs.filter((column) => row.then[column.name] !== null && row.then[column.name] !== undefined)
  const zh = {
    because: named.map((column) => inputZh(column, inputs[column.name] ?? null)).join('、'),
    so: results.map((column) => outputZh(column, row.then[column.name]!)).join('、') || '没有进一步要求',
    why: row.because ? `：${row.because.zh.replace(/[。．.]$/u, '')}` : '',
  }
  const en = {
    because: listEn(named.map((column) => inputEn(column, inputs[column.name] ?? null))),
    so: results.map((column) => outputEn(column, row.then[column.name]!)).join('; ') || 'nothing further is required',
    why: row.because ? `: ${row.because.en.replace(/\.$/, '')}` : '',
  }
  return {
    zh: `因为${zh.because}，所以${zh.so}（《${table.name.zh}》第 ${table.version} 版 ${row.id} 行${zh.why}）。`,
    en: `Because ${en.because}: ${en.so} (“${table.name.en}”, version ${table.version}, row ${row.id}${en.why}).`,
  }
}

function inputZh(column: Column, value: Value): string {
  if (typeof value === 'boolean') return (value ? column.whenTrue?.zh : column.whenFalse?.zh) ?? `${column.label.zh}为“${value ? '是' : '否'}”`
  if (value === null) return `${column.label.zh}未报`
  return `${column.label.zh}为${spoken(column, value).zh}`
}
const outputZh = inputZh

function inputEn(column: Column, value: Value): string {
  if (typeof value === 'boolean') return (value ? column.whenTrue?.en : column.whenFalse?.en) ?? `${lower(column.label.en)} is “${value ? 'yes' : 'no'}”`
  const { label } = column
  if (value === null) return `the ${lower(label.en).replace(/^the /, '')} is not reported`
  return `the ${lower(label.en).replace(/^the /, '')} is ${spoken(column, value).en}`
}
/** Results stand as label and value: labels such as “When overdue” take no verb. */
function outputEn(column: Column, value: Value): string {
  if (typeof value === 'boolean') return (value ? column.whenTrue?.en : column.whenFalse?.en) ?? `${lower(column.label.en)}: ${value ? 'yes' : 'no'}`
  return `${lower(column.label.en)}: ${spoken(column, value).en}`
}
/** A value in words: the label of a code, a quoted text, a bare number. */
function spoken(column: Column, value: Value): Bilingual {
  if (column.type === 'code') {
    const label = column.codes?.find((choice) => choice.value === value)?.label
    if (label) return { zh: label.zh, en: lower(label.en) }
  }
  if (column.type === 'number') return { zh: ` ${value}${column.unit ? ` ${column.unit.zh}` : ''}`, en: `${value}${column.unit ? ` ${column.unit.en}` : ''}` }
  return { zh: `“${value}”`, en: `“${value}”` }
}
/** `Risk level` becomes `risk level`, `GB/T code` stays. */
function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
}
function listEn(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
