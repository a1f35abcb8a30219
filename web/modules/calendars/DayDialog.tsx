// Sets one day: off, worked, or back to what its weekday says.
import { listCalendarDays, setCalendarDay, type CalendarDay } from '@fugong/contract/calendars'
import { Input, Radio } from 'antd'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { kindByWeekday, weekdayOf } from './year.ts'

export interface DayDialogProps { day: string | undefined; arranged: CalendarDay | undefined; onClose: () => void }
export function DayDialog({ day, arranged, onClose }: DayDialogProps) {
  const t = useText('calendars')
  return <FormDialog open={Boolean(day)} width={480} title={day ? `${t('edit', { day })} ${t(`weekdayLong.${weekdayOf(day)}`)}` : ''} onCancel={onClose}>{day ? <DayForm day={day} arranged={arranged} onClose={onClose} /> : null}</FormDialog>
}

type Kind = 'holiday' | 'workday' | 'weekday_rule'
function DayForm({ day, arranged, onClose }: { day: string; arranged: CalendarDay | undefined; onClose: () => void }) {
  const t = useText('calendars')
  const { done } = useNotices()
  const rule = t(kindByWeekday(day))
  const form = useForm(setCalendarDay, {
    initial: { kind: (arranged?.kind ?? 'weekday_rule') as Kind, name: { zh: arranged?.name.zh ?? '', en: arranged?.name.en ?? '' } },
    labels: { '/kind': t('kindField'), '/name/zh': t('nameZh'), '/name/en': t('nameEn') },
    params: { day },
    body: (values) => (values.kind === 'weekday_rule' ? { kind: values.kind } : values),
    check: (values) => (values.kind === 'weekday_rule' ? [] : missing(values, ['/name/zh', '/name/en'])),
    invalidates: [listCalendarDays],
  })
  const { kind } = form.values
  const finish = () => {
    done(t('saved', { day, kind: kind === 'weekday_rule' ? rule : t(kind) }))
    onClose()
  }
  return (
    <DialogForm form={form} deed={t('save')} note={t('editNote')} onCancel={onClose} onDone={finish}>
      <FormField form={form} path="/kind" group>
        <Radio.Group className="cal-choices" options={[{ value: 'holiday', label: t('kindHoliday') }, { value: 'workday', label: t('kindWorkday') }, { value: 'weekday_rule', label: t('kindRule', { kind: rule }) }]} />
      </FormField>
      {kind === 'weekday_rule' ? null : (
        <>
          <FormField form={form} path="/name/zh" help={t('nameHelp')}><Input maxLength={40} autoComplete="off" /></FormField>
          <FormField form={form} path="/name/en"><Input maxLength={80} autoComplete="off" /></FormField>
        </>
      )}
    </DialogForm>
  )
}
