// A new version of a template: texts in both languages with what can be filled in, from when and where it holds; seen as readers will see it.
import { listTemplates, proposeTemplate, smsModes, templateHistory, templateIssues, templateValues, type Template } from '@fugong/contract/notices.templates'
import { Checkbox, Input } from 'antd'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'

export function TemplateForm({ template, newest, onDone }: { template: Template; newest: number; onDone: (id?: string) => void }) {
  const t = useText('notices')
  const { code, title, text, sms, robot, smsMode, urgent, robots, areaCode } = template
  const form = useForm(proposeTemplate, {
    initial: { title, text, sms: sms ?? { zh: '', en: '' }, smsMode, urgent, robots, areaCode: areaCode ?? '', from: today() },
    labels: { '/title/zh': t('templates.titleZh'), '/title/en': t('templates.titleEn'), '/text/zh': t('templates.textZh'), '/text/en': t('templates.textEn'), '/sms/zh': t('templates.smsZh'), '/sms/en': t('templates.smsEn'), '/smsMode': t('templates.smsMode'), '/urgent': t('templates.urgent'), '/robots': t('templates.robots'), '/from': t('templates.from'), '/areaCode': t('templates.area') },
    invalidates: [listTemplates, templateHistory],
    body: (values) => ({ ...values, code, robot, sms: values.sms.zh.trim() || values.sms.en.trim() ? values.sms : null, areaCode: values.areaCode || null, basedOn: newest }),
    check: (values) => templateIssues(code, { ...values, robot, sms: values.sms.zh.trim() ? values.sms : null }),
    onDone: (made) => onDone(made.id),
  })
  const { values } = form
  return (
    <DialogForm form={form} deed={t('templates.propose')} onCancel={() => onDone()} onDone={() => undefined} note={t('templates.values', { values: Object.keys(templateValues[code]).map((name) => `{${name}}`).join(' ') })}>
      <FormField form={form} path="/title/zh"><Input maxLength={60} /></FormField>
      <FormField form={form} path="/title/en"><Input maxLength={120} /></FormField>
      <FormField form={form} path="/text/zh"><Input.TextArea rows={3} maxLength={500} /></FormField>
      <FormField form={form} path="/text/en"><Input.TextArea rows={3} maxLength={1000} /></FormField>
      <FormField form={form} path="/smsMode"><Choice options={smsModes.map((mode) => ({ value: mode, label: t(`templates.modes.${mode}`) }))} /></FormField>
      <FormField form={form} path="/sms/zh" optional={values.smsMode === 'never'}><Input.TextArea rows={2} maxLength={300} /></FormField>
      <FormField form={form} path="/sms/en" optional={values.smsMode === 'never'}><Input.TextArea rows={2} maxLength={600} /></FormField>
      <FormField form={form} path="/urgent" label={null} valueProp="checked"><Checkbox>{t('templates.urgent')}</Checkbox></FormField>
      <FormField form={form} path="/robots" label={null} valueProp="checked"><Checkbox>{t('templates.robots')}</Checkbox></FormField>
      <FormField form={form} path="/from"><Input type="date" /></FormField>
      <FormField form={form} path="/areaCode" optional><AreaPicker /></FormField>
      <TemplatePreview code={code} title={values.title} text={values.text} sms={values.sms.zh.trim() ? values.sms : null} />
    </DialogForm>
  )
}
/** The present day in Asia/Shanghai. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
