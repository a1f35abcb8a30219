// A firm through time: every change with what it found and what it set, and the facts as they were on a day one chooses.
import { getEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { cancelLifeEvent, listChanges, type Change } from '@fugong/contract/enterprises.register'
import { problemText, type ProblemCode } from '@fugong/contract/problems'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day, instant, number, today } from '../../base/format.ts'
import { useLanguage, useText, type Say } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note, Timeline } from '../../ui/parts.tsx'
import { ErrorState, Loading, Ready } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { doerWords } from './doers.ts'
import { FactGroups } from './FactGroups.tsx'
import { useIndustryPath } from './IndustryPicker.tsx'

export function HistoryTab({ firm }: { firm: Enterprise }) {
  return (
    <>
      <AsOf firm={firm} />
      <Changes firm={firm} />
    </>
  )
}
/** The day stands in the address, so that what was seen can be sent to somebody. */
function AsOf({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const { filters, set } = useFilters(['at'] as const)
  const at = /^\d{4}-\d{2}-\d{2}$/.test(filters.at ?? '') ? filters.at : undefined
  const read = useRead(getEnterprise, { params: { id: firm.id }, query: at ? { at } : {} }, { enabled: at !== undefined })
  return (
    <Section title={t('history.asOf')}>
      <div className="fg-asof">
        <Field id="as-of" label={t('history.day')} help={t('history.dayHelp', { from: firm.knownFrom })}><DayInput id="as-of" aria-describedby="as-of-help" className="fg-day" value={at ?? null} min={firm.knownFrom} max={today()} onChange={(value) => set({ at: value ?? undefined })} /></Field>
        {at ? <Button onClick={() => set({ at: undefined })}>{t('history.clear')}</Button> : null}
      </div>
      {at === undefined ? null : read.error ? <ErrorState error={read.error} /> : !read.data ? <Loading lines={5} /> : (
        <div className="fg-past">
          <Note title={t('history.then', { day: at })}><p>{t('history.since', { day: read.data.validFrom, state: t(`state.${read.data.state}`), size: t(`size.${read.data.size.grade}`) })}</p><p>{read.data.workplaces.length ? t('history.places', { names: read.data.workplaces.map((place) => place.name).join(t('size.and')) }) : t('history.placesNone')}</p></Note>
          <FactGroups firm={read.data} />
        </div>
      )}
    </Section>
  )
}
const tones: Record<Change['state'], Tone> = { done: 'neutral', planned: 'info', cancelled: 'neutral', failed: 'bad' }
function Changes({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const language = useLanguage()
  const read = useRead(listChanges, { params: { id: firm.id } })
  const [cancelling, cancel] = useState<Change | undefined>(undefined)
  const deed = useDeed(cancelLifeEvent, { invalidates: [listChanges, getEnterprise], onDone: () => cancel(undefined) })
  return (
    <Section title={t('history.title')}>
      <Ready read={read}>{({ items }) => (
        <Timeline items={items.map((change) => ({
          key: change.id, tone: tones[change.state],
          title: <>{t(`change.${change.kind}`)}{change.workplace ? t('history.of', { place: change.workplace }) : ''}</>,
          at: change.effectiveOn === day(change.recordedAt) ? change.effectiveOn : t('history.from', { day: change.effectiveOn }),
          by: t('history.by', { who: doerWords(change.by, t), at: instant(change.recordedAt) }),
          children: (
            <>
              {change.state === 'done' ? null : <p><StatusTag tone={tones[change.state]}>{t(`history.state.${change.state}`)}</StatusTag> {change.failure ? problemText(change.failure as ProblemCode, {}, language) : ''}</p>}
              <Fields fields={change.fields} />
              {change.reason ? <p>{t('history.reason', { reason: change.reason })}</p> : null}
              {change.can.includes('cancel') ? <p><Button onClick={() => { deed.reset(); cancel(change) }}>{t('history.cancel')}</Button></p> : null}
            </>
          ),
        }))} />
      )}</Ready>
      <ReasonDialog open={cancelling !== undefined} title={t('history.cancelTitle', { what: cancelling ? t(`change.${cancelling.kind}`) : '', day: cancelling?.effectiveOn ?? '' })} text={t('history.cancelText')} deed={t('history.cancel')} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => cancel(undefined)} onDo={(reason) => void deed.run({ params: { id: firm.id, changeId: cancelling?.id ?? '' }, body: { reason } })} />
      {deed.problem && !cancelling ? <p role="alert">{wordsOf(deed.problem)}</p> : null}
    </Section>
  )
}
type Field = Change['fields'][number]
/** A year stands with its figure where both changed; what only follows from another line has none of its own. */
function Fields({ fields }: { fields: readonly Field[] }) {
  const t = useText('enterprises')
  const show = useValues()
  const has = (name: string) => fields.some((field) => field.name === name)
  const lines = fields.filter(({ name }) => name !== 'state' && !(name === 'sizeMissing' && has('size')) && !(name.endsWith('Year') && has(name.slice(0, -4))))
  const yearOf = (name: string, side: 'before' | 'after') => {
    const year = fields.find((field) => field.name === `${name}Year`)?.[side]
    return year ? t('history.ofYear', { year }) : ''
  }
  if (!lines.length) return null
  return (
    <ul className="fg-changes">
      {lines.map(({ name, before, after }) => (
        <li key={name}>
          <span className="fg-quiet">{t(`fact.${name}`)}</span> {before === null ? null : <><del>{show(name, before)}{yearOf(name, 'before')}</del> <span aria-hidden="true">→</span> </>}
          <ins>{after === null ? t('history.none') : <>{show(name, after)}{yearOf(name, 'after')}</>}</ins>
        </li>
      ))}
    </ul>
  )
}
const MONEY = new Set(['revenue', 'assets'])
/** Values of a change in words: codes by their names, figures grouped and with their unit. */
function useValues(): (name: string, value: string | number | boolean) => string {
  const t: Say = useText('enterprises')
  const { nameOf } = useAreas()
  const industryPath = useIndustryPath()
  return (name, value) => {
    if (typeof value === 'boolean') return t(value ? 'air.yes' : 'air.no')
    if (name === 'hazardous' && value === '') return t('fact.hazardousNone')
    if (value === '') return t('history.none')
    if (name.endsWith('Code') && name !== 'creditCode' && name !== 'industryCode') return nameOf(String(value))
    if (name === 'industryCode') return industryPath(String(value))
    if (name === 'kind' || name === 'class' || name === 'scene' || name === 'size') return t(`${name}.${String(value)}`)
    if (name === 'sizeMissing') return String(value).split('、').filter(Boolean).map((one) => t(`size.needs.${one}`)).join(t('size.and')) || t('history.none')
    if (typeof value === 'number') return name.endsWith('Year') ? String(value) : `${number(value)} ${t(MONEY.has(name) ? 'unit.money' : 'unit.people')}`
    return value
  }
}
