// Deeds on many chosen cases: take, assign, decide where the kind allows it; what failed is told one by one, taking and assigning can be undone.
import { listCaseKinds, type CaseRow } from '@fugong/contract/cases'
import { assignMany, decideMany, listColleagues, pressMany, takeMany, undoBulk, type BulkOutcome } from '@fugong/contract/cases.deeds'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { staleCases } from '../../base/cases.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { wordsOf } from '../../base/words.ts'
import { ApiProblem } from '../../base/api.ts'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'

export interface BulkDone { deed: 'take' | 'assign' | 'decide' | 'undo' | 'press'; outcome: BulkOutcome }
type Asked = 'assign' | 'press' | { decide: string }
const itemsOf = (rows: readonly CaseRow[]) => rows.flatMap(({ part }) => (part ? [{ partId: part.id, revision: part.revision }] : []))

export function BulkBar({ rows, late, onDone }: { rows: CaseRow[]; /** Pressing, and nothing else: the parts are those of other units too. */ late: boolean; onDone: (done: BulkDone) => void }) {
  const t = useText('cases')
  const base = useText('base')
  const { may } = useSession()
  const { refused } = useNotices()
  const [asked, ask] = useState<Asked>()
  const kinds = useRead(listCaseKinds, {}, { staleTime: 30 * 60_000 })
  const take = useDeed(takeMany, { invalidates: staleCases, onDone: (outcome) => onDone({ deed: 'take', outcome }), onProblem: refused })
  // A deed is offered when every chosen case is of its kind and stands where it can be done.
  const kind = new Set(rows.map((row) => row.kind)).size === 1 ? kinds.data?.items.find((one) => one.code === rows[0]!.kind) : undefined
  const deeds = (kind?.deeds ?? []).filter((deed) => rows.every((row) => row.bulk.includes(deed.code)))
  const deed = typeof asked === 'object' ? kind?.deeds.find((one) => one.code === asked.decide) : undefined
  const close = () => ask(undefined)
  const finish = (done: BulkDone) => { close(); onDone(done) }
  const press = useDeed(pressMany, { invalidates: staleCases, onDone: (outcome) => finish({ deed: 'press', outcome }) })
  if (late) return (
    <>
      <Button size="small" onClick={() => ask('press')}>{t('press')}</Button>
      <ReasonDialog open={asked === 'press'} title={t('bulk.pressTitle', { count: rows.length })} text={t('pressText')} deed={t('press')} reasonLabel={t('pressWord')} maxLength={300} running={press.running} problem={press.problem} onCancel={() => { press.reset(); close() }} onDo={(word) => void press.run({ body: { items: itemsOf(rows), word } })} />
    </>
  )
  return (
    <>
      <Button size="small" loading={take.running} onClick={() => void take.run({ body: { items: itemsOf(rows) } })}>{base('case.deed.take')}</Button>
      {may('case.assign') ? <Button size="small" onClick={() => ask('assign')}>{base('case.deed.assign')}</Button> : null}
      {deeds.map((one) => <Button key={one.code} size="small" onClick={() => ask({ decide: one.code })}>{pick(one.name)}</Button>)}
      <FormDialog open={asked === 'assign'} title={t('bulk.assignTitle', { count: rows.length })} onCancel={close}><AssignForm rows={rows} onCancel={close} onDone={finish} /></FormDialog>
      <FormDialog open={deed !== undefined} title={deed ? t('bulk.decideTitle', { count: rows.length, deed: pick(deed.name) }) : ''} onCancel={close}>{deed ? <DecideForm rows={rows} deed={deed} onCancel={close} onDone={finish} /> : null}</FormDialog>
    </>
  )
}
interface FormProps { rows: CaseRow[]; onCancel: () => void; onDone: (done: BulkDone) => void }
const NOBODY = 'nobody'
function AssignForm({ rows, onCancel, onDone }: FormProps) {
  const t = useText('cases')
  const base = useText('base')
  const colleagues = useRead(listColleagues)
  const form = useForm(assignMany, {
    initial: { personId: undefined as string | undefined }, labels: { '/personId': base('case.personLabel') }, check: (values) => missing(values, ['/personId']), invalidates: staleCases,
    body: ({ personId }) => ({ items: itemsOf(rows), personId: personId === NOBODY ? null : personId }) as never, onDone: (outcome) => onDone({ deed: 'assign', outcome }),
  })
  const units = new Set(rows.map((row) => row.part?.unit.id))
  const options = (colleagues.data?.items ?? []).filter((one) => units.has(one.unitId)).map((one) => ({ value: one.id, label: base('case.personOpen', { name: one.name, count: one.open }) }))
  return (
    <DialogForm form={form} deed={base('case.deed.assign')} note={t('bulk.undoable')} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/personId"><Choice showSearch={{ optionFilterProp: 'label' }} loading={colleagues.isPending} options={[...options, { value: NOBODY, label: base('case.nobody') }]} /></FormField>
    </DialogForm>
  )
}
type Deed = NonNullable<ReturnType<typeof useRead<typeof listCaseKinds>>['data']>['items'][number]['deeds'][number]
/** What the kind's deed asks for; the same words go to every chosen case. */
function DecideForm({ rows, deed, onCancel, onDone }: FormProps & { deed: Deed }) {
  const t = useText('cases')
  const base = useText('base')
  const needed = deed.needs.map((need) => `/${need}`)
  const form = useForm(decideMany, {
    initial: { outcome: undefined as string | undefined, reason: '', note: '' }, labels: { '/outcome': t('bulk.outcome'), '/reason': base('case.reasonLabel'), '/note': base('case.noteLabel') }, check: (values) => missing(values, needed), invalidates: staleCases,
    body: ({ outcome, reason, note }) => ({ items: itemsOf(rows), deed: deed.code, ...(outcome ? { outcome } : {}), ...(reason.trim() ? { reason } : {}), ...(note.trim() ? { note } : {}) }) as never, onDone: (outcome) => onDone({ deed: 'decide', outcome }),
  })
  return (
    <DialogForm form={form} deed={t('bulk.decideDeed', { deed: pick(deed.name), count: rows.length })} note={t('bulk.notUndoable')} onCancel={onCancel} onDone={() => undefined}>
      {deed.outcomes.length ? <FormField form={form} path="/outcome"><Choice options={deed.outcomes.map((one) => ({ value: one.code, label: pick(one.name) }))} /></FormField> : null}
      {deed.needs.includes('reason') ? <FormField form={form} path="/reason"><Input.TextArea rows={3} maxLength={1000} /></FormField> : null}
      <FormField form={form} path="/note" optional={!deed.needs.includes('note')}><Input.TextArea rows={3} maxLength={1000} /></FormField>
    </DialogForm>
  )
}

