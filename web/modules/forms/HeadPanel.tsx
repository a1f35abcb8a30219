// The head of a form and the head of a page: names, where and from when it holds, for whom, and where it comes from.
import type { Issue } from '@fugong/contract/base'
import type { Form } from '@fugong/contract/forms'
import { AreaPicker } from '../../base/area-picker.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { Note } from '../../ui/parts.tsx'
import { ConditionField } from './ConditionField.tsx'
import { pathOf, type Spot } from './document.ts'
import { useNames } from './FieldPanel.tsx'
import { faultAt, idOf, OneText, TwoTexts } from './Bound.tsx'

interface Props { form: Form; change: (form: Form) => void; faults: readonly Issue[]; locked: boolean; id: string }
const SCENES = ['office', 'commercial', 'park', 'site', 'residential']

export function HeadPanel({ form, change, faults, locked, id }: Props) {
  const t = useText('forms')
  const bound = (path: string) => ({ id, path, faults, locked })
  const set = (part: Partial<Form>) => change(Object.fromEntries(Object.entries({ ...form, ...part }).filter(([, value]) => value !== undefined)) as Form)
  const error = (path: string, label: string) => { const fault = faultAt(faults, path); return fault ? wordsOfIssue(fault, label) : undefined }
  const applies = (part: NonNullable<Form['appliesTo']>) => { const next = { ...form.appliesTo, ...part }; const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value && value.length > 0)); set({ appliesTo: Object.keys(kept).length > 0 ? kept : undefined }) }
  return (
    <div className="fg-form fm-panel">
      <TwoTexts {...bound('/name')} label={t('name')} value={form.name} onChange={(name) => set({ name: name! })} />
      <div className="fm-two">
        <Field id={idOf(id, '/areaCode')} label={t('area')} error={error('/areaCode', t('area'))}><AreaPicker id={idOf(id, '/areaCode')} disabled={locked} value={form.areaCode} onChange={(areaCode) => set({ areaCode: areaCode ?? '' })} /></Field>
        <Field id={idOf(id, '/effectiveFrom')} label={t('effectiveFrom')} help={t('effectiveHelp')} error={error('/effectiveFrom', t('effectiveFrom'))}><MomentInput id={idOf(id, '/effectiveFrom')} readOnly={locked} value={form.effectiveFrom} onChange={(effectiveFrom) => { if (effectiveFrom) set({ effectiveFrom }) }} /></Field>
      </div>
      <div className="fm-two">
        <Field id={idOf(id, '/appliesTo/scenes')} label={t('scenes')} optional help={t('scenesHelp')} error={error('/appliesTo/scenes', t('scenes'))}><Choice<string> id={idOf(id, '/appliesTo/scenes')} mode="multiple" disabled={locked} placeholder={t('everyScene')} value={(form.appliesTo?.scenes ?? []) as unknown as string} options={SCENES.map((value) => ({ value, label: t(`scene.${value}`) }))} onChange={(scenes) => applies({ scenes: scenes as unknown as string[] })} /></Field>
        <Field id={idOf(id, '/appliesTo/industries')} label={t('industries')} optional help={t('industriesHelp')} error={error('/appliesTo/industries', t('industries'))}><Choice<string> id={idOf(id, '/appliesTo/industries')} mode="tags" disabled={locked} placeholder={t('everyIndustry')} tokenSeparators={[',', '，', ' ']} value={(form.appliesTo?.industries ?? []) as unknown as string} options={[]} onChange={(industries) => applies({ industries: (industries as unknown as string[]).map((one) => one.trim()).filter((one) => /^\d{1,4}$/.test(one)) })} /></Field>
      </div>
      <TwoTexts {...bound('/source')} label={t('sourceOf')} help={t('sourceHelp')} value={form.source} rows={2} onChange={(source) => set({ source: source! })} />
      <TwoTexts {...bound('/note')} label={t('note')} value={form.note} optional rows={2} onChange={(note) => set({ note })} />
      <TwoTexts {...bound('/statement')} label={t('statement')} help={t('statementHelp')} value={form.statement} optional rows={3} onChange={(statement) => set({ statement })} />
    </div>
  )
}

export function PagePanel({ form, spot, change, faults, locked, id }: Props & { spot: Spot }) {
  const t = useText('forms')
  const at = Number(spot)
  const page = form.pages[at]!
  const path = pathOf(spot)
  const names = useNames(form, undefined).filter((one) => !page.fields.some((field) => field.code === one.name))
  const set = (part: Partial<typeof page>) => change({ ...form, pages: form.pages.map((one, place) => (place === at ? (Object.fromEntries(Object.entries({ ...one, ...part }).filter(([, value]) => value !== undefined)) as typeof page) : one)) })
  const bound = (part: string) => ({ id, path: `${path}${part}`, faults, locked })
  return (
    <div className="fg-form fm-panel">
      <TwoTexts {...bound('/title')} label={t('pageTitle')} value={page.title} onChange={(title) => set({ title: title! })} />
      <TwoTexts {...bound('/help')} label={t('help')} value={page.help} optional onChange={(help) => set({ help })} />
      <OneText {...bound('/code')} label={t('code')} help={t('codeHelp')} mono value={page.code} onChange={(code) => set({ code })} />
      <fieldset className="fm-conditions" disabled={locked}>
        <legend>{t('conditions')}</legend>
        <ConditionField key={spot} id={idOf(id, `${path}/visibleWhen`)} label={t('pageVisibleWhen')} help={t('pageVisibleHelp')} value={page.visibleWhen} names={names} fault={faultAt(faults, `${path}/visibleWhen`)} onChange={(visibleWhen) => set({ visibleWhen })} />
      </fieldset>
      {page.fields.length === 0 ? <Note tone="info"><p>{t('pageEmpty', { page: pick(page.title) })}</p></Note> : null}
    </div>
  )
}
