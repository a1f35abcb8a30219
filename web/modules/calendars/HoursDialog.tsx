// Sets the working hours of the city from a day on; says in a sentence what will hold before it is done.
import { listCalendarDays, setWorkingHours } from '@fugong/contract/calendars'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { day as dayWords, today } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput, TimeInput } from '../../ui/inputs.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Note } from '../../ui/parts.tsx'
import { hoursBetween } from './year.ts'

export interface Hours { from: string; to: string; effectiveFrom: string }
export interface HoursDialogProps { open: boolean; present: Hours; onClose: () => void }
export function HoursDialog({ open, present, onClose }: HoursDialogProps) {
  const t = useText('calendars')
  return <FormDialog open={open} width={480} title={t('hoursSet')} onCancel={onClose}><HoursForm present={present} onClose={onClose} /></FormDialog>
}

interface Values { effectiveFrom: string | null; from: string | null; to: string | null }
function HoursForm({ present, onClose }: { present: Hours; onClose: () => void }) {
  const t = useText('calendars')
  const { done } = useNotices()
  const form = useForm(setWorkingHours, {
    initial: { effectiveFrom: null, from: present.from, to: present.to } as Values,
    labels: { '/effectiveFrom': t('hoursFrom'), '/from': t('opens'), '/to': t('closes') },
    body: (values) => values as never,
    check: (values) => missing(values, ['/effectiveFrom', '/from', '/to']), invalidates: [listCalendarDays],
  })
  const { effectiveFrom, from, to } = form.values
  const words = effectiveFrom && from && to && from < to ? { day: dayWords(effectiveFrom), from, to, hours: hoursBetween(from, to), before: t('hoursValue', { from: present.from, to: present.to, hours: hoursBetween(present.from, present.to) }) } : undefined
  const finish = () => {
    done(t('hoursSaved', words ?? {}))
    onClose()
  }
  return (
    <DialogForm form={form} deed={t('hoursSave')} note={t('hoursNote')} onCancel={onClose} onDone={finish}>
      <FormField form={form} path="/effectiveFrom" help={t('hoursFromHelp')}><DayInput min={today()} /></FormField>
      <FormField form={form} path="/from"><TimeInput /></FormField>
      <FormField form={form} path="/to"><TimeInput /></FormField>
      {words ? <div role="status"><Note tone="warn" title={t('hoursWill', words)}>{t('hoursNow', words)}</Note></div> : null}
    </DialogForm>
  )
}
