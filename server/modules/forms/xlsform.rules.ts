// A form as the survey, choices and settings sheets of XLSForm, out and in; whatever has no place on the other side is told.
import type { Issue } from '@fugong/contract/base'
import { read, write, type Tree } from '@fugong/contract/expressions'
import type { Form, FormField, FormPage } from '@fugong/contract/forms'
import { fromXPath, toXPath, type Meaning } from './xpath.rules.ts'

export type Rows = string[][]
export interface Sheets { survey: Rows; choices: Rows; settings: Rows }
type Two = { zh: string; en: string }
const YES_NO = 'fugong_yes_no'
const OUT: Partial<Record<FormField['type'], string>> = { text: 'text', para: 'text', number: 'decimal', integer: 'integer', day: 'date', moment: 'dateTime', file: 'file', area: 'text', phone: 'text', creditCode: 'text', boolean: `select_one ${YES_NO}` }
const COLUMNS = ['type', 'name', 'label::中文 (zh)', 'label::English (en)', 'hint::中文 (zh)', 'hint::English (en)', 'required', 'relevant', 'constraint', 'constraint_message::中文 (zh)', 'constraint_message::English (en)', 'calculation', 'appearance',
  'fugong_type', 'fugong_dict', 'fugong_known', 'fugong_unit_zh', 'fugong_unit_en', 'fugong_min', 'fugong_max', 'fugong_pattern', 'fugong_relevant', 'fugong_required', 'fugong_constraint', 'fugong_calculation'] as const
type Column = (typeof COLUMNS)[number]
const told = (path: string, code: string, params: Record<string, unknown>): Issue => ({ path, code: `issue.xlsform_${code}`, params })

/** The sheets of a form. Our own columns (`fugong_…`) carry what XLSForm has no word for, so that it comes back whole. */
export function toXlsform(form: Form): { sheets: Sheets; told: Issue[] } {
  const notes: Issue[] = []
  const survey: Rows = [[...COLUMNS]]
  const choices: Rows = [['list_name', 'name', 'label::中文 (zh)', 'label::English (en)']]
  const all = form.pages.flatMap((page) => page.fields.flatMap((field) => [field, ...((field.fields ?? []) as FormField[])]))
  const known = new Set(all.flatMap((field) => [field.code, ...(field.type === 'group' ? [`count:${field.code}`] : field.type === 'codes' ? [`several:${field.code}`] : [])]))
  const flags = new Set(all.filter((field) => field.type === 'boolean').map((field) => field.code))
  const row = (cells: Partial<Record<Column, string>>) => survey.push(COLUMNS.map((column) => cells[column] ?? ''))
  const two = (stem: 'label' | 'hint' | 'constraint_message', value: Two | undefined) => (value ? { [`${stem}::中文 (zh)`]: value.zh, [`${stem}::English (en)`]: value.en } : {})
  /** An expression in its column, or in ours when XLSForm cannot say it. */
  const say = (column: 'relevant' | 'required' | 'constraint' | 'calculation', text: string | undefined, name: string): Partial<Record<Column, string>> => {
    if (text === undefined) return {}
    const found = read(text)
    const xpath = 'tree' in found ? toXPath(found.tree, column === 'constraint' ? name : undefined, known, (one) => flags.has(one)) : undefined
    if (xpath !== undefined) return { [column]: xpath }
    notes.push(told(`survey/${survey.length + 1}/${column}`, 'expression_out', { name, column, text }))
    return { [`fugong_${column}`]: text }
  }
  const one = (field: FormField) => {
    const { code, type, label, help, unit, min, max, pattern } = field
    const list = `list_${code}`
    if (field.codes) for (const choice of field.codes) choices.push([list, choice.value, choice.label.zh, choice.label.en])
    const kind = field.computed !== undefined ? 'calculate' : type === 'code' ? `select_one ${list}` : type === 'codes' ? `select_multiple ${list}` : OUT[type]!
    row({
      type: kind, name: code, ...two('label', label), ...two('hint', help), ...say('relevant', field.visibleWhen, code), ...(field.required ? { required: 'yes' } : say('required', field.requiredWhen, code)),
      ...say('constraint', field.check?.when, code), ...two('constraint_message', field.check?.message), ...say('calculation', field.computed, code), ...(type === 'para' ? { appearance: 'multiline' } : {}),
      fugong_type: type, fugong_dict: field.dict ?? '', fugong_known: field.known ?? '', fugong_unit_zh: unit?.zh ?? '', fugong_unit_en: unit?.en ?? '', fugong_min: min === undefined ? '' : String(min), fugong_max: max === undefined ? '' : String(max), fugong_pattern: pattern ?? '',
    })
  }
  for (const page of form.pages) {
    row({ type: 'begin_group', name: page.code, ...two('label', page.title), ...two('hint', page.help), ...say('relevant', page.visibleWhen, page.code), appearance: 'field-list' })
    for (const field of page.fields) {
      if (field.type !== 'group') { one(field); continue }
      row({ type: 'begin_repeat', name: field.code, ...two('label', field.label), ...two('hint', field.help), ...say('relevant', field.visibleWhen, field.code), ...(field.required ? { fugong_required: 'yes' } : {}), fugong_type: 'group', fugong_dict: field.dict ?? '', fugong_min: field.min === undefined ? '' : String(field.min), fugong_max: field.max === undefined ? '' : String(field.max) })
      for (const inner of field.fields ?? []) one(inner as FormField)
      row({ type: 'end_repeat', name: field.code })
    }
    row({ type: 'end_group', name: page.code })
  }
  if (flags.size) choices.push([YES_NO, 'yes', '是', 'Yes'], [YES_NO, 'no', '否', 'No'])
  if (form.statement) notes.push(told('settings', 'statement', {}))
  if (form.appliesTo) notes.push(told('settings', 'applies', {}))
  return { sheets: { survey, choices, settings: [['form_title', 'form_id', 'version', 'default_language', 'title_en'], [form.name.zh, form.code, String(form.version), '中文 (zh)', form.name.en]] }, told: notes }
}

