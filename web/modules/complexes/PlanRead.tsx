// The common plan as it is read: the day, the papers by name, the answers page by page.
import { getForm, type Answers } from '@fugong/contract/forms'
import { look } from '@fugong/contract/forms.engine'
import { AnswerText } from '../../base/answer-text.tsx'
import { day, today } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Ready } from '../../ui/states.tsx'

export interface PlanProps { emergencyKind: string; districtCode: string; formVersion: number; answers: Answers; plannedDate: string | null; files: readonly string[] }
export const usePlanForm = ({ emergencyKind, districtCode, formVersion }: Pick<PlanProps, 'emergencyKind' | 'districtCode' | 'formVersion'>) =>
  useRead(getForm, { params: { code: 'declaration.plan' }, query: { area: districtCode, kind: emergencyKind, version: formVersion } }, { staleTime: 10 * 60_000 })
export function PlanRead(props: PlanProps) {
  const t = useText('complexes')
  const { answers, plannedDate, files } = props
  const read = usePlanForm(props)
  return (
    <Ready read={read} lines={6}>{(form) => {
      const view = look(form, answers, { facts: {}, today: today() })
      return (
        <div className="fg-stack">
          <Facts columns={2} items={[{ label: t('filing.day'), value: day(plannedDate) }, { label: t('filing.files'), value: files.join(t('comma')) || '–' }]} />
          {form.pages.map((page) => {
            const shown = page.fields.filter(({ code }) => view.field(code).shown)
            return shown.length ? <section key={page.code}><h3 className="cx-head">{pick(page.title)}</h3><Facts columns={2} items={shown.map((field) => ({ key: field.code, label: pick(field.label), value: <AnswerText field={field} answer={view.field(field.code).value} />, wide: field.type === 'text' || field.type === 'group' }))} /></section> : null
          })}
        </div>
      )
    }}</Ready>
  )
}
