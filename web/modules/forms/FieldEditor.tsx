// A field of the dictionary as it is written: what it is called, how it is answered, who knows it, how it is protected, what it is for.
import type { FormDraft } from '@fugong/contract/forms.edit'
import { fieldTypes, knownSources, sensitivities, type DictionaryField } from '@fugong/contract/fields'
import { useId } from 'react'
import { AreaPicker } from '../../base/area-picker.tsx'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { CodesField } from './CodesField.tsx'
import { ConditionField } from './ConditionField.tsx'
import { DraftDeeds } from './DraftDeeds.tsx'
import { faultAt, idOf, OneNumber, OneText, TwoTexts } from './Bound.tsx'
import { useDocument } from './useDocument.ts'
import { STATE_TONES, tomorrowMorning } from './words.ts'

const two = (value: unknown) => ({ zh: String((value as { zh?: unknown } | undefined)?.zh ?? ''), en: String((value as { en?: unknown } | undefined)?.en ?? '') })
const readField = (body: unknown): DictionaryField => {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Partial<DictionaryField>
  return { ...given, version: given.version ?? 1, name: two(given.name), purpose: two(given.purpose), type: given.type ?? 'text', source: given.source ?? 'asked', sensitivity: given.sensitivity ?? 'internal', areaCode: given.areaCode ?? '', effectiveFrom: given.effectiveFrom ?? tomorrowMorning() } as DictionaryField
}
const NUMBERS: readonly string[] = ['number', 'integer']
const LENGTHS: readonly string[] = ['text', 'para']

