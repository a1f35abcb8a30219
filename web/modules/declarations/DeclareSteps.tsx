// The first and the last question of a declaration: when and with how many people, and the pledge.
import { listAreas } from '@fugong/contract/areas'
import type { Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { Checkbox, InputNumber } from 'antd'
import { useAreas } from '../../base/areas.ts'
import type { AnyForm } from '../../base/form.tsx'
import { today } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { correctedAt } from './draft.ts'
import { Correct } from './Parts.tsx'
import { Preview } from './Preview.tsx'

export function PlanStep({ declaration, form, gapOf, sourceOf }: { declaration: Declaration; form: AnyForm; gapOf: (path: string) => string | undefined; sourceOf: { headcount?: string | undefined } }) {
  const t = useText('declarations')
  const { whereIs } = useAreas()
  const { workplace } = declaration
  const gap = (path: string) => (gapOf(path) ? <div className="fg-decl-gap">{t('gap.told', { text: gapOf(path) })}</div> : null)
  return (
    <>
      <section className="fg-decl-known" aria-label={t('known.title')}>
        <p className="fg-quiet">{t('known.title')}</p>
        <Facts items={[
          { label: t('fact.enterprise'), value: declaration.enterpriseName }, { label: t('fact.creditCode'), value: <span className="fg-mono">{declaration.creditCode}</span> },
          { label: t('fact.workplace'), value: t('placeScene', { name: workplace.name, scene: t(`scene.${workplace.scene}`) }) }, { label: t('fact.address'), value: whereIs(workplace) },
        ]} />
        <p><Correct to={correctedAt(declaration.enterpriseId, 'enterprise.name')} /></p>
      </section>
      <Preview id={declaration.id} />
      <FormField form={form} path="/plannedDate" help={<>{t('field.plannedDateHelp')}{gap('/plannedDate')}</>}><DayInput className="fg-decl-number" min={today()} /></FormField>
      <FormField form={form} path="/headcount" help={<>{t('field.headcountHelp')}{sourceOf.headcount ? <div className="fg-decl-source">{sourceOf.headcount}</div> : null}{gap('/headcount')}</>}>
        <InputNumber className="fg-decl-number" controls={false} inputMode="numeric" precision={0} suffix={t('people')} />
      </FormField>
      <Community declaration={declaration} form={form} />
    </>
  )
}
/** Asked where the street has communities: traders file with theirs. */
function Community({ declaration, form }: { declaration: Declaration; form: AnyForm }) {
  const t = useText('declarations')
  const communities = useRead(listAreas, { query: { parent: declaration.workplace.streetCode } }, { staleTime: 10 * 60_000 }).data?.items.filter(({ kind }) => kind === 'community') ?? []
  if (!communities.length) return null
  return (
    <FormField form={form} path="/communityCode" help={t('field.communityHelp')}>
      <Choice options={[{ value: '', label: t('field.communityNone') }, ...communities.map(({ code, name }) => ({ value: code, label: pick(name) }))]} />
    </FormField>
  )
}

export function PledgeStep({ pledge, form, gap }: { pledge: Form; form: AnyForm; gap: string | undefined }) {
  const t = useText('declarations')
  const agreed = pledge.pages.flatMap((page) => page.fields)[0]
  return (
    <>
      <section className="fg-decl-pledge" aria-label={pick(pledge.name)} tabIndex={0}>
        <h3>{pick(pledge.name)}</h3>
        {(pledge.statement ? pick(pledge.statement) : '').split('\n').filter(Boolean).map((line, i) => <p key={i}>{line}</p>)}
      </section>
      <FormField form={form} path="/pledged" label={null} valueProp="checked" help={gap ? <div className="fg-decl-gap">{t('gap.told', { text: gap })}</div> : undefined}>
        <Checkbox className="fg-decl-agree">{agreed ? pick(agreed.label) : t('field.pledge')}</Checkbox>
      </FormField>
    </>
  )
}
