// One person of the roster: the facts, sealed values shown one at a time with a reason, the history, and who has looked.
import { checkReturns, getPersonOfRoster, listPersonReads, listRoster, rosterSummary, sealedFields, unmaskField, type ReturnCheck, type RosterPerson, type SealedField } from '@fugong/contract/people'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { day, instant } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Timeline } from '../../ui/parts.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { ErrorState, Loading, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { MoveDeeds, MoveOutcome, type Moved } from './MoveDeeds.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { Phones } from './Phones.tsx'
import { ReturnList } from './ReturnList.tsx'
import { rosterPath, toneOf } from './people.ts'
import './people.css'

export function PersonPage() {
  const t = useText('people')
  const { id = '', employmentId = '' } = useParams()
  const read = useRead(getPersonOfRoster, { params: { id, employmentId } })
  const back = { to: rosterPath(id), text: t('title') }
  if (!read.data) return <Page title={t('person.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Known key={employmentId} firm={id} person={read.data} back={back} />
}
function Known({ firm, person, back }: { firm: string; person: RosterPerson; back: { to: string; text: string } }) {
  const t = useText('people')
  const pick = usePick()
  const { refused } = useNotices()
  const summary = useRead(rosterSummary, { params: { id: firm } }).data
  const [editing, setEditing] = useState(false)
  const [moved, setMoved] = useState<Moved>()
  const [checks, setChecks] = useState<ReturnCheck[]>()
  const check = useDeed(checkReturns, { onDone: ({ items }) => setChecks(items), onProblem: refused, invalidates: [listRoster] })
  const can = (deed: string) => person.can.includes(deed)
  const line = (label: string, value: string | null) => ({ label: t(`field.${label}`), value })
  return (
    <Page title={person.name} back={back} tags={<StatusTag tone={toneOf(person.state)} large>{t(`state.${person.state}`)}{person.observingUntil ? ` ${t('until', { day: day(person.observingUntil) })}` : ''}</StatusTag>} sub={t('person.sub', { source: t(`source.${person.source}`), day: day(person.stateSince) })}
      actions={<>{can('move') ? <MoveDeeds firm={firm} ids={[person.id]} states={person.moves} onMoved={setMoved} /> : null}{can('change') ? <Button type="primary" onClick={() => setEditing(true)}>{t('edit.deed')}</Button> : null}</>}>
      {moved ? <MoveOutcome firm={firm} moved={moved} onClose={() => setMoved(undefined)} /> : null}
      <Section title={t('person.sealed')}><Sealed firm={firm} person={person} can={can('unmask')} /></Section>
      <Section title={t('person.place')}>
        <Facts columns={3} items={[line('workplace', summary?.workplaces.find((place) => place.id === person.workplaceId)?.name ?? null), line('crew', person.crew), line('shift', person.shift), line('dormitory', person.dormitory), line('staffNo', person.staffNo), line('sex', t(`sex.${person.sex}`))]} />
      </Section>
      <Section title={t('person.return')} extra={<Button loading={check.running} onClick={() => void check.run({ params: { id: firm }, body: { ids: [person.id] } })}>{t('return.deed')}</Button>}>
        <Facts columns={3} items={[line('origin', pick(person.origin?.name) || null), line('leftOn', person.leftOn && day(person.leftOn)), line('returnedOn', person.returnedOn && day(person.returnedOn)), line('expectedOn', person.expectedOn && day(person.expectedOn)), line('vehicle', person.vehicle && t(`vehicle.${person.vehicle}`))]} />
        {checks ? <ReturnList items={checks} /> : null}
      </Section>
      <Section title={t('phones.title')}><Phones firm={firm} person={person} /></Section>
      <div className="fg-two">
        <Section title={t('person.history')}>
          <Timeline items={person.history.map((one) => ({
            key: one.id, at: day(one.effectiveOn), title: one.kind === 'moved' || one.kind === 'undone' ? t(`history.${one.kind}`, { from: one.from ? t(`state.${one.from}`) : '–', to: one.to ? t(`state.${one.to}`) : '–' }) : t(`history.${one.kind}`, { fields: one.fields.map((field) => t(`field.${field}`)).join(t('q.comma')), to: one.to ? t(`state.${one.to}`) : '' }),
            by: one.by ? `${one.by} · ${instant(one.recordedAt)}` : instant(one.recordedAt), ...(one.note || one.until ? { children: <p className="fg-quiet">{[one.until ? t('until', { day: day(one.until) }) : null, one.note].filter(Boolean).join(' · ')}</p> } : {}),
          }))} />
        </Section>
        <Section title={t('person.reads')}><Reads firm={firm} person={person.id} /></Section>
      </div>
      {editing ? <PersonDialog firm={firm} summary={summary} person={person} onClose={() => setEditing(false)} /> : null}
    </Page>
  )
}
/** The masks, and beside each the way to the whole value: a reason first, then this one value until the page is left. */
function Sealed({ firm, person, can }: { firm: string; person: RosterPerson; can: boolean }) {
  const t = useText('people')
  const [asking, setAsking] = useState<SealedField>()
  const [shown, setShown] = useState<Partial<Record<SealedField, string>>>({})
  const unmask = useDeed(unmaskField, {
    invalidates: [listPersonReads],
    onDone: ({ field, value, exposure }) => { setShown((all) => ({ ...all, [field]: field === 'exposure' ? exposure.map((one) => t(`exposure.${one}`)).join(t('q.comma')) || t('exposure.none') : (value ?? '–') })); setAsking(undefined) },
  })
  const masks: Record<SealedField, string | null> = { idNumber: person.idMasked, phone: person.phoneMasked, address: person.addressMasked, vehicleNo: person.vehicleNoMasked, exposure: person.exposureAnswered ? t('answered') : null }
  return (
    <>
      <dl className="pe-sealed">
        {sealedFields.map((field) => (
          <div key={field}>
            <dt>{field === 'idNumber' ? t(`idType.${person.idType}`) : t(`field.${field}`)}</dt>
            <dd><span className={field === 'exposure' || field === 'address' ? '' : 'fg-mono'} aria-live="polite">{shown[field] ?? masks[field] ?? '–'}</span>{can && masks[field] && shown[field] === undefined ? <Button type="link" size="small" aria-label={t('unmask.of', { field: t(`field.${field}`) })} onClick={() => { unmask.reset(); setAsking(field) }}>{t('unmask.deed')}</Button> : null}</dd>
          </div>
        ))}
      </dl>
      <ReasonDialog open={asking !== undefined} title={asking ? t('unmask.of', { field: t(`field.${asking}`) }) : ''} text={t('unmask.text', { name: person.name })} deed={t('unmask.deed')} reasonLabel={t('unmask.reason')} maxLength={200} running={unmask.running} problem={unmask.problem} onCancel={() => setAsking(undefined)} onDo={(reason) => void unmask.run({ params: { id: firm, employmentId: person.id }, body: { field: asking!, reason } })} />
    </>
  )
}
function Reads({ firm, person }: { firm: string; person: string }) {
  const t = useText('people')
  const read = useRead(listPersonReads, { params: { id: firm, employmentId: person } })
  return (
    <Ready read={read} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('person.noReads')}</p> : (
      <ul className="fg-rows">{items.map((one) => <li key={`${one.at} ${one.field}`}><strong>{one.by}</strong><span>{t(`field.${one.field}`)}</span><span className="fg-quiet">{one.reason}</span><span className="fg-quiet fg-num">{instant(one.at)}</span></li>)}</ul>
    )}</Ready>
  )
}
