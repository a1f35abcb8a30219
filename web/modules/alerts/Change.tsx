// A change of colour by hand: one proposes with a reason and a last day, a second person agrees or refuses.
import { decideChange, getAlert, listAlerts, proposeChange, type Alert } from '@fugong/contract/alerts'
import { healthLevels, type HealthLevel } from '@fugong/contract/health'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { instant, today } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { Colour } from './Parts.tsx'

const stale = [getAlert, listAlerts]
export function Change({ alert, latest }: { alert: Alert; latest: () => void }) {
  const t = useText('alerts')
  const [asking, ask] = useState(false)
  const [level, setLevel] = useState<HealthLevel>('green')
  const [until, setUntil] = useState(today())
  const propose = useDeed(proposeChange, { invalidates: stale, onDone: () => ask(false) })
  const decide = useDeed(decideChange, { invalidates: stale })
  const { change } = alert
  if (!change && !alert.can.includes('proposeChange')) return null
  return (
    <Section title={t('change.title')}>
      {change ? <>
        <p><Colour level={change.level} /> {t('change.until', { day: change.until })}</p>
        <p>{change.reason}</p>
        <p className="fg-quiet">{t('change.by', { name: change.by, at: instant(change.at) })}</p>
        {alert.can.includes('decideChange') ? <div className="fg-row"><Button type="primary" loading={decide.running} onClick={() => void decide.run({ params: { id: alert.id, changeId: change.id }, body: { agree: true } })}>{t('change.agree')}</Button><Button loading={decide.running} onClick={() => void decide.run({ params: { id: alert.id, changeId: change.id }, body: { agree: false } })}>{t('change.refuse')}</Button></div> : <p className="fg-quiet">{t('change.waits')}</p>}
        {decide.problem ? <div className="fg-error" role="alert"><p>{wordsOf(decide.problem)}</p><Button onClick={() => { decide.reset(); latest() }}>{t('latest')}</Button></div> : null}
      </> : <div className="fg-row"><Button onClick={() => { propose.reset(); ask(true) }}>{t('change.propose')}</Button><span className="fg-quiet">{t('change.help')}</span></div>}
      <ReasonDialog open={asking} title={t('change.proposeTitle', { name: alert.name })} text={t('change.help')} deed={t('change.propose')} running={propose.running} problem={propose.problem} onCancel={() => ask(false)} onDo={(reason) => void propose.run({ params: { id: alert.id }, body: { level, until, reason } })}>
        <Field id="al-to" group label={t('change.to')}><Radio.Group aria-labelledby="al-to-label" value={level} onChange={(event) => setLevel(event.target.value as HealthLevel)} options={healthLevels.map((value) => ({ value, label: t(`level.${value}`) }))} /></Field>
        <Field id="al-until" label={t('change.lastDay')}><Input id="al-until" type="date" min={today()} value={until} onChange={(event) => setUntil(event.target.value)} /></Field>
      </ReasonDialog>
    </Section>
  )
}
