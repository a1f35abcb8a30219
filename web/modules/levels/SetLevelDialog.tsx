// Sets the level of a district from a moment on, with its document and reason.
import { listLevelHistory, listLevels, riskLevels, setLevel, type AreaLevel, type RiskLevel } from '@fugong/contract/levels'
import { Input, Radio } from 'antd'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useAreas } from '../../base/areas.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { LevelTag } from '../../ui/tags.tsx'

const DISTRICTS = ['district'] as const
/** `area` is undefined while closed and '' when the district is still to be chosen. */
export interface SetLevelProps { area: string | undefined; items: AreaLevel[]; onClose: () => void; onDone: (areaCode: string) => void }
export function SetLevelDialog(props: SetLevelProps) {
  const t = useText('levels')
  const { nameOf } = useAreas()
  return <FormDialog open={props.area !== undefined} title={props.area ? t('setFor', { area: nameOf(props.area) }) : t('set')} onCancel={props.onClose}><SetLevelForm {...props} /></FormDialog>
}

interface Values { areaCode: string | undefined; level: RiskLevel | undefined; effectiveFrom: string | undefined; documentNo: string; reason: string }
function SetLevelForm({ area, items, onClose, onDone }: SetLevelProps) {
  const t = useText('levels')
  const form = useForm(setLevel, {
    initial: { areaCode: area || undefined, level: undefined, effectiveFrom: new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString(), documentNo: '', reason: '' } as Values,
    labels: { '/areaCode': t('district'), '/level': t('levelField'), '/effectiveFrom': t('effective'), '/documentNo': t('document'), '/reason': t('reason') },
    body: (values) => values as never,
    check: (values) => missing(values, ['/areaCode', '/level', '/effectiveFrom', '/documentNo', '/reason']),
    invalidates: [listLevels, listLevelHistory],
  })
  const present = items.find((item) => item.areaCode === form.values.areaCode)?.current
  return (
    <DialogForm form={form} deed={t('set')} note={<>{t('setNote')} {t('setNext')}</>} onCancel={onClose} onDone={() => onDone(form.values.areaCode ?? '')}>
      <FormField form={form} path="/areaCode" help={!form.values.areaCode ? undefined : present ? t('now', { level: t(`level.${present.level}`), at: instant(present.effectiveFrom) }) : t('nowUnlisted')}><AreaPicker kinds={DISTRICTS} /></FormField>
      <FormField form={form} path="/level" group>
        <Radio.Group className="lv-choices" options={riskLevels.map((level) => ({ value: level, label: <LevelTag level={level}>{t(`level.${level}`)}</LevelTag> }))} />
      </FormField>
      <FormField form={form} path="/effectiveFrom" help={t('effectiveHelp')}><MomentInput /></FormField>
      <FormField form={form} path="/documentNo" help={t('documentHelp')}><Input maxLength={80} autoComplete="off" /></FormField>
      <FormField form={form} path="/reason" help={t('reasonHelp')}><Input.TextArea rows={3} maxLength={500} /></FormField>
    </DialogForm>
  )
}
