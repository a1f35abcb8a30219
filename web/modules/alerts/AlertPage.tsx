// One alert on one page: where it stands and what is next, steps with their limits, people met, the facts (each reading on record), the story.
import { getAlert, listAlerts, readAlertFacts, respondAlert, type Alert } from '@fugong/contract/alerts'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { CaseTimeline } from '../../base/case-timeline.tsx'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts as FactList } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DeedBar, Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Change } from './Change.tsx'
import { stateTones } from './AlertList.tsx'
import { Colour, Facts } from './Parts.tsx'
import { ReleaseDeed } from './Release.tsx'
import { Met, Steps } from './Steps.tsx'
import './alerts.css'

const stale = [getAlert, listAlerts]
export function AlertPage() {
  const t = useText('alerts')
  const { id = '' } = useParams()
  const read = useRead(getAlert, { params: { id } })
  const back = { to: '/console/alerts', text: t('title') }
  const respond = useDeed(respondAlert, { invalidates: stale })
  if (!read.data) return <Page title={t('one')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const alert = read.data
  const latest = () => void read.refetch()
  const may = (deed: string) => alert.can.includes(deed)
  return (
    <Page title={alert.name} back={back} width="full" tags={<><Colour level={alert.level} /><StatusTag tone={stateTones[alert.state]}>{t(alert.kind === 'matter' && alert.state === 'open' ? 'state.waitsForFirm' : `state.${alert.state}`)}</StatusTag></>} sub={<>{alert.enterpriseName} · {alert.workplaceName} · <Link to={`/console/cases/${alert.caseId}`}>{t('toCase')}</Link></>}>
      <Note tone={alert.endedAt ? 'good' : alert.state === 'open' ? 'bad' : 'info'} title={t(alert.kind === 'matter' ? `now.matter.${alert.state}` : `now.${alert.state}`)}>{alert.endedAt ? <>{instant(alert.endedAt)}{alert.endReason ? ` · ${alert.endReason}` : ''}</> : alert.holds.length && alert.kind === 'alert' ? alert.holds.map((hold) => t(`hold.${hold}`, { day: alert.observeUntil ?? '' })).join(' ') : t('now.free')}</Note>
      <div className="al-two">
        <div className="fg-stack">
          <Steps alert={alert} latest={latest} />
          {alert.kind === 'alert' ? <Met alert={alert} latest={latest} /> : null}
          <Behind alert={alert} />
        </div>
        <div className="fg-stack">
          <Section title={t('person')}><FactList columns={1} items={[
            { label: t('field.crew'), value: [alert.crew, alert.shift, alert.dormitory].filter(Boolean).join(' · ') }, { label: t('field.opened'), value: instant(alert.openedAt) }, { label: t('field.colourNow'), value: <Colour level={alert.colourNow} /> },
            alert.result ? { label: t('field.result'), value: t(`result.${alert.result}`) } : null, alert.observeUntil ? { label: t('field.observeUntil'), value: alert.observeUntil } : null,
          ]} /></Section>
          <Change alert={alert} latest={latest} />
          <Section title={t('story')}><CaseTimeline entries={alert.timeline} /></Section>
        </div>
      </div>
      {respond.problem ? <div className="fg-error" role="alert"><p>{wordsOf(respond.problem)}</p><Button onClick={() => { respond.reset(); latest() }}>{t('latest')}</Button></div> : null}
      {may('respond') || may('step') ? <DeedBar note={may('respond') ? t('respondNote') : t('releaseNote')}>
        {may('respond') ? <Button type="primary" loading={respond.running} onClick={() => void respond.run({ params: { id }, body: { revision: alert.revision } })}>{t('deed.respond')}</Button> : <ReleaseDeed alert={alert} latest={latest} />}
      </DeedBar> : null}
    </Page>
  )
}
/** What the person said: shown for a reason, which they can read later. */
function Behind({ alert }: { alert: Alert }) {
  const t = useText('alerts')
  const [asking, ask] = useState(false)
  const facts = useDeed(readAlertFacts, { onDone: () => ask(false) })
  const [shown, show] = useState<Awaited<ReturnType<typeof facts.run>>>(undefined)
  return (
    <Section title={t('facts.title')}>
      {shown ? <Facts facts={shown} /> : <div className="fg-row"><Button onClick={() => { facts.reset(); ask(true) }}>{t('facts.show')}</Button><span className="fg-quiet">{t('facts.logged')}</span></div>}
      <ReasonDialog open={asking} title={t('facts.askTitle', { name: alert.name })} text={t('facts.askText')} deed={t('facts.show')} maxLength={200} running={facts.running} problem={facts.problem} onCancel={() => ask(false)} onDo={(reason) => void facts.run({ params: { id: alert.id }, body: { reason } }).then((answer) => show(answer))} />
    </Section>
  )
}
