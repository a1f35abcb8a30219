// One official: the account, roles in force and past, and what administrators may do with them.
import { deactivatePerson, endGrant, getPerson, listPeople, listUnits, roleNames, type Grant, type Person } from '@fugong/contract/identity'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { GrantDialog } from './GrantDialog.tsx'
import { GrantTable } from './GrantTable.tsx'
import { OneTimeLink, type IssuedLink } from './OneTimeLink.tsx'
import { STATUS_TONES, statusOf } from './people.ts'
import { Recovery } from './Recovery.tsx'
import './identity.css'

export function PersonPage() {
  const t = useText('identity')
  const { id = '' } = useParams()
  const read = useRead(getPerson, { params: { id } })
  const back = { to: '/console/people', text: t('person.back') }
  if (!read.data) return <Page title={t('people.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Section><Loading lines={8} /></Section>}</Page>
  return <PersonView person={read.data} back={back} />
}

const STALE = [getPerson, listPeople, listUnits]
function PersonView({ person, back }: { person: Person; back: { to: string; text: string } }) {
  const t = useText('identity')
  const [granting, setGranting] = useState(false)
  const [ending, setEnding] = useState<Grant | undefined>()
  const [deactivating, setDeactivating] = useState(false)
  const [issued, setIssued] = useState<IssuedLink | undefined>()
  const end = useDeed(endGrant, { invalidates: STALE, onDone: () => setEnding(undefined) })
  const deactivate = useDeed(deactivatePerson, { invalidates: STALE, onDone: () => setDeactivating(false) })
  const status = statusOf(person)
  const inForce = person.grants.filter((grant) => grant.inForce)
  const others = person.grants.filter((grant) => !grant.inForce)
  const can = (deed: string) => person.can.includes(deed)
  const grant = can('grant') ? <Button type="primary" onClick={() => setGranting(true)}>{t('grant.add')}</Button> : null
  const endDeed = (one: Grant) => <Button size="small" danger onClick={() => { end.reset(); setEnding(one) }}>{t('grant.end')}</Button>
  const administrator = inForce.some((one) => one.role === 'administrator')
  return (
    <Page title={person.name} back={back} sub={person.username ? t('person.sub', { username: person.username }) : undefined} tags={<StatusTag tone={STATUS_TONES[status]}>{t(`status.${status}`)}</StatusTag>} actions={<>{can('deactivate') ? <Button danger onClick={() => { deactivate.reset(); setDeactivating(true) }}>{t('person.deactivate')}</Button> : null}{grant}</>}>
      {person.active ? null : <Note tone="neutral">{t('person.deactivated')}</Note>}
      {person.active && person.invited ? <Note>{t('person.invited')}</Note> : null}
      {person.recovery ? <Recovery person={person} onIssued={setIssued} /> : null}
      <Section plain title={t('grant.inForce')}><GrantTable label={t('grant.inForce')} grants={inForce} deed={can('endGrant') ? endDeed : undefined} empty={{ title: t('grant.none'), text: person.active ? t('grant.noneText') : undefined, action: grant }} /></Section>
      {others.length > 0 ? <details className="id-past" open={inForce.length === 0}><summary>{t('grant.showPast', { count: others.length })}</summary><GrantTable label={t('grant.past')} grants={others} empty={{ title: t('grant.none') }} /></details> : null}
      <Section title={t('person.account')}>
        <Facts columns={3} items={[
          { label: t('people.username'), value: person.username ? <span className="fg-mono">{person.username}</span> : null }, { label: t('person.phone'), value: person.phoneMasked ? <span className="fg-num">{person.phoneMasked}</span> : null },
          { label: t('people.lastSeen'), value: person.lastSeenAt ? instant(person.lastSeenAt) : t('people.never') },
        ]} />
      </Section>
      {person.recovery || !person.active ? null : <Recovery person={person} onIssued={setIssued} />}
      {administrator && can('deactivate') ? <Note tone="neutral" title={t('person.lastAdmin')}>{t('person.lastAdminText')}</Note> : null}
      <OneTimeLink issued={issued} onClose={() => setIssued(undefined)} />
      <GrantDialog open={granting} person={person} onClose={() => setGranting(false)} />
      <ReasonDialog
        open={ending !== undefined} title={ending ? t('grant.endOf', { name: person.name, role: pick(roleNames[ending.role]), unit: pick(ending.unitName) }) : ''} text={t('grant.endText')} deed={t('grant.end')} danger maxLength={300}
        running={end.running} problem={end.problem} onCancel={() => setEnding(undefined)} onDo={(reason) => ending && void end.run({ params: { id: ending.id }, body: { reason } })}
      />
      <ReasonDialog
        open={deactivating} title={t('person.deactivateOf', { name: person.name })} text={t('person.deactivateText', { name: person.name })} deed={t('person.deactivate')} danger maxLength={300}
        running={deactivate.running} problem={deactivate.problem} onCancel={() => setDeactivating(false)} onDo={(reason) => void deactivate.run({ params: { id: person.id }, body: { reason } })}
      />
    </Page>
  )
}
