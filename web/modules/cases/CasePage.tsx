// One case as a whole: its record in a glance, parts, clocks, timeline and talk, and pressing whoever is late.
import { getCase, type Case } from '@fugong/contract/cases'
import { pressCase } from '@fugong/contract/cases.deeds'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { CaseClocks, CaseStanding } from '../../base/case-clocks.tsx'
import { CaseComments } from '../../base/case-comments.tsx'
import { CaseParts } from '../../base/case-parts.tsx'
import { CaseTimeline } from '../../base/case-timeline.tsx'
import { staleCases } from '../../base/cases.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import './cases.css'

export function CasePage() {
  const t = useText('cases')
  const { id = '' } = useParams()
  const read = useRead(getCase, { params: { id } })
  const back = { to: '/console/cases', text: t('title') }
  if (!read.data) return <Page title={t('panel')} back={back}><Ready read={read}>{() => null}</Ready></Page>
  return <Whole of={read.data} back={back} />
}
function Whole({ of, back }: { of: Case; back: { to: string; text: string } }) {
  const t = useText('cases')
  const { done } = useNotices()
  const [asked, ask] = useState(false)
  const press = useDeed(pressCase, { invalidates: staleCases, onDone: () => { ask(false); done(t('pressDone')) } })
  return (
    <Page title={of.subject.title} back={back} tags={<><span className="fg-quiet">{pick(of.kindName)}</span><CaseStanding of={of} /></>} sub={of.subject.subtitle ?? pick(of.stateName)}
      actions={<>{of.can.includes('press') ? <Button onClick={() => ask(true)}>{t('press')}</Button> : null}{of.subject.link ? <Link className="fg-button fg-button-main" to={of.subject.link}>{t(of.deeds.length ? 'work' : 'read')}</Link> : null}</>}>
      <div className="fg-cases-columns">
        <div className="fg-stack">
          <Section title={t('parts')}><CaseParts of={of} /></Section>
          <Section title={t('comments')}><CaseComments of={of} /></Section>
        </div>
        <div className="fg-stack">
          <Section title={t('clocks')}><CaseClocks clocks={of.clocks} /></Section>
          <Section title={t('about')}>
            <Facts columns={1} items={[
              { label: t('col.state'), value: pick(of.stateName) },
              ...of.subject.facts.map((fact) => ({ label: pick(fact.name), value: pick(fact.value) })),
              { label: t('col.opened'), value: [instant(of.openedAt), of.openedUnit ? pick(of.openedUnit) : '', of.openedBy ?? ''].filter(Boolean).join(' · ') },
              of.endedAt !== null && { label: t('col.ended'), value: instant(of.endedAt) },
            ]} />
          </Section>
          <Section title={t('timeline')}><CaseTimeline entries={of.timeline} /></Section>
        </div>
      </div>
      <ReasonDialog open={asked} title={t('pressTitle', { title: of.subject.title })} text={t('pressText')} deed={t('press')} reasonLabel={t('pressWord')} maxLength={300} running={press.running} problem={press.problem} onCancel={() => { press.reset(); ask(false) }} onDo={(word) => void press.run({ params: { id: of.id }, body: { word } })} />
    </Page>
  )
}
