// What stands at the head of a table: its name, source and note in both languages, from when it holds, and what its columns are.
import type { DraftTable } from '@fugong/contract/rules.editing'
import { Input } from 'antd'
import { useId } from 'react'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Field } from '../../ui/Field.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { faultWords } from './finding-words.ts'
import type { Findings } from './useCheck.ts'
import type { DraftView } from './useDraft.ts'
import { kindWords } from './words.ts'

const TEXTS = [['name', 400, 1], ['source', 1000, 3], ['note', 2000, 3]] as const
export function AboutPanel({ view, findings }: { view: DraftView; findings: Findings }) {
  const t = useText('rules')
  const { nameOf } = useAreas()
  const id = useId().replace(/[^A-Za-z0-9]/g, '')
  const { table, editable, change, draft } = view
  const errorAt = (path: string) => { const issue = findings.faults.find((one) => one.path === path); return issue ? faultWords(t, table, issue) : undefined }
  const set = (key: 'name' | 'source' | 'note', language: 'zh' | 'en', text: string) => change((one) => ({ ...one, [key]: { ...(one[key] ?? { zh: '', en: '' }), [language]: text } }), `${key}/${language}`)
  const when = (effectiveFrom: string | null) => change((one) => ({ ...one, effectiveFrom }), 'effectiveFrom')
  const tomorrow = () => { const at = new Date(Date.now() + 32 * 3600_000); at.setUTCHours(0, 0, 0, 0); return new Date(at.getTime() - 8 * 3600_000).toISOString() }
  return (
    <div className="fg-stack">
      <Section title={t('about.when')}>
        <fieldset className="ru-when" disabled={!editable}>
          <legend className="fg-hidden">{t('about.when')}</legend>
          <label><input type="radio" name={`${id}-when`} checked={table.effectiveFrom === null} onChange={() => when(null)} /> {t('about.now')}</label>
          <label><input type="radio" name={`${id}-when`} checked={table.effectiveFrom !== null} onChange={() => when(tomorrow())} /> {t('about.later')}</label>
          {table.effectiveFrom === null ? null : <Field id={`${id}-moment`} label={t('effective')} help={t('about.laterHelp')} error={errorAt('/effectiveFrom')}><MomentInput id={`${id}-moment`} value={table.effectiveFrom} onChange={(value) => { if (value) when(value) }} /></Field>}
        </fieldset>
      </Section>
      <Section title={t('about.words')}>
        <div className="ru-about">
          {TEXTS.flatMap(([key, limit, lines]) => (['zh', 'en'] as const).map((language) => {
            const max = language === 'zh' ? limit : limit * 2
            const field = `${id}-${key}-${language}`
            const shared = { id: field, lang: language === 'zh' ? 'zh-CN' : 'en', maxLength: max, readOnly: !editable, value: table[key]?.[language] ?? '' }
            return (
              <Field key={field} id={field} label={`${t(`headField.${key}`)} · ${t(`editor.language.${language}`)}`} optional={key === 'note'} error={errorAt(`/${key}/${language}`)}>
                {lines === 1 ? <Input {...shared} onChange={(event) => set(key, language, event.target.value)} /> : <Input.TextArea {...shared} rows={lines + 1} onChange={(event) => set(key, language, event.target.value)} />}
              </Field>
            )
          }))}
        </div>
      </Section>
      <Section title={t('about.fixed')}>
        <Facts columns={3} items={[{ label: t('code'), value: <span className="fg-mono">{table.code}</span> }, { label: t('area'), value: nameOf(table.areaCode) }, { label: t('kindField'), value: kindWords(t, draft.emergencyKind) }, { label: t('hit'), value: t('hitFirst') }, { label: t('about.basedOn'), value: t('versionSince', { version: draft.basedOn, at: instant(draft.base.effectiveFrom) }) }]} />
        <p className="fg-quiet ru-gap">{t('about.columnsText')}</p>
        <Columns table={table} />
      </Section>
    </div>
  )
}
function Columns({ table }: { table: DraftTable }) {
  const t = useText('rules')
  const rows = [...table.inputs.map((column) => ({ part: 'when', column })), ...table.outputs.map((column) => ({ part: 'then', column }))]
  return (
    <table className="fg-table ru-columns" aria-label={t('about.columns')}>
      <thead><tr>{['name', 'part', 'type', 'values'].map((key) => <th key={key} scope="col">{t(`about.${key}`)}</th>)}</tr></thead>
      <tbody>{rows.map(({ part, column }) => (
        <tr key={`${part}.${column.name}`}>
          <td data-label={t('about.name')} className="fg-cell-main">{pick(column.label)} <span className="fg-mono fg-quiet">{column.name}</span></td>
          <td data-label={t('about.part')}>{t(part)}</td>
          <td data-label={t('about.type')}>{t(`editor.type.${column.type}`)}</td>
          <td data-label={t('about.values')}>{column.type === 'code' ? column.codes?.map((choice) => pick(choice.label)).join(t('editor.comma')) : column.type === 'number' ? [column.min === undefined && column.max === undefined ? '' : `${column.min ?? ''}–${column.max ?? ''}`, column.unit ? pick(column.unit) : '', column.optional ? t('about.mayMiss') : ''].filter(Boolean).join(t('editor.comma')) || '–' : '–'}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}
