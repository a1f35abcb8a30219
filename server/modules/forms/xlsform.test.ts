// XLSForm out and in: our forms come back whole, foreign ones as far as they can be understood, and nothing is lost in silence.
/* eslint-disable no-template-curly-in-string -- XLSForm names a field as ${name} */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formIssues } from '@fugong/contract/forms.check'
import { read } from '@fugong/contract/expressions'
import { write } from '@fugong/contract/expressions'
import type { Form } from '@fugong/contract/forms'
import { readXlsformFile, writeXlsform } from './xlsform.actions.ts'
import { fromXlsform, toXlsform } from './xlsform.rules.ts'
import { fromXPath, toXPath } from './xpath.rules.ts'

const readForm = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8')) as Form
const plan = readForm('epidemic-2020/forms/declaration.plan.json')
const text = { zh: '甲', en: 'A' }
const rich: Form = {
  ...plan, code: 'survey.rich', pages: [
    { code: 'first', title: text, help: text, fields: [
      { code: 'ready', type: 'boolean', label: text, required: true }, { code: 'kinds', type: 'codes', label: text, codes: [{ value: 'a', label: text }, { value: 'b', label: text }], max: 1 }, { code: 'plate', type: 'text', label: text, pattern: '[A-Z]{3}\\d{4}' },
      { code: 'when', type: 'day', label: text, check: { when: 'when >= today', message: { zh: '不能早于今天', en: 'Not in the past' } }, visibleWhen: 'ready && "a" in kinds' },
      { code: 'phone', type: 'phone', label: text, requiredWhen: '!ready || size(kinds) > 0' },
      { code: 'rooms', type: 'group', label: text, min: 1, max: 5, fields: [{ code: 'beds', type: 'integer', label: text, required: true }, { code: 'note', type: 'para', label: text, visibleWhen: 'beds > 4 || has(answers.plate)' }] },
      { code: 'total', type: 'number', label: text, unit: text, computed: 'sum(rooms, "beds") / 2' }, { code: 'paper', type: 'file', label: text, visibleWhen: 'size(rooms) > 1 && workplace_scene == "site"' },
    ] },
  ],
}
const pagesOf = (form: Form) => fromXlsform(toXlsform(form).sheets).body['pages']