/** What a deed did, what it could not do and why, and the way back. */
export function BulkResult({ result, onClose, onUndone }: { result: BulkDone; onClose: () => void; onUndone: (done: BulkDone) => void }) {
  const t = useText('cases')
  const ui = useText('ui')
  const { refused } = useNotices()
  const { deed, outcome } = result
  const undo = useDeed(undoBulk, { invalidates: staleCases, onDone: (undone) => onUndone({ deed: 'undo', outcome: undone }), onProblem: refused })
  return (
    <div className="fg-outcome" role="status">
      <span>{t(`bulk.done.${deed}`, { count: outcome.done })}</span>
      {outcome.undo.length ? <Button type="link" size="small" loading={undo.running} onClick={() => void undo.run({ body: { items: outcome.undo } })}>{t('bulk.undo')}</Button> : null}
      <Button type="link" size="small" onClick={onClose}>{ui('close')}</Button>
      {outcome.failed.length ? (
        <details className="fg-cases-failed" open={outcome.failed.length <= 5}>
          <summary>{t('bulk.failed', { count: outcome.failed.length })}</summary>
          <ul>{outcome.failed.map((one) => <li key={one.partId}><strong>{one.title}</strong> {wordsOf(new ApiProblem(409, one.code, one.params))}</li>)}</ul>
        </details>
      ) : null}
    </div>
  )
}