const IN: Record<string, FormField['type']> = { text: 'text', string: 'text', integer: 'integer', int: 'integer', decimal: 'number', date: 'day', dateTime: 'moment', datetime: 'moment', file: 'file', image: 'file', photo: 'file', acknowledge: 'boolean', trigger: 'boolean', phonenumber: 'phone' }
const CARRIED = new Set(['type', 'name', 'label', 'hint', 'required', 'relevant', 'constraint', 'constraint_message', 'calculation', 'appearance'])

/** A form from the sheets of an XLSForm, as far as it can be understood; the rest is told with sheet, row and column. */
export function fromXlsform(sheets: Partial<Sheets>): { body: Record<string, unknown>; told: Issue[] } {
  const notes: Issue[] = []
  const survey = tableOf(sheets.survey ?? [])
  const settings = tableOf(sheets.settings ?? []).rows[0]?.cells ?? {}
  for (const column of survey.columns) if (!CARRIED.has(column.split('::')[0]!) && !column.startsWith('fugong_')) notes.push(told(`survey/1/${column}`, 'column', { column }))
  const lists = choicesOf(tableOf(sheets.choices ?? []), notes)
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const codeOf = (name: string, at: number): string => {
    const parts = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
    const stem = (parts.charAt(0).toLowerCase() + parts.slice(1)).replace(/^[^a-z]+/, '') || 'field'
    let code = stem
    for (let n = 2; taken.has(code); n += 1) code = `${stem}${n}`
    taken.add(code)
    names.set(name, code)
    if (code !== name) notes.push(told(`survey/${at}/name`, 'name', { from: name, to: code }))
    return code
  }
  const flags = new Set<string>()
  const groupOf = new Map<string, string>()
  const pending: { target: Record<string, unknown>; part: string; text: string; name: string; at: number; column: string }[] = []
  const pages: FormPage[] = []
  const depth: { kind: 'group' | 'repeat'; ignored: boolean }[] = []
  let page: FormPage | undefined
  let group: FormField | undefined
  const onPage = () => { if (!page) { page = { code: `page${pages.length + 1}`, title: { zh: settings['form_title'] ?? '', en: settings['title_en'] ?? settings['form_title'] ?? '' }, fields: [] }; pages.push(page) } return page }
  const later = (target: Record<string, unknown>, cells: Record<string, string>, name: string, at: number) => {
    for (const [column, part] of [['relevant', 'visibleWhen'], ['constraint', 'check'], ['calculation', 'computed']] as const) {
      if (cells[`fugong_${column}`]) pending.push({ target, part, text: `=${cells[`fugong_${column}`]!}`, name, at, column })
      else if (cells[column]) pending.push({ target, part, text: cells[column]!, name, at, column })
    }
    const required = cells['fugong_required'] ? `=${cells['fugong_required']}` : (cells['required'] ?? '')
    if (/^=?(yes|true|true\(\)|1)$/i.test(required)) target['required'] = true
    else if (required && !/^(no|false|false\(\)|0)$/i.test(required)) pending.push({ target, part: 'requiredWhen', text: required, name, at, column: 'required' })
  }

  for (const { at, cells } of survey.rows) {
    const [kind = '', list = ''] = (cells['type'] ?? '').trim().replace(/^(begin|end)[ _]/, '$1_').replace(/^select[ _](one|multiple)/, 'select_$1').split(/\s+/)
    const name = cells['name'] ?? ''
    const label = bilingual(cells, 'label', name)
    const help = cells['hint'] || Object.keys(cells).some((column) => column.startsWith('hint::') && cells[column]) ? bilingual(cells, 'hint', '') : undefined
    if (!kind) continue
    if (kind === 'begin_group') {
      // Pages do not nest: what stands in an inner group joins the page around it.
      if (depth.length > 0) { depth.push({ kind: 'group', ignored: true }); notes.push(told(`survey/${at}/type`, 'nested', { name })); if (cells['relevant'] || cells['fugong_relevant']) notes.push(told(`survey/${at}/relevant`, 'expression_in', { name, column: 'relevant', text: cells['relevant'] ?? cells['fugong_relevant'] ?? '', word: 'begin_group' })); continue }
      depth.push({ kind: 'group', ignored: false })
      page = { code: name || `page${pages.length + 1}`, title: label, fields: [], ...(help ? { help } : {}) }
      pages.push(page)
      later(page as unknown as Record<string, unknown>, { ...cells, required: '' }, name, at)
      continue
    }
    if (kind === 'end_group' || kind === 'end_repeat') {
      const ended = depth.pop()
      if (ended && !ended.ignored) { if (ended.kind === 'repeat') group = undefined; else page = undefined }
      continue
    }
    if (kind === 'begin_repeat') {
      if (group) { depth.push({ kind: 'repeat', ignored: true }); notes.push(told(`survey/${at}/type`, 'nested', { name })); continue }
      depth.push({ kind: 'repeat', ignored: false })
      group = { code: codeOf(name, at), type: 'group', label, ...(help ? { help } : {}), fields: [], ...ours(cells) } as FormField
      onPage().fields.push(group)
      later(group as unknown as Record<string, unknown>, cells, name, at)
      continue
    }
    const codes = lists.get(list)
    const type = typeOf(kind, list, cells, codes !== undefined)
    if (!type) { notes.push(told(`survey/${at}/type`, 'type', { type: cells['type'] ?? '', name })); continue }
    if ((kind === 'select_one' || kind === 'select_multiple') && list !== YES_NO && !codes) notes.push(told(`survey/${at}/type`, 'list', { list, name }))
    const field = { code: codeOf(name, at), type, label, ...(help ? { help } : {}), ...(type === 'code' || type === 'codes' ? { codes: codes ?? [] } : {}), ...ours(cells) } as FormField
    if (type === 'boolean') flags.add(field.code)
    if (group) { groupOf.set(field.code, group.code); group.fields!.push(field as NonNullable<FormField['fields']>[number]) } else onPage().fields.push(field)
    later(field as unknown as Record<string, unknown>, cells, name, at)
  }
  for (const one of pending) settle(one, names, { isFlag: (name) => flags.has(name), groupOf: (name) => groupOf.get(name) }, survey, notes)
  const body = { code: settings['form_id'] ?? '', name: { zh: settings['form_title'] ?? '', en: settings['title_en'] || settings['form_title'] || '' }, pages }
  return { body, told: notes }
}