describe('our forms', () => {
  it.each([['plan', plan], ['flood', readForm('flood/forms/declaration.plan.json')], ['rich', rich]])('%s comes back as it was', (_, form) => {
    expect(formIssues(form)).toEqual([])
    expect(pagesOf(form)).toEqual(form.pages)
    expect(fromXlsform(toXlsform(form).sheets)).toMatchObject({ told: [], body: { code: form.code, name: form.name } })
  })
  it('say what XLSForm cannot hold and keep it in a column of their own', () => {
    const { told, sheets } = toXlsform({ ...plan, appliesTo: { scenes: ['site'] }, statement: text })
    expect(told.map((issue) => issue.code).sort()).toEqual(['issue.xlsform_applies', 'issue.xlsform_expression_out', 'issue.xlsform_expression_out', 'issue.xlsform_expression_out', 'issue.xlsform_statement'])
    const at = sheets.survey[0]!.indexOf('fugong_relevant')
    expect(sheets.survey.map((row) => row[at]).filter(Boolean)).toEqual(['fugong_relevant', 'workplace_scene == "site"', 'workplace_scene == "commercial"'])
    expect(sheets.survey.find((row) => row[1] === 'observation')![7]).toBe('${keyAreaReturnees} > 0')
  })
  it('go through a real xlsx file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fugong-xlsform-'))
    try {
      const path = join(folder, 'form.xlsx')
      const { writeFileSync } = await import('node:fs')
      writeFileSync(path, await writeXlsform(toXlsform(rich).sheets))
      expect((await readXlsformFile(path)).body['pages']).toEqual(rich.pages)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('foreign forms', () => {
  const survey = (...rows: string[][]) => [['type', 'name', 'label::English (en)', 'label::中文 (zh)', 'relevant', 'constraint', 'required', 'calculation', 'default'], ...rows]
  it('are read with their groups, repeats, choices and expressions', () => {
    const { body, told } = fromXlsform({
      survey: survey(
        ['text', 'firm_name', 'Firm', '企业', '', '', 'yes'], ['begin group', 'staff', 'Staff', '员工', "${firm_name} != ''"], ['integer', 'staff_count', 'How many', '几人', '', '. >= 0 and . <= 5000', 'true()'], ['select_one yn', 'fever', 'Fever', '发热', '${staff_count} > 0'],
        ['select_multiple signs', 'signs', 'Signs', '症状', "${fever} = 'y'", '', "selected(${signs}, 'cough')"], ['end group'], ['begin repeat', 'rooms', 'Rooms', '房间'], ['decimal', 'area', 'Area', '面积'], ['end repeat'], ['calculate', 'all_area', '', '', '', '', '', 'sum(${area}) div 2'],
        ['text', 'plate', 'Plate', '', '', "regex(., '^[A-Z]{3}$')"],
      ),
      choices: [['list_name', 'name', 'label::English (en)', 'label::中文 (zh)', 'image'], ['yn', 'y', 'Yes', '有'], ['yn', 'n', 'No', '无'], ['signs', 'cough', 'Cough', '咳嗽']],
      settings: [['form_title', 'form_id'], ['员工健康', 'staff.health']],
    })
    const form = body as unknown as Form
    expect(form).toMatchObject({ code: 'staff.health', name: { zh: '员工健康', en: '员工健康' } })
    expect(form.pages.map((page) => [page.code, page.visibleWhen, page.fields.map((field) => `${field.code}:${field.type}`)])).toEqual([['page1', undefined, ['firmName:text']], ['staff', 'has(answers.firmName)', ['staffCount:integer', 'fever:code', 'signs:codes']], ['page3', undefined, ['rooms:group', 'allArea:number', 'plate:text']]])
    expect(form.pages[1]!.fields).toMatchObject([{ required: true, label: { zh: '几人', en: 'How many' }, check: { when: 'staffCount >= 0 && staffCount <= 5000' } }, { visibleWhen: 'staffCount > 0', codes: [{ value: 'y', label: { zh: '有', en: 'Yes' } }, { value: 'n' }] }, { visibleWhen: 'fever == "y"', requiredWhen: '"cough" in signs' }])
    expect(form.pages[2]!.fields).toMatchObject([{ fields: [{ code: 'area', type: 'number' }] }, { computed: 'sum(rooms, "area") / 2' }, { pattern: '[A-Z]{3}', label: { zh: 'Plate', en: 'Plate' } }])
    expect(told.map(({ path, code }) => `${path} ${code}`)).toEqual(['survey/1/default issue.xlsform_column', 'choices/1/image issue.xlsform_column', 'survey/2/name issue.xlsform_name', 'survey/4/name issue.xlsform_name', 'survey/11/name issue.xlsform_name'])
    expect(formIssues({ ...plan, ...form })).toEqual([])
  })
  it('tell each thing that has no place here', () => {
    const { told, body } = fromXlsform({ survey: survey(['geopoint', 'where', 'Where'], ['start', 'start'], ['begin group', 'a', 'A'], ['begin group', 'b', 'B', '', "${x} = 1"], ['text', 'x', 'X', '', 'pulldata(1)', 'once(.) > 2'], ['end group'], ['end group'], ['select_one gone', 'y', 'Y']) })
    expect(told.map(({ path, code }) => `${path} ${code}`)).toEqual(['survey/1/default issue.xlsform_column', 'survey/2/type issue.xlsform_type', 'survey/3/type issue.xlsform_type', 'survey/5/type issue.xlsform_nested', 'survey/5/relevant issue.xlsform_expression_in', 'survey/9/type issue.xlsform_list', 'survey/6/relevant issue.xlsform_expression_in', 'survey/6/constraint issue.xlsform_expression_in'])
    expect((body['pages'] as Form['pages']).map((page) => page.fields.map((field) => field.code))).toEqual([['x'], ['y']])
  })
  it.each([[{}], [{ survey: [] }], [{ survey: [['type']] }], [{ survey: [['a', 'b'], ['x']] }], [{ survey: [['type', 'name'], ['end repeat'], ['text', '中文名'], ['text', '中文名']] }]])('%j does not break it', (sheets) => {
    expect(() => fromXlsform(sheets)).not.toThrow()
  })
})

describe('expressions', () => {
  const meaning = { isFlag: (name: string) => name === 'b', groupOf: (name: string) => (name === 'beds' ? 'rooms' : undefined) }
  const known = new Set(['n', 'm', 'b', 's', 'several', 'several:several', 'rooms', 'count:rooms', 'beds'])
  it.each([
    ['n > 1 && m <= 2.5', '(${n} > 1) and (${m} <= 2.5)'], ['b', "${b} = 'yes'"], ['!b', "${b} = 'no'"], ['has(answers.s)', "${s} != ''"], ['!has(answers.s)', "${s} = ''"], ['"a" in several', "selected(${several}, 'a')"], ['sum(rooms, "beds") - n * 2', 'sum(${beds}) - (${n} * 2)'],
    ['size(rooms) > 1', 'count(${rooms}) > 1'], ['size(several) == 2', 'count-selected(${several}) = 2'], ['size(s) > 3', 'string-length(${s}) > 3'], ['n / m', '${n} div ${m}'], ['s >= today', '${s} >= today()'], ['b ? n : m', "if(${b} = 'yes', ${n}, ${m})"], ['s.startsWith("C")', "starts-with(${s}, 'C')"], ['!(n > 1)', 'not(${n} > 1)'], ['-n < 1', '-${n} < 1'],
  ])('%s is %s', (cel, xpath) => {
    const found = read(cel)
    if ('fault' in found) throw new Error(cel)
    expect(toXPath(found.tree, undefined, known, (name) => name === 'b')).toBe(xpath)
    const back = fromXPath(xpath, 'n', meaning)
    expect('tree' in back ? write(back.tree) : back).toBe(cel)
  })
  it('a list becomes alternatives', () => {
    const found = read('s in ["a", "b"]')
    expect('tree' in found && toXPath(found.tree, 's', known, () => false)).toBe("(. = 'a' or . = 'b')")
  })
  it.each([['n mod 2'], ['concat(n)'], ['${n} >'], ['position(..)'], ['/data/x = 1'], ["'open"], [''], ['jr:choice-name(1)']])('%s has no counterpart', (xpath) => expect(fromXPath(xpath, 'n', meaning)).toHaveProperty('word'))
})
