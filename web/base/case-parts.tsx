// Who has which part of a case, and what the reader can do with it: take, assign, hand on, hand back, report, ask for help.
import type { AnyEndpoint } from '@fugong/contract/base'
import type { Case, CasePart } from '@fugong/contract/cases'
import { addHelper, assignPart, closeCasePart, handBackPart, handOnPart, listColleagues, takePart } from '@fugong/contract/cases.deeds'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { staleCases } from './cases.ts'
import { missing } from './form-paths.ts'
import { useForm } from './form.tsx'
import { instant } from './format.ts'
import { pick, useText } from './i18n.ts'
import { useDeed, useRead } from './query.tsx'
import { UnitPicker } from './unit-picker.tsx'
import { Choice } from '../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../ui/FormDialog.tsx'
import { FormField } from '../ui/FormField.tsx'
import { useNotices } from '../ui/notices.tsx'
import { StatusTag, type Tone } from '../ui/tags.tsx'
import './cases.css'

const toneOf: Record<CasePart['state'], Tone> = { coming: 'neutral', open: 'info', done: 'good', moved: 'neutral', dropped: 'neutral' }
type Asked = { deed: 'assign' | 'handOn' | 'layBack' | 'handBack' | 'close'; part: CasePart } | { deed: 'addHelper'; part?: undefined }

