// What a reviewer decides from beside the answers: what changed, the units on the way, the checklist, the site, what is known of the firm from elsewhere.
import { getDifferences, getChecklist, listEarlier, type Difference } from '@fugong/contract/declarations.review'
import type { Declaration } from '@fugong/contract/declarations'
import type { Answer, Form, FormField } from '@fugong/contract/forms'
import { look } from '@fugong/contract/forms.engine'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { AnswerText } from '../../base/answer-text.tsx'
import { day, instant } from '../../base/format.ts'
import { hasText, pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { knownFor } from './draft.ts'

/** Field by field, before and after; two comparisons of which the nearer one is open. */
export function Changes({ declaration, plan }: { declaration: Declaration; plan: Form }) {
  const t = useText('declarations')
  const read = useRead(getDifferences, { params: { id: declaration.id } }, { enabled: declaration.submittedAt !== null })
  const [which, choose] = useState<'sinceSubmission' | 'sinceLast' | undefined>(undefined)
  const found = read.data
  if (!found) return null
  const both = (['sinceSubmission', 'sinceLast'] as const).filter((one) => found[one])
  const shown = which ?? both[0]
  if (!shown) return <Section title={t('changes.title')}><p className="fg-quiet">{t('changes.first')}</p></Section>
  const compared = found[shown]!
  return (
    <Section title={t('changes.title')} extra={both.length > 1 ? <span className="fg-row">{both.map((one) => <button key={one} type="button" className="fg-link" aria-pressed={one === shown} onClick={() => choose(one)}>{t(`changes.${one}`)}</button>)}</span> : null}>
      <p className="fg-quiet">{t(`changes.${shown}Text`, { at: shown === 'sinceLast' ? day(compared.at) : instant(compared.at) })}</p>
      {compared.items.length === 0 ? <p>{t('changes.none')}</p> : <dl className="fg-changes">{compared.items.map((item) => <Changed key={item.code} item={item} plan={plan} declaration={declaration} />)}</dl>}
    </Section>
  )
}
function Changed({ item, plan, declaration }: { item: Difference; plan: Form; declaration: Declaration }) {
  const t = useText('declarations')
  const field = plan.pages.flatMap((page) => page.fields).find((one) => one.code === item.code)
  const key = `changes.field.${item.code.replace('.', '_')}`
  const plain = (answer: Answer) => {
    if (answer === null || answer === '') return t('changes.empty')
    if (Array.isArray(answer)) return answer.map(String).join(t('changes.comma'))
    const word = `changes.value.${item.code.replace('.', '_')}_${String(answer)}`
    return hasText('declarations', word) ? t(word) : String(answer)
  }
  const shown = (answer: Answer) => (field ? <AnswerText field={field} answer={answer} files={declaration.files} /> : plain(answer))
  return (
    <div className="fg-changed">
      <dt>{field ? pick(field.label) : hasText('declarations', key) ? t(key) : item.code}</dt>
      <dd><del><span className="fg-hidden">{t('changes.before')}</span>{shown(item.before)}</del> <span aria-hidden="true">→</span> <ins><span className="fg-hidden">{t('changes.after')}</span>{shown(item.after)}</ins></dd>
    </div>
  )
}

const nodeTones: Record<string, Tone> = { later: 'neutral', open: 'info', done: 'good', stopped: 'neutral' }
/** The units on the way, in order; who did what, and where the table's unit does not exist. */
export function Steps({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const nodes = declaration.route?.nodes ?? []
  if (!nodes.length) return null
  const many = new Set(nodes.map(({ step }) => step)).size > 1
  return (
    <Section title={t('route.title')}>
      <p className="fg-quiet">{pick(declaration.route?.decision.sentence)}</p>
      <ol className="fg-nodes">
        {nodes.map((node) => (
          <li key={`${node.step}-${node.unitId}-${node.at ?? ''}`}>
            <div className="fg-row">{many ? <span className="fg-quiet">{t('route.step', { n: node.step })}</span> : null}<strong>{pick(node.unit)}</strong><StatusTag tone={nodeTones[node.state] ?? 'neutral'}>{t(`route.state.${node.state}`)}</StatusTag>{node.role === 'help' ? <span className="fg-quiet">{t('route.help')}</span> : null}</div>
            {node.wanted ? <p className="fg-quiet">{t('route.missing', { unit: t(`route.unit.${node.wanted}`) })}</p> : null}
            {node.movedFrom ? <p className="fg-quiet">{t('route.from', { unit: pick(node.movedFrom) })}</p> : null}
            {node.at ? <p className="fg-quiet">{[node.by, instant(node.at)].filter(Boolean).join(' · ')}{node.note ? <span className="fg-answer-text">{t('colon')}{node.note}</span> : null}</p> : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}

export function useChecklist(declaration: Declaration): Form | null {
  return useRead(getChecklist, { params: { id: declaration.id } }, { staleTime: 5 * 60_000 }).data?.form ?? null
}
interface ListProps { declaration: Declaration; form: Form | null; ticked: ReadonlySet<string>; toggle: (code: string) => void; active: boolean }
/** The items of the area's “N 个到位” for this scene, ticked as one reads; kept with the deed that follows. */
export function Checklist({ declaration, form, ticked, toggle, active }: ListProps) {
  const t = useText('declarations')
  if (!form) return null
  const view = look(form, {}, knownFor(declaration))
  const pages = form.pages.map((page) => ({ page, fields: page.fields.filter((field: FormField) => view.field(field.code).shown) })).filter(({ fields }) => fields.length)
  const all = pages.flatMap(({ fields }) => fields)
  const last = declaration.checks.at(-1)
  const shown = active ? ticked : new Set(last?.ticked)
  return (
    <Section title={pick(form.name)} extra={<span className="fg-quiet">{t('checklist.count', { done: all.filter((field) => shown.has(field.code)).length, all: all.length })}</span>}>
      {!active && last ? <p className="fg-quiet">{t('checklist.by', { unit: pick(last.unit), at: instant(last.at) })}</p> : null}
      {pages.map(({ page, fields }) => (
        <fieldset key={page.code} className="fg-checklist">
          <legend>{pick(page.title)}</legend>
          {fields.map((field) => <Checkbox key={field.code} disabled={!active} checked={shown.has(field.code)} onChange={() => toggle(field.code)}>{pick(field.label)}</Checkbox>)}
        </fieldset>
      ))}
    </Section>
  )
}

/** What rooms beside declarations know of the firm: spot checks, inspections. */
export function Elsewhere({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const items = useRead(listEarlier, { params: { id: declaration.id } }).data?.items ?? []
  if (!items.length) return null
  return (
    <Section title={t('review.elsewhere')}>
      <ul className="fg-plainlist">{items.map((item, i) => <li key={i}>{item.link ? <Link to={item.link}>{pick(item.title)}</Link> : pick(item.title)} <span className="fg-quiet">{day(item.at)}</span>{item.text ? <p className="fg-quiet">{item.text}</p> : null}</li>)}</ul>
    </Section>
  )
}
/** Both levels where the level changed while it waited: by which it was judged when it was submitted, and by which it is judged now. */
export function JudgedAnew({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const base = useText('base')
  const anew = declaration.judgedAnew
  if (!anew) return null
  const level = (code: string | null) => base(`level.${code ?? 'unlisted'}`)
  return <p className="fg-anew">{t('why.anew', { at: instant(anew.at), first: level(anew.firstLevel), firstProcedure: t(`procedure.${anew.firstProcedure}`), now: level(declaration.level), procedure: declaration.procedure ? t(`procedure.${declaration.procedure}`) : '–' })}</p>
}
