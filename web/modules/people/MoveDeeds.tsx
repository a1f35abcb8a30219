// Moving people to another state, one or many, and taking it back; and the check from which day they may start.
import { checkReturns, getPersonOfRoster, listRoster, movePeople, rosterStates, rosterSummary, undoMove, type ReturnCheck, type RosterState } from '@fugong/contract/people'
import { issueText } from '@fugong/contract/problems'
import type { Returns } from '@fugong/contract/base'
import { Button, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { today } from '../../base/format.ts'
import { useForm } from '../../base/form.tsx'
import { useLanguage, useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { ReturnList } from './ReturnList.tsx'

export type Moved = Returns<typeof movePeople> & { to: RosterState }
const stale = [listRoster, rosterSummary, getPersonOfRoster]
/** Most that one check takes. */
const MOST_CHECKED = 200
export function MoveDeeds({ firm, ids, states = rosterStates, onMoved }: { firm: string; ids: string[]; states?: readonly RosterState[]; onMoved: (moved: Moved) => void }) {
  const t = useText('people')
  const { refused } = useNotices()
  const [moving, setMoving] = useState(false)
  const [checked, setChecked] = useState<ReturnCheck[]>()
  const check = useDeed(checkReturns, { onDone: ({ items }) => setChecked(items), onProblem: refused })
  return (
    <>
      <Button onClick={() => setMoving(true)}>{t('move.deed')}</Button>
      <Button loading={check.running} disabled={ids.length > MOST_CHECKED} title={ids.length > MOST_CHECKED ? t('return.most', { count: MOST_CHECKED }) : undefined} onClick={() => void check.run({ params: { id: firm }, body: { ids } })}>{t('return.deed')}</Button>
      <FormDialog open={moving} title={t('move.title', { count: ids.length })} onCancel={() => setMoving(false)}>
        <MoveForm firm={firm} ids={ids} states={states} onCancel={() => setMoving(false)} onMoved={(moved) => { setMoving(false); onMoved(moved) }} />
      </FormDialog>
      <Modal open={checked !== undefined} width={760} title={t('return.title')} footer={<Button onClick={() => setChecked(undefined)}>{t('close')}</Button>} onCancel={() => setChecked(undefined)} destroyOnHidden>
        {checked ? <ReturnList items={checked} /> : null}
      </Modal>
    </>
  )
}
function MoveForm({ firm, ids, states, onCancel, onMoved }: { firm: string; ids: string[]; states: readonly RosterState[]; onCancel: () => void; onMoved: (moved: Moved) => void }) {
  const t = useText('people')
  const sent = useRef<RosterState>('onDuty')
  const form = useForm(movePeople, {
    initial: { to: '' as RosterState | '', effectiveOn: today(), until: '', note: '' }, params: { id: firm }, invalidates: stale,
    labels: { '/to': t('field.state'), '/effectiveOn': t('move.effectiveOn'), '/until': t('field.observingUntil'), '/note': t('move.note') },
    check: ({ to, until }) => [...(to ? [] : [{ path: '/to', code: 'issue.required' }]), ...(to === 'observing' && !until ? [{ path: '/until', code: 'issue.required' }] : [])],
    body: ({ to, effectiveOn, until, note }) => {
      sent.current = to as RosterState
      return { ids, to: to as RosterState, effectiveOn, ...(to === 'observing' ? { until } : {}), ...(note.trim() ? { note: note.trim() } : {}) }
    },
    onDone: (answer) => onMoved({ ...answer, to: sent.current }),
  })
  return (
    <DialogForm form={form} deed={t('move.deed')} note={t('move.undoable')} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/to"><Choice options={states.map((state) => ({ value: state, label: t(`state.${state}`) }))} /></FormField>
      {form.values.to === 'observing' ? <FormField form={form} path="/until"><DayInput /></FormField> : null}
      <FormField form={form} path="/effectiveOn"><DayInput /></FormField>
      <FormField form={form} path="/note" optional><Input maxLength={200} /></FormField>
    </DialogForm>
  )
}

/** What a move did, why some stayed, and the way back. */
export function MoveOutcome({ firm, moved, onClose }: { firm: string; moved: Moved; onClose: () => void }) {
  const t = useText('people')
  const language = useLanguage()
  const { refused, done } = useNotices()
  const undo = useDeed(undoMove, { invalidates: stale, onProblem: refused, onDone: ({ undone, kept }) => { done(t('move.undone', { count: undone }) + (kept ? ` ${t('move.kept', { count: kept })}` : '')); onClose() } })
  return (
    <div className="fg-outcome" role="status">
      <span>{t('move.done', { count: moved.moved, state: t(`state.${moved.to}`) })}</span>
      {moved.unchanged ? <span className="fg-quiet">{t('move.unchanged', { count: moved.unchanged })}</span> : null}
      {moved.moved ? <Button type="link" size="small" loading={undo.running} onClick={() => void undo.run({ params: { id: firm, moveId: moved.moveId }, body: {} })}>{t('move.undo')}</Button> : null}
      <Button type="link" size="small" onClick={onClose}>{t('close')}</Button>
      {moved.refused.length ? <ul className="pe-refused">{moved.refused.slice(0, 10).map((one) => <li key={one.id}><strong>{one.name}</strong> {issueText(one.code, { field: t('move.effectiveOn'), until: '', day: '' }, language)}</li>)}{moved.refused.length > 10 ? <li className="fg-quiet">{t('move.more', { count: moved.refused.length - 10 })}</li> : null}</ul> : null}
    </div>
  )
}