/** Puts an expression where it belongs once all names are known. Ours are marked with `=` and stand as they are. */
function settle({ target, part, text, name, at, column }: { target: Record<string, unknown>; part: string; text: string; name: string; at: number; column: string }, names: ReadonlyMap<string, string>, meaning: Meaning, survey: Table, notes: Issue[]): void {
  const self = names.get(name) ?? name
  const pattern = column === 'constraint' ? /^\s*regex\(\s*\.\s*,\s*(['"])(.*)\1\s*\)\s*$/.exec(text) : null
  if (pattern) { target['pattern'] = pattern[2]!.replace(/^\^/, '').replace(/\$$/, ''); return }
  const found = text.startsWith('=') ? { text: text.slice(1) } : (() => {
    const renamed = text.replace(/\$\{\s*([\w.-]+)\s*\}/g, (whole, one: string) => `\${${names.get(one) ?? one}}`)
    const answer = fromXPath(renamed, self, meaning)
    return 'tree' in answer ? { text: write(answer.tree as Tree) } : answer
  })()
  if (!('text' in found)) { notes.push(told(`survey/${at}/${column}`, 'expression_in', { name, column, text, word: found.word })); return }
  if (part !== 'check') { target[part] = found.text; return }
  const cells = survey.rows.find((row) => row.at === at)!.cells
  target['check'] = { when: found.text, message: bilingual(cells, 'constraint_message', name) }
}

interface Table { columns: string[]; rows: { at: number; cells: Record<string, string> }[] }
function tableOf(rows: Rows): Table {
  const columns = (rows[0] ?? []).map((column) => column.trim().replace(/\s*::\s*/, '::').replace(/^(label|hint|constraint_message):([^:])/, '$1::$2'))
  return { columns: columns.filter(Boolean), rows: rows.slice(1).map((row, index) => ({ at: index + 2, cells: Object.fromEntries(columns.map((column, place) => [column, (row[place] ?? '').trim()])) })) }
}
/** Chinese and English of a column, by whatever name the languages go; one language stands for both. */
function bilingual(cells: Record<string, string>, stem: string, otherwise: string): Two {
  const named = Object.entries(cells).filter(([column, value]) => column.startsWith(`${stem}::`) && value)
  const zh = named.find(([column]) => /中文|汉语|chinese|\(zh/i.test(column))?.[1]
  const en = named.find(([column]) => /english|\(en/i.test(column))?.[1]
  const plain = cells[stem] || zh || en || named[0]?.[1] || otherwise
  return { zh: zh ?? plain, en: en ?? plain }
}
function choicesOf(table: Table, notes: Issue[]): Map<string, NonNullable<FormField['codes']>> {
  const lists = new Map<string, NonNullable<FormField['codes']>>()
  for (const column of table.columns) if (!['list_name', 'list name', 'name', 'value'].includes(column) && !column.startsWith('label')) notes.push(told(`choices/1/${column}`, 'column', { column }))
  for (const { cells } of table.rows) {
    const list = cells['list_name'] || cells['list name']
    const value = cells['name'] || cells['value']
    if (list && value && list !== YES_NO) lists.set(list, [...(lists.get(list) ?? []), { value, label: bilingual(cells, 'label', value) }])
  }
  return lists
}
function typeOf(kind: string, list: string, cells: Record<string, string>, hasList: boolean): FormField['type'] | undefined {
  const own = cells['fugong_type'] as FormField['type'] | undefined
  if (kind === 'select_one') return list === YES_NO ? 'boolean' : 'code'
  if (kind === 'select_multiple') return 'codes'
  if (kind === 'calculate') return own || 'number'
  if (kind === 'text' && /multiline/.test(cells['appearance'] ?? '')) return 'para'
  return own && OUT[own] === kind ? own : hasList ? undefined : IN[kind]
}
function ours(cells: Record<string, string>): Partial<FormField> {
  const number = (text: string | undefined) => (text && Number.isFinite(Number(text)) ? Number(text) : undefined)
  const unit = cells['fugong_unit_zh'] || cells['fugong_unit_en'] ? { zh: cells['fugong_unit_zh'] ?? '', en: cells['fugong_unit_en'] ?? '' } : undefined
  const found = { dict: cells['fugong_dict'] || undefined, known: cells['fugong_known'] || undefined, unit, min: number(cells['fugong_min']), max: number(cells['fugong_max']), pattern: cells['fugong_pattern'] || undefined }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
