// Flags of a firm: who put them on, when and why; ended ones stay to be read. Offices put them on and take them off here.
import { getEnterprise, listEnterprises, listFlagKinds, type Enterprise, type Flag } from '@fugong/contract/enterprises'
import { endFlag, listFlags, setFlag } from '@fugong/contract/enterprises.register'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { day, today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import { doerWords } from './doers.ts'

export function FlagsSection({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const read = useRead(listFlags, { params: { id: firm.id } })
  const [setting, set] = useState(false)
  const [ending, end] = useState<Flag | undefined>(undefined)
  return (
    <Section title={t('flag.title')} extra={read.data?.can.includes('set') ? <Button onClick={() => set(true)}>{t('flag.set')}</Button> : undefined}>
      <Ready read={read} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('flag.none')}</p> : (
        <ul className="fg-rows">
          {items.map((flag) => (
            <li key={flag.id} className={flag.until ? 'fg-over' : undefined}>
              <span className="fg-flag">{pick(flag.name)}</span>
              <span className="fg-quiet">{flag.until ? t('flag.span', { from: flag.from, until: flag.until }) : t('flag.since', { from: flag.from })}</span>
              {flag.can.includes('end') ? <Button type="link" aria-label={t('flag.endNamed', { name: pick(flag.name) })} onClick={() => end(flag)}>{t('flag.end')}</Button> : null}
              <span className="fg-row-text">{flag.reason} <span className="fg-quiet">· {flag.setBy.side === 'office' ? (pick(flag.unit) || doerWords(flag.setBy, t)) : doerWords(flag.setBy, t)} · {day(flag.setAt)}</span></span>
              {flag.endReason ? <span className="fg-row-text">{t('flag.endedBecause', { reason: flag.endReason })}</span> : null}
            </li>
          ))}
        </ul>
      )}</Ready>
      <FormDialog open={setting} title={t('flag.setTitle', { name: firm.name })} onCancel={() => set(false)}><SetForm firm={firm} onClose={() => set(false)} /></FormDialog>
      <FormDialog open={ending !== undefined} title={t('flag.endTitle', { flag: pick(ending?.name), name: firm.name })} onCancel={() => end(undefined)}>{ending ? <EndForm firm={firm} flag={ending} onClose={() => end(undefined)} /> : null}</FormDialog>
    </Section>
  )
}
const stale = [listFlags, getEnterprise, listEnterprises]
function SetForm({ firm, onClose }: { firm: Enterprise; onClose: () => void }) {
  const t = useText('enterprises')
  const kinds = useRead(listFlagKinds, {}, { staleTime: 30 * 60_000 })
  const form = useForm(setFlag, {
    initial: { code: undefined as string | undefined, from: today() as string | null, reason: '' }, params: { id: firm.id }, invalidates: stale, labels: { '/code': t('flag.kind'), '/from': t('flag.from'), '/reason': t('flag.reason') },
    body: ({ code, from, reason }) => ({ code: code!, ...(from ? { from } : {}), reason: reason.trim() }), check: (values) => missing(values, ['/code', '/from', '/reason']),
  })
  const chosen = kinds.data?.items.find((kind) => kind.code === form.values.code)
  return (
    <DialogForm form={form} deed={t('flag.set')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/code" help={chosen ? pick(chosen.text) : undefined}><Choice<string> placeholder={t('workplace.choose')} options={(kinds.data?.items ?? []).filter((kind) => !firm.flags.some((flag) => flag.code === kind.code)).map((kind) => ({ value: kind.code, label: pick(kind.name) }))} /></FormField>
      <FormField form={form} path="/from"><DayInput className="fg-day" max={today()} /></FormField>
      <FormField form={form} path="/reason" help={t('flag.reasonHelp')}><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
function EndForm({ firm, flag, onClose }: { firm: Enterprise; flag: Flag; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(endFlag, {
    initial: { until: today() as string | null, reason: '' }, params: { id: firm.id, flagId: flag.id }, invalidates: stale, labels: { '/until': t('flag.until'), '/reason': t('flag.reason') },
    body: ({ until, reason }) => ({ ...(until ? { until } : {}), reason: reason.trim() }), check: (values) => missing(values, ['/until', '/reason']),
  })
  return (
    <DialogForm form={form} deed={t('flag.end')} note={t('flag.endNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/until"><DayInput className="fg-day" min={flag.from} max={today()} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
