// Faults of forms, without a database.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Form } from '@fugong/contract/forms'
import { checkForm } from './actions.ts'
import { formIssues } from '@fugong/contract/forms.check'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8')) as Form
const plan = read('epidemic-2020/forms/declaration.plan.json')
const faults = (change: (form: Form) => unknown) => { const copy = structuredClone(plan); return checkForm(change(copy) ?? copy).map(({ path, code }) => `${path} ${code}`).sort() }

describe('checkForm', () => {
  it.each(['epidemic-2020/forms/declaration.plan.json', 'epidemic-2020/forms/declaration.pledge.json', 'flood/forms/declaration.plan.json', 'flood/forms/declaration.pledge.json'])('%s is without fault', (path) => expect(checkForm(read(path))).toEqual([]))

  it('lists faults of shape and of meaning at once', () => {
    expect(faults((form) => {
      form.effectiveFrom = '2020-02-30T00:00:00Z'
      form.pages[1]!.code = 'mechanism'
      form.pages[1]!.fields[0]!.code = 'duties'
      form.pages[1]!.fields[1]!.min = 200000
      form.pages[0]!.fields[1]!.max = 5000
      form.pages[3]!.fields[1]!.codes = []
      form.pages[4]!.fields[0]!.label.zh = ''
      form.pages[4]!.fields[1]!.codes = [{ value: 'a', label: { zh: '甲', en: 'A' } }]
      ;(form.pages[2] as { extra?: number }).extra = 1
    })).toEqual([
      '/effectiveFrom issue.instant', '/pages/0/fields/1/max issue.too_large', '/pages/1/code issue.duplicate', '/pages/1/fields/0/code issue.duplicate', '/pages/1/fields/1/max issue.form_range',
      '/pages/2/extra issue.unknown', '/pages/3/fields/1/codes issue.table_codes_missing', '/pages/4/fields/0/label/zh issue.required', '/pages/4/fields/1/codes issue.unknown',
    ])
  })
  it('choices that repeat', () => {
    expect(faults((form) => { form.pages[3]!.fields[1]!.codes![1]!.value = 'none' })).toEqual(['/pages/3/fields/1/codes/1/value issue.duplicate'])
  })
  it('a form without a field', () => {
    expect(faults((form) => { form.pages = [] })).toEqual(['/pages issue.form_empty'])
    expect(faults((form) => { for (const page of form.pages) page.fields = [] })).toEqual(['/pages issue.form_empty'])
  })
  it('texts that cannot be stored', () => {
    expect(faults((form) => { form.statement = { zh: '甲\n乙', en: 'a\u0000' } })).toEqual(['/statement/en issue.text'])
  })
  it.each([[null], [5], [[]], [{}], [{ pages: 5 }], [{ pages: [null, { fields: [null, 5] }] }]])('%j does not break it', (value) => {
    expect(() => formIssues(value)).not.toThrow()
    expect(checkForm(value).length).toBeGreaterThan(0)
  })
})
