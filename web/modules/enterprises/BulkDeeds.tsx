// Deeds on many firms: give to a colleague, flag, message; each names the count before, tells the outcome after, and offers to undo.
import { listEnterprises, listFlagKinds } from '@fugong/contract/enterprises'
import { assignFirms, bulkChoices, flagFirms, getBulk, messageFirms, undoBulk, type Bulk } from '@fugong/contract/enterprises.lists'
import { noticeIssues } from '@fugong/contract/notices'
import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { useNotices } from '../../ui/notices.tsx'

/** Chosen rows, or everything that matches; `count` is what the reader was told. */
export interface Target { ids?: string[]; filter?: Record<string, string>; count: number }
type Deed = Bulk['deed']
interface DialogProps { target: Target; onCancel: () => void; onDone: (bulk: Bulk) => void }

export function useBulkChoices() {
  return useRead(bulkChoices, {}, { staleTime: 60_000 }).data
}
export function BulkDeeds({ target, onDone }: { target: Target; onDone: (bulk: Bulk) => void }) {
  const t = useText('enterprises')
  const choices = useBulkChoices()
  const [asked, ask] = useState<Deed | undefined>(undefined)
  const shared = { target, onCancel: () => ask(undefined), onDone: (bulk: Bulk) => { ask(undefined); onDone(bulk) } }
  return (
    <>
      {(choices?.can ?? []).map((deed) => <Button key={deed} size="small" onClick={() => ask(deed as Deed)}>{t(`bulk.${deed}`)}</Button>)}
      <FormDialog open={asked !== undefined} title={asked ? t(`bulk.${asked}Title`, { count: target.count, shown: number(target.count) }) : ''} onCancel={() => ask(undefined)}>
        {asked === 'assign' ? <AssignForm {...shared} /> : asked === 'flag' ? <FlagForm {...shared} /> : asked === 'message' ? <MessageForm {...shared} /> : null}
      </FormDialog>
    </>
  )
}
const bodyOf = ({ ids, filter }: Target) => (ids ? { ids } : { filter })
const NOBODY = 'nobody'

function AssignForm({ target, onCancel, onDone }: DialogProps) {
  const t = useText('enterprises')
  const choices = useBulkChoices()
  const form = useForm(assignFirms, {
    initial: { personId: undefined as string | undefined }, labels: { '/personId': t('list.assignee') }, check: (values) => missing(values, ['/personId']), invalidates: [listEnterprises],
    body: ({ personId }) => ({ ...bodyOf(target), personId: personId === NOBODY ? null : personId }) as never, onDone,
  })
  return (
    <DialogForm form={form} deed={t('bulk.assign')} note={t('bulk.undoable', { minutes: choices?.undoMinutes ?? 0 })} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/personId" help={t('bulk.assignHelp')}><Select showSearch={{ optionFilterProp: 'label' }} options={[...(choices?.colleagues ?? []).map(({ personId, name }) => ({ value: personId, label: name })), { value: NOBODY, label: t('bulk.nobody') }]} /></FormField>
    </DialogForm>
  )
}
function FlagForm({ target, onCancel, onDone }: DialogProps) {
  const t = useText('enterprises')
  const choices = useBulkChoices()
  const kinds = useRead(listFlagKinds, {}, { staleTime: 30 * 60_000 })
  const form = useForm(flagFirms, {
    initial: { code: undefined as string | undefined, reason: '' }, labels: { '/code': t('list.flags'), '/reason': t('bulk.reason') }, check: (values) => missing(values, ['/code', '/reason']), invalidates: [listEnterprises],
    body: (values) => ({ ...bodyOf(target), ...values }) as never, onDone,
  })
  return (
    <DialogForm form={form} deed={t('bulk.flag')} note={t('bulk.undoable', { minutes: choices?.undoMinutes ?? 0 })} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/code"><Select options={(kinds.data?.items ?? []).map(({ code, name }) => ({ value: code, label: pick(name) }))} /></FormField>
      <FormField form={form} path="/reason" help={t('bulk.reasonHelp')}><Input.TextArea rows={3} maxLength={300} /></FormField>
    </DialogForm>
  )
}
function MessageForm({ target, onCancel, onDone }: DialogProps) {
  const t = useText('enterprises')
  const form = useForm(messageFirms, {
    initial: { notice: { title: '', text: '', sms: false } }, labels: { '/notice/title': t('bulk.title'), '/notice/text': t('bulk.text'), '/notice/sms': t('bulk.sms') },
    check: (values) => [...missing(values, ['/notice/title', '/notice/text']), ...noticeIssues(values.notice, '/notice')], body: (values) => ({ ...bodyOf(target), ...values }) as never, onDone,
  })
  return (
    <DialogForm form={form} deed={t('bulk.messageDeed', { count: target.count, shown: number(target.count) })} note={t('bulk.notUndoable')} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/notice/title"><Input maxLength={60} /></FormField>
      <FormField form={form} path="/notice/text" help={t('bulk.textHelp', { 企业名称: '{企业名称}', 单位: '{单位}' })}><Input.TextArea rows={6} maxLength={1000} /></FormField>
      <FormField form={form} path="/notice/sms" label={null} valueProp="checked"><Checkbox>{t('bulk.smsText')}</Checkbox></FormField>
    </DialogForm>
  )
}

/** What a deed did, how far it has come, and the way back while there is one. */
export function Outcome({ bulk, onClose }: { bulk: Bulk; onClose: () => void }) {
  const t = useText('enterprises')
  const ui = useText('ui')
  const client = useQueryClient()
  const { refused } = useNotices()
  const [last, setLast] = useState(bulk)
  const read = useRead(getBulk, { params: { id: bulk.id } }, { enabled: last.state === 'running', every: 1000 })
  const undo = useDeed(undoBulk, { invalidates: [listEnterprises], onDone: setLast, onProblem: refused })
  useEffect(() => setLast(bulk), [bulk])
  useEffect(() => {
    if (!read.data) return
    setLast(read.data)
    if (read.data.state !== 'running') void client.invalidateQueries({ queryKey: [listEnterprises.path] })
  }, [read.data, client])
  const through = last.done + last.unchanged + last.refused
  return (
    <div className="fg-outcome" role="status">
      {last.state === 'running' ? <><progress max={last.count} value={through} aria-label={t('bulk.progress')} /><span>{t('bulk.running', { through: number(through), count: number(last.count) })}</span></>
        : last.state === 'undone' ? <span>{t('bulk.undone', { count: last.undone })}</span>
        : <span>{t(`bulk.${last.deed}Done`, { count: last.done, shown: number(last.done) })}</span>}
      {last.state !== 'running' && last.unchanged ? <span className="fg-quiet">{t('bulk.unchanged', { count: last.unchanged })}</span> : null}
      {last.state !== 'running' && last.refused ? <span className="fg-quiet">{t(last.deed === 'message' ? 'bulk.unreachable' : 'bulk.refused', { count: last.refused })}</span> : null}
      {last.outside ? <span className="fg-quiet">{t('bulk.outside', { count: last.outside })}</span> : null}
      {last.can.includes('undo') ? <Button type="link" size="small" loading={undo.running} onClick={() => void undo.run({ params: { id: last.id }, body: {} })}>{t('bulk.undo')}</Button> : null}
      <Button type="link" size="small" onClick={onClose}>{ui('close')}</Button>
    </div>
  )
}
