// Opens a plan: for which unit, its name, and its first batches, each with a day and what it holds.
import { batchChoices, listBatchPlans, openBatchPlan, type BatchPlan } from '@fugong/contract/batches'
import { Button, Input, InputNumber } from 'antd'
import { missing } from '../../base/form-paths.ts'
import { useForm, type AnyForm } from '../../base/form.tsx'
import { today } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Ready } from '../../ui/states.tsx'

export interface Slot { day: string | null; firmsLimit: number | null; headsLimit: number | null }
const DAY_MS = 86_400_000
/** The day so many days after another. */
export const later = (from: string, days: number) => new Date(Date.parse(`${from}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

interface OpenProps { onCancel: () => void; onDone: (plan: BatchPlan) => void }
export function OpenPlan(props: OpenProps) {
  const read = useRead(batchChoices)
  return <Ready read={read} lines={5}>{({ units }) => <Fields {...props} units={units} />}</Ready>
}
function Fields({ units, onCancel, onDone }: OpenProps & { units: { unitId: string; name: { zh: string; en: string } }[] }) {
  const t = useText('batches')
  const begin = today()
  const form = useForm(openBatchPlan, {
    initial: { unitId: units.length === 1 ? units[0]!.unitId : undefined, name: '', note: '', batches: [1, 4, 8].map((days): Slot => ({ day: later(begin, days), firmsLimit: null, headsLimit: null })) } as { unitId: string | undefined; name: string; note: string; batches: Slot[] },
    labels: { '/unitId': t('plan.unit'), '/name': t('plan.name'), '/note': t('plan.note'), '/batches/*/day': t('slot.day'), '/batches/*/firmsLimit': t('slot.firmsLimit'), '/batches/*/headsLimit': t('slot.headsLimit') },
    check: (values) => missing(values, ['/unitId', '/name', ...values.batches.map((_, at) => `/batches/${at}/day`)]), body: (values) => values as never, invalidates: [listBatchPlans], onDone,
  })
  const { batches } = form.values
  return (
    <DialogForm form={form} deed={t('open.deed')} note={t('open.note')} onCancel={onCancel} onDone={() => undefined}>
      {units.length > 1 ? <FormField form={form} path="/unitId"><Choice options={units.map(({ unitId, name }) => ({ value: unitId, label: pick(name) }))} /></FormField> : null}
      <FormField form={form} path="/name" help={t('open.nameHelp')}><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/note" optional><Input.TextArea rows={2} maxLength={500} /></FormField>
      {batches.map((_, at) => (
        <fieldset key={at} className="ba-slot">
          <legend>{t('slot.number', { number: at + 1 })}</legend>
          <SlotFields form={form} at={`/batches/${at}`} />
          <Button type="link" size="small" onClick={() => form.set('/batches', batches.filter((__, other) => other !== at))}>{t('slot.without')}</Button>
        </fieldset>
      ))}
      <Button onClick={() => form.set('/batches', [...batches, { day: later(batches.at(-1)?.day ?? begin, 3), firmsLimit: null, headsLimit: null }])}>{t('slot.add')}</Button>
    </DialogForm>
  )
}
/** Day and capacity of one batch; an empty limit is none. */
export function SlotFields({ form, at }: { form: AnyForm; at: string }) {
  const t = useText('batches')
  return (
    <div className="ba-slot-fields">
      <FormField form={form} path={`${at}/day`}><DayInput /></FormField>
      <FormField form={form} path={`${at}/firmsLimit`} optional><InputNumber className="fg-number" controls={false} inputMode="numeric" precision={0} min={1} suffix={t('firmsUnit')} /></FormField>
      <FormField form={form} path={`${at}/headsLimit`} optional><InputNumber className="fg-number" controls={false} inputMode="numeric" precision={0} min={1} suffix={t('headsUnit')} /></FormField>
    </div>
  )
}