export function FieldEditor({ start }: { start: FormDraft }) {
  const t = useText('forms')
  const id = `fd${useId().replace(/[^A-Za-z0-9]/g, '')}`
  const view = useDocument<DictionaryField>(start, readField)
  const { document: field, draft } = view
  const locked = !draft.can.includes('save')
  const closed = ['published', 'rejected', 'discarded'].includes(draft.state)
  const faults = closed ? [] : draft.faults.filter((issue) => issue.path !== '/version')
  const set = (part: Partial<DictionaryField>) => view.change(Object.fromEntries(Object.entries({ ...field, ...part }).filter(([, value]) => value !== undefined)) as DictionaryField)
  const bound = (path: string) => ({ id, path, faults, locked })
  const error = (path: string, label: string) => { const fault = faultAt(faults, path); return fault ? wordsOfIssue(fault, label) : undefined }
  const withCodes = field.type === 'code' || field.type === 'codes'
  const valueType = field.type === 'boolean' ? 'boolean' : NUMBERS.includes(field.type) ? 'number' : field.type === 'codes' || field.type === 'file' ? 'texts' : 'text'
  const before = draft.before as DictionaryField | null
  const name = pick(field.name) || draft.code
  return (
    <Page title={name} width="reading" back={{ to: '/console/forms?tab=fields', text: t('dictionary') }} tags={<StatusTag tone={STATE_TONES[draft.state]}>{t(`state.${draft.state}`)}</StatusTag>} sub={t('draftSub', { code: draft.code, base: draft.baseVersion === null ? t('newField') : t('fromVersion', { version: draft.baseVersion }), by: draft.changedBy, at: instant(draft.changedAt) })}>
      {draft.note ? <Note tone="info" title={t('proposeNoteBy', { by: draft.proposedBy ?? '' })}><p>{draft.note}</p></Note> : null}
      {draft.decisionNote ? <Note tone={draft.state === 'published' ? 'good' : 'bad'} title={t('decisionBy', { by: draft.decidedBy ?? '' })}><p>{draft.decisionNote}</p></Note> : null}
      <Section>
        <div className="fg-form">
          <TwoTexts {...bound('/name')} label={t('fieldName')} value={field.name} onChange={(value) => set({ name: value! })} />
          <TwoTexts {...bound('/purpose')} label={t('purpose')} help={t('purposeHelp')} value={field.purpose} onChange={(value) => set({ purpose: value! })} />
          <Field id={idOf(id, '/synonyms')} label={t('synonyms')} optional help={t('synonymsHelp')} error={error('/synonyms', t('synonyms'))}><Choice<string> id={idOf(id, '/synonyms')} mode="tags" disabled={locked} tokenSeparators={[',', '，', '、']} value={(field.synonyms ?? []) as unknown as string} options={[]} onChange={(all) => set({ synonyms: (all as unknown as string[]).length > 0 ? (all as unknown as string[]) : undefined })} /></Field>
          <div className="fm-two">
            <Field id={idOf(id, '/type')} label={t('answerType')} error={error('/type', t('answerType'))}><Choice<string> id={idOf(id, '/type')} disabled={locked} value={field.type} options={fieldTypes.map((value) => ({ value, label: t(`type.${value}`) }))} onChange={(type) => set({ type: type as DictionaryField['type'], codes: type === 'code' || type === 'codes' ? (field.codes ?? [{ value: 'choice1', label: { zh: '', en: '' } }]) : undefined, pattern: LENGTHS.includes(type) ? field.pattern : undefined })} /></Field>
            <Field id={idOf(id, '/sensitivity')} label={t('sensitivity')} help={t(`sensitivityHelp.${field.sensitivity}`)} error={error('/sensitivity', t('sensitivity'))}><Choice<string> id={idOf(id, '/sensitivity')} disabled={locked} value={field.sensitivity} options={sensitivities.map((value) => ({ value, label: t(`sensitivities.${value}`) }))} onChange={(value) => set({ sensitivity: value as DictionaryField['sensitivity'] })} /></Field>
          </div>
          <Field id={idOf(id, '/source')} label={t('truth')} help={t('truthHelp')} error={error('/source', t('truth'))}><Choice<string> id={idOf(id, '/source')} disabled={locked} value={field.source} options={['asked', ...knownSources].map((value) => ({ value, label: t(`source.${value}`) }))} onChange={(value) => set({ source: value as DictionaryField['source'] })} /></Field>
          {withCodes ? <CodesField id={idOf(id, '/codes')} value={field.codes} faults={faults.filter((issue) => issue.path.startsWith('/codes'))} onChange={(codes) => set({ codes })} /> : null}
          {NUMBERS.includes(field.type) ? <TwoTexts {...bound('/unit')} label={t('unit')} value={field.unit} optional onChange={(unit) => set({ unit })} /> : null}
          {NUMBERS.includes(field.type) || LENGTHS.includes(field.type) ? <div className="fm-two"><OneNumber {...bound('/min')} label={t(LENGTHS.includes(field.type) ? 'minLength' : 'min')} value={field.min} onChange={(min) => set({ min })} /><OneNumber {...bound('/max')} label={t(LENGTHS.includes(field.type) ? 'maxLength' : 'max')} value={field.max} onChange={(max) => set({ max })} /></div> : null}
          {LENGTHS.includes(field.type) ? <OneText {...bound('/pattern')} label={t('pattern')} help={t('patternHelp')} mono value={field.pattern} onChange={(pattern) => set({ pattern: pattern === '' ? undefined : pattern })} /> : null}
          <ConditionField id={idOf(id, '/check')} label={t('check')} help={t('fieldCheckHelp')} value={field.check} names={[{ name: 'value', label: t('theAnswer'), type: valueType, ...(field.codes ? { choices: field.codes.map((one) => ({ value: one.value, label: pick(one.label) })) } : {}) }, { name: 'today', label: t('fact.today'), type: 'text' }]} fault={faultAt(faults, '/check')} onChange={(check) => set({ check })} />
          <div className="fm-two">
            <Field id={idOf(id, '/areaCode')} label={t('area')} error={error('/areaCode', t('area'))}><AreaPicker id={idOf(id, '/areaCode')} disabled={locked} value={field.areaCode} onChange={(areaCode) => set({ areaCode: areaCode ?? '' })} /></Field>
            <Field id={idOf(id, '/effectiveFrom')} label={t('effectiveFrom')} help={t('effectiveHelp')} error={error('/effectiveFrom', t('effectiveFrom'))}><MomentInput id={idOf(id, '/effectiveFrom')} readOnly={locked} value={field.effectiveFrom} onChange={(value) => { if (value) set({ effectiveFrom: value }) }} /></Field>
          </div>
        </div>
      </Section>
      {before ? <FieldChanges before={before} after={field} /> : null}
      <DraftDeeds view={view} name={name} faults={faults.length} onFaults={() => document.getElementById(idOf(id, faults[0]!.path))?.focus()} />
    </Page>
  )
}

function FieldChanges({ before, after }: { before: DictionaryField; after: DictionaryField }) {
  const t = useText('forms')
  const [old, next] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>]
  const parts = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((part) => part !== 'version' && JSON.stringify(old[part] ?? null) !== JSON.stringify(next[part] ?? null))
  return <Section title={t('viewChanges')}>{parts.length === 0 ? <p className="fg-quiet">{t('changesNone', { version: before.version })}</p> : <p>{t('fieldChanged', { version: before.version, parts: parts.map((part) => t(`partName.${part}`)).join(t('q.comma')) })}</p>}</Section>
}
