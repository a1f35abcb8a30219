// Robots of the units' groups: added, changed, tried and removed; whether they answer.
import { addRobot, changeRobot, listRobots, removeRobot, robotFormats, testRobot, type Robot } from '@fugong/contract/notices.robots'
import { noticeKinds } from '@fugong/contract/notices.templates'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { instant, number } from '../../base/format.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { wordsOf } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { whyWord } from './words.ts'
import './notices.css'

export function RobotsPage() {
  const t = useText('notices')
  const say = useNotices()
  const read = useRead(listRobots, {}, { every: 30_000 })
  const [editing, edit] = useState<Robot | 'new' | undefined>(undefined)
  const [removing, askRemoval] = useState<Robot | undefined>(undefined)
  const remove = useDeed(removeRobot, { invalidates: [listRobots], onDone: () => askRemoval(undefined) })
  const test = useDeed(testRobot, { invalidates: [listRobots], onDone: (answer) => { if (answer.ok) say.done(t('robots.testGood')); else say.warn(t('robots.testBad', { why: whyWord(t, answer.code === null ? (answer.why ?? '') : `refused ${answer.code}`) })) }, onProblem: (problem) => say.warn(wordsOf(problem)) })
  const state = (robot: Robot) => (!robot.active ? <StatusTag tone="neutral">{t('robots.stateOff')}</StatusTag> : robot.stoppedAt ? <StatusTag tone="bad">{t('robots.stateStopped')}</StatusTag>
    : robot.restUntil && Date.parse(robot.restUntil) > Date.now() ? <StatusTag tone="warn">{t('robots.stateRest', { until: instant(robot.restUntil) })}</StatusTag> : <StatusTag tone="good">{t('robots.stateGood')}</StatusTag>)
  const add = <Button type="primary" onClick={() => edit('new')}>{t('robots.add')}</Button>
  const columns: DataColumn<Robot>[] = [
    { key: 'name', title: t('robots.name'), main: true, cell: (row) => row.name },
    { key: 'unit', title: t('robots.unit'), cell: (row) => pick(row.unit) },
    { key: 'format', title: t('robots.format'), nowrap: true, cell: (row) => <span>{t(`robots.${row.format}`)} <span className="fg-quiet">{row.host}</span></span> },
    { key: 'kinds', title: t('robots.kinds'), wideOnly: true, cell: (row) => row.kinds.map((kind) => t(`kind.${kind}`)).join(t('sent.comma')) },
    { key: 'state', title: t('robots.state'), cell: state },
    { key: 'counts', title: t('robots.counts'), wideOnly: true, cell: (row) => t('robots.countsOf', { sent: number(row.sent), waiting: number(row.waiting), failed: number(row.failed) }) },
    { key: 'deeds', title: t('robots.deeds'), cell: (row) => <span className="nt-deeds"><Button size="small" aria-label={`${t('robots.test')} ${row.name}`} loading={test.running} onClick={() => void test.run({ params: { id: row.id }, body: {} })}>{t('robots.test')}</Button><Button size="small" aria-label={`${t('robots.change')} ${row.name}`} onClick={() => edit(row)}>{t('robots.change')}</Button><Button size="small" danger aria-label={`${t('robots.remove')} ${row.name}`} onClick={() => { remove.reset(); askRemoval(row) }}>{t('robots.remove')}</Button></span> },
  ]
  return (
    <Page title={t('robots.title')} sub={t('robots.sub')} actions={add} width="full">
      <DataTable<Robot> label={t('robots.title')} columns={columns} rowKey={(row) => row.id} list={{ rows: read.data?.items ?? [], total: read.data?.items.length, pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() }}
        rowTone={(row) => (row.stoppedAt ? 'bad' : undefined)} empty={{ title: t('robots.empty'), text: t('robots.emptyText'), action: add }} />
      <FormDialog open={editing !== undefined} title={t(editing === 'new' ? 'robots.add' : 'robots.change')} onCancel={() => edit(undefined)}>
        {editing === 'new' ? <AddForm onDone={() => edit(undefined)} /> : editing ? <ChangeForm robot={editing} onDone={() => edit(undefined)} /> : null}
      </FormDialog>
      {removing ? <ReasonDialog open danger needsReason={false} title={t('robots.removeTitle', { name: removing.name })} text={t('robots.removeText', { count: number(removing.waiting) })} deed={t('robots.remove')} running={remove.running} problem={remove.problem} onCancel={() => askRemoval(undefined)} onDo={() => void remove.run({ params: { id: removing.id }, body: { revision: removing.revision } })} /> : null}
    </Page>
  )
}
const useLabels = () => {
  const t = useText('notices')
  return { '/unitId': t('robots.unit'), '/name': t('robots.name'), '/format': t('robots.format'), '/url': t('robots.url'), '/secret': t('robots.secret'), '/language': t('robots.language'), '/kinds': t('robots.kinds'), '/active': t('robots.active') }
}
function AddForm({ onDone }: { onDone: () => void }) {
  const t = useText('notices')
  const form = useForm(addRobot, { initial: { unitId: '', name: '', format: 'dingtalk' as Robot['format'], url: '', secret: '', language: 'zh' as Robot['language'], kinds: ['case'] as Robot['kinds'], active: true }, labels: useLabels(), invalidates: [listRobots], body: (values) => ({ ...values, url: values.url.trim(), secret: values.secret.trim() || null }) })
  return (
    <DialogForm form={form} deed={t('robots.save')} onCancel={onDone} onDone={onDone}>
      <FormField form={form} path="/unitId"><UnitPicker /></FormField>
      <Entries form={form} url={t('robots.urlHelp')} secret={t('robots.secretHelp')} fresh />
    </DialogForm>
  )
}
function ChangeForm({ robot, onDone }: { robot: Robot; onDone: () => void }) {
  const t = useText('notices')
  const { name, format, language, kinds, active, revision } = robot
  const form = useForm(changeRobot, { initial: { name, format, language, kinds, active, url: '', secret: '' }, labels: useLabels(), params: { id: robot.id }, invalidates: [listRobots], body: ({ url, secret, ...values }) => ({ ...values, revision, ...(url.trim() ? { url: url.trim() } : {}), ...(secret.trim() ? { secret: secret.trim() } : {}) }) })
  return <DialogForm form={form} deed={t('robots.save')} onCancel={onDone} onDone={onDone}><Entries form={form} url={t('robots.urlKeep', { host: robot.host })} secret={t('robots.secretKeep')} /></DialogForm>
}
function Entries({ form, url, secret, fresh = false }: { form: Parameters<typeof FormField>[0]['form']; url: string; secret: string; fresh?: boolean }) {
  const t = useText('notices')
  return (
    <>
      <FormField form={form} path="/name"><Input maxLength={40} /></FormField>
      <FormField form={form} path="/format"><Choice options={robotFormats.map((format) => ({ value: format, label: t(`robots.${format}`) }))} /></FormField>
      <FormField form={form} path="/url" help={url} optional={!fresh}><Input maxLength={500} autoComplete="off" spellCheck={false} /></FormField>
      <FormField form={form} path="/secret" help={secret} optional><Input.Password maxLength={200} autoComplete="new-password" /></FormField>
      <FormField form={form} path="/language"><Choice options={(['zh', 'en'] as const).map((code) => ({ value: code, label: t(`robots.${code}`) }))} /></FormField>
      <FormField form={form} path="/kinds"><Select mode="multiple" options={noticeKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} /></FormField>
      <FormField form={form} path="/active" label={null} valueProp="checked"><Checkbox>{t('robots.active')}</Checkbox></FormField>
    </>
  )
}
