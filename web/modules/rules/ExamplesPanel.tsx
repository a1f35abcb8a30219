// Examples beside a table: cases with the result one expects, all run on every change.
import type { TableExample } from '@fugong/contract/rules'
import { readyTable, type DraftTable } from '@fugong/contract/rules.editing'
import { runExamples } from '@fugong/contract/rules.examples'
import { Button, Input } from 'antd'
import { pick, useText } from '../../base/i18n.ts'
import { Section } from '../../ui/Page.tsx'
import { Empty } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ValueControl } from './CellEditor.tsx'
import type { Value } from './editor.ts'
import { exampleWords } from './finding-words.ts'
import type { Findings } from './useCheck.ts'
import { valueInWords } from './cel.ts'
import { useCelWords } from './words.ts'
import type { DraftView } from './useDraft.ts'

/** An example to begin with: the first code, no for flags, nothing where one must type. */
export function freshExample(table: DraftTable, inputs: TableExample['inputs'] = {}): TableExample {
  const given = (column: DraftTable['inputs'][number]): Value => (column.type === 'code' ? (column.codes?.[0]?.value ?? null) : column.type === 'boolean' ? false : null)
  return { inputs: Object.fromEntries(table.inputs.map((column) => [column.name, column.name in inputs ? inputs[column.name]! : given(column)])), expect: {} }
}
const withExamples = (table: DraftTable, examples: TableExample[]): DraftTable => ({ ...table, examples })
export const addExample = (table: DraftTable, example: TableExample): DraftTable => withExamples(table, [...(table.examples ?? []), example].slice(0, 200))

/** What the rows give at this moment, to begin with; the author corrects it where it should be otherwise. */
function saidNow(table: DraftTable, example: TableExample, output: string): Value {
  try {
    const [result] = runExamples({ ...readyTable(table, { version: 1, now: '2020-01-01T00:00:00Z' }), examples: [example] })
    return result && 'row' in result.decision ? (result.decision.outputs[output] ?? null) : null
  } catch {
    // Faulty cells decide nothing yet.
    return null
  }
}

export function ExamplesPanel({ view, findings }: { view: DraftView; findings: Findings }) {
  const t = useText('rules')
  const words = useCelWords()
  const { table, editable, change } = view
  const examples = table.examples ?? []
  const put = (index: number, example: TableExample | undefined, mark?: string) => change((one) => withExamples(one, (one.examples ?? []).flatMap((old, at) => (at === index ? (example ? [example] : []) : [old]))), mark)
  const add = editable ? <Button type="primary" onClick={() => change((one) => addExample(one, freshExample(one)))}>{t('examples.add')}</Button> : null
  if (!examples.length) return <Section><Empty title={t('examples.empty')} text={t('examples.emptyText')} action={add} /></Section>
  return (
    <div className="fg-stack">
      <p className="fg-quiet">{t('examples.text')}</p>
      {examples.map((example, index) => {
        const result = findings.table.examples?.[index] === example ? findings.examples[index] : undefined
        return (
          <article key={index} className="fg-section ru-example" aria-label={t('examples.nth', { n: index + 1 })}>
            <div className="fg-section-head">
              <h3>{t('examples.nth', { n: index + 1 })}</h3>
              {result ? <StatusTag tone={result.passed ? 'good' : 'bad'}>{t(result.passed ? 'examples.pass' : 'examples.fail')}</StatusTag> : <span className="fg-quiet">{t('examples.waiting')}</span>}
              {editable ? <span className="fg-row"><Button onClick={() => change((one) => addExample(one, structuredClone(example)))}>{t('examples.duplicate')}</Button><Button danger onClick={() => put(index, undefined)}>{t('examples.remove')}</Button></span> : null}
            </div>
            <div className="ru-example-parts">
              <fieldset disabled={!editable}><legend>{t('when')}</legend>
                {table.inputs.map((column) => <div key={column.name} className="ru-pair"><span>{pick(column.label)}</span>{editable ? <ValueControl column={column} value={example.inputs[column.name] ?? null} none={column.optional ? t('missing') : t('examples.notGiven')} onChange={(value) => put(index, { ...example, inputs: { ...example.inputs, [column.name]: value } }, `example/${index}/${column.name}`)} /> : <strong>{valueInWords(column, example.inputs[column.name], words) ?? t('missing')}</strong>}</div>)}
              </fieldset>
              <fieldset disabled={!editable}><legend>{t('examples.expect')}</legend>
                {table.outputs.map((column) => {
                  const asked = column.name in example.expect
                  const toggle = () => {
                    const { [column.name]: _, ...rest } = example.expect
                    put(index, { ...example, expect: asked ? rest : { ...rest, [column.name]: saidNow(table, example, column.name) } })
                  }
                  return (
                    <div key={column.name} className="ru-pair">
                      <label><input type="checkbox" checked={asked} disabled={!editable} onChange={toggle} /> {pick(column.label)}</label>
                      {!asked ? <span className="fg-quiet">{t('examples.notAsked')}</span> : editable ? <ValueControl column={column} value={example.expect[column.name] ?? null} none={t('nothingLabel')} onChange={(value) => put(index, { ...example, expect: { ...example.expect, [column.name]: value } }, `expect/${index}/${column.name}`)} /> : <strong>{valueInWords(column, example.expect[column.name], words) ?? t('nothingLabel')}</strong>}
                    </div>
                  )
                })}
              </fieldset>
            </div>
            {editable ? <Input aria-label={t('examples.note')} placeholder={t('examples.note')} maxLength={200} value={example.note ?? ''} onChange={(event) => put(index, { ...example, note: event.target.value }, `note/${index}`)} /> : example.note ? <p>{example.note}</p> : null}
            {result ? <p className={result.passed ? 'fg-quiet' : 'fg-field-error'}>{exampleWords(t, table, result, words)}</p> : null}
          </article>
        )
      })}
      <div>{add}</div>
    </div>
  )
}