/** `also`: endpoints of the room whose answers change with the case. */
export function CaseParts({ of, also = [] }: { of: Case; also?: AnyEndpoint[] }) {
  const t = useText('base')
  const { done, refused } = useNotices()
  const [asked, ask] = useState<Asked>()
  const take = useDeed(takePart, { invalidates: [...staleCases, ...also], onDone: () => done(t('case.taken')), onProblem: refused })
  // Moved parts stand behind the one that took their place.
  const shown = of.parts.filter((part) => part.state !== 'moved' || !of.parts.some((other) => other.step === part.step && other.state !== 'moved'))
  return (
    <>
      <ol className="fg-case-parts">
        {shown.map((part) => (
          <li key={part.id} className={part.state === 'open' ? 'fg-case-part' : 'fg-case-part fg-case-part-over'}>
            <div className="fg-case-part-head">
              <strong>{of.steps > 1 ? t('case.stepUnit', { step: part.step, unit: pick(part.unit.name) }) : pick(part.unit.name)}</strong>
              <StatusTag tone={toneOf[part.state]}>{part.result && part.state === 'done' ? pick(part.result) : t(`case.partState.${part.state}`)}</StatusTag>
            </div>
            <div className="fg-quiet">
              {[t(`case.role.${part.role}`), part.person ? t('case.person', { name: part.person.name }) : part.state === 'open' ? t('case.untaken') : '', part.fromUnit ? t('case.fromUnit', { unit: pick(part.fromUnit.name) }) : '', part.endedAt ? instant(part.endedAt) : part.takenAt ? t('case.takenAt', { at: instant(part.takenAt) }) : '', part.presses ? t('case.presses', { count: part.presses }) : ''].filter(Boolean).join(' · ')}
            </div>
            {part.note ? <p className="fg-case-note">{part.note}</p> : null}
            {part.can.length ? (
              <div className="fg-case-part-deeds">
                {part.can.includes('take') ? <Button type="primary" size="small" loading={take.running} onClick={() => void take.run({ params: { id: part.id }, body: { revision: part.revision } })}>{t('case.deed.take')}</Button> : null}
                {(['close', 'assign', 'layBack', 'handOn', 'handBack'] as const).filter((deed) => part.can.includes(deed)).map((deed) => <Button key={deed} size="small" onClick={() => ask({ deed, part })}>{t(`case.deed.${deed}`)}</Button>)}
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {of.can.includes('addHelper') ? <Button size="small" onClick={() => ask({ deed: 'addHelper' })}>{t('case.deed.addHelper')}</Button> : null}
      <FormDialog open={asked !== undefined} title={asked ? t(`case.ask.${asked.deed}`, { unit: asked.part ? pick(asked.part.unit.name) : '' }) : ''} onCancel={() => ask(undefined)}>
        {asked ? <AskedForm of={of} asked={asked} also={also} onClose={() => ask(undefined)} /> : null}
      </FormDialog>
    </>
  )
}

interface FormProps { of: Case; asked: Asked; also: AnyEndpoint[]; onClose: () => void }
function AskedForm({ of, asked, also, onClose }: FormProps) {
  if (asked.deed === 'assign') return <AssignForm of={of} part={asked.part} also={also} onClose={onClose} />
  if (asked.deed === 'handOn' || asked.deed === 'addHelper') return <UnitForm of={of} part={asked.part} also={also} onClose={onClose} />
  return <ReasonForm of={of} part={asked.part} deed={asked.deed} also={also} onClose={onClose} />
}
interface PartProps<P = CasePart> { of: Case; part: P; also: AnyEndpoint[]; onClose: () => void }

const NOBODY = 'nobody'
function AssignForm({ of, part, also, onClose }: PartProps) {
  const t = useText('base')
  const people = useRead(listColleagues, { query: { case: of.id } })
  const form = useForm(assignPart, {
    initial: { personId: undefined as string | undefined }, labels: { '/personId': t('case.personLabel') }, check: (values) => missing(values, ['/personId']), params: { id: part.id }, invalidates: [...staleCases, ...also],
    body: ({ personId }) => ({ revision: part.revision, personId: personId === NOBODY ? null : personId }) as never,
  })
  const options = (people.data?.items ?? []).filter((one) => one.unitId === part.unit.id).map((one) => ({ value: one.id, label: t('case.personOpen', { name: one.name, count: one.open }) }))
  return (
    <DialogForm form={form} deed={t('case.deed.assign')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/personId"><Choice showSearch={{ optionFilterProp: 'label' }} loading={people.isPending} options={[...options, { value: NOBODY, label: t('case.nobody') }]} /></FormField>
    </DialogForm>
  )
}
/** To another unit: the whole part, or a helping one beside it. */
function UnitForm({ of, part, also, onClose }: PartProps<CasePart | undefined>) {
  const t = useText('base')
  const deed = part ? 'handOn' : 'addHelper'
  const form = useForm((part ? handOnPart : addHelper) as typeof handOnPart, {
    initial: { unitId: undefined as string | undefined, reason: '' }, labels: { '/unitId': t('case.unitLabel'), '/reason': t('case.reasonLabel') }, check: (values) => missing(values, ['/unitId', '/reason']), params: { id: part?.id ?? of.id }, invalidates: [...staleCases, ...also],
    body: (values) => ({ ...(part ? { revision: part.revision } : {}), ...values }) as never,
  })
  return (
    <DialogForm form={form} deed={t(`case.deed.${deed}`)} note={t(`case.note.${deed}`)} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/unitId"><UnitPicker {...(part ? { except: part.unit.id } : {})} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={3} maxLength={300} /></FormField>
    </DialogForm>
  )
}
function ReasonForm({ part, deed, also, onClose }: PartProps & { deed: 'layBack' | 'handBack' | 'close' }) {
  const t = useText('base')
  const field = deed === 'close' ? 'note' : 'reason'
  const form = useForm((deed === 'close' ? closeCasePart : handBackPart) as typeof handBackPart, {
    initial: { [field]: '' } as Record<string, string>, labels: { [`/${field}`]: t(deed === 'close' ? 'case.noteLabel' : 'case.reasonLabel') }, check: (values) => missing(values, [`/${field}`]), params: { id: part.id }, invalidates: [...staleCases, ...also],
    body: (values) => ({ revision: part.revision, ...(deed === 'close' ? {} : { to: deed === 'layBack' ? 'unit' : 'sender' }), ...values }) as never,
  })
  return (
    <DialogForm form={form} deed={t(`case.deed.${deed}`)} note={deed === 'close' ? null : t(`case.note.${deed}`)} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path={`/${field}`}><Input.TextArea rows={3} maxLength={deed === 'close' ? 1000 : 300} /></FormField>
    </DialogForm>
  )
}
