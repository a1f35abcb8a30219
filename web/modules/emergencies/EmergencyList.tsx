// Each emergency with its stages as steps and the deeds that lead it on.
import type { Emergency, listEmergencies } from '@fugong/contract/emergencies'
import type { Returns } from '@fugong/contract/base'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useEmergency } from '../../base/emergency.tsx'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { EndDialog, StageDialog } from './StageDialogs.tsx'
import { stepsOf, useKind, type Pack } from './stages.ts'

interface ListProps { read: { data: Returns<typeof listEmergencies> | undefined; error: unknown; refetch: () => unknown }; packs: Pack[]; begin: ReactNode }
export function EmergencyList({ read, packs, begin }: ListProps) {
  const t = useText('emergencies')
  return (
    <Ready read={read}>{({ items }) => {
      const open = items.filter((item) => item.endedAt === null)
      const ended = items.filter((item) => item.endedAt !== null)
      if (items.length === 0) return <Section><Empty title={t('empty')} text={t('emptyText')} action={begin} /></Section>
      return (
        <>
          <Section plain title={t('openTitle')}>{open.length === 0 ? <Section><Empty title={t('openEmpty')} text={t('openEmptyText')} action={begin} /></Section> : <div className="fg-stack">{open.map((item) => <EmergencyCard key={item.id} emergency={item} packs={packs} />)}</div>}</Section>
          {ended.length > 0 ? <Section plain title={t('endedTitle')}><div className="fg-stack">{ended.map((item) => <EmergencyCard key={item.id} emergency={item} packs={packs} />)}</div></Section> : null}
        </>
      )
    }}</Ready>
  )
}

function EmergencyCard({ emergency, packs }: { emergency: Emergency; packs: Pack[] }) {
  const t = useText('emergencies')
  const kind = useKind()
  const { nameOf } = useAreas()
  const present = useEmergency().emergency?.id === emergency.id
  const [asking, setAsking] = useState<'stage' | 'end' | undefined>()
  const open = emergency.endedAt === null
  const steps = stepsOf(emergency, packs)
  const left = steps.filter((step) => step.state === 'coming')
  const mayStage = open && emergency.can.includes('stage')
  const mayEnd = open && emergency.can.includes('end')
  const close = () => setAsking(undefined)
  return (
    <article className="fg-section" aria-label={pick(emergency.name)}>
      <div className="fg-section-head">
        <h3 className="em-name">{pick(emergency.name)}</h3>
        <span className="fg-row"><StatusTag tone={open ? 'info' : 'neutral'}>{t(open ? 'open' : 'ended')}</StatusTag>{present ? <span className="em-present">{t('present')}</span> : null}{emergency.sample ? <span className="fg-quiet">{t('sample')}</span> : null}</span>
      </div>
      <Facts columns={3} items={[
        { label: t('kindField'), value: kind(emergency.kind) }, { label: t('area'), value: nameOf(emergency.areaCode) }, { label: t('pack'), value: t('packVersion', { pack: emergency.pack, version: emergency.packVersion }) },
        { label: t('begun'), value: instant(emergency.begunAt) }, { label: t('document'), value: emergency.documentNo }, emergency.endedAt ? { label: t('endedAt'), value: instant(emergency.endedAt) } : null,
      ]} />
      <h4 className="em-sub">{t('stages')}</h4>
      {steps.length === 0 ? <p className="fg-quiet">{t('stageNone')}</p> : (
        <ol className="em-steps">
          {steps.map((step, i) => (
            <li key={step.code} className={`em-step em-step-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
              <span className="em-dot" aria-hidden="true">{step.state === 'done' ? '✓' : i + 1}</span>
              <span><strong>{pick(step.name)}</strong><span className="fg-quiet em-when">{step.state === 'done' ? null : t(step.state === 'now' ? 'stageNow' : 'stageComing')}{step.state === 'now' ? ' · ' : null}{step.enteredAt ? t('stageAt', { at: instant(step.enteredAt) }) : null}</span></span>
            </li>
          ))}
        </ol>
      )}
      {mayStage || mayEnd ? (
        <div className="em-deeds">
          {mayStage && left.length > 0 ? <Button onClick={() => setAsking('stage')}>{t('enter')}</Button> : mayStage && steps.length > 0 ? <span className="fg-quiet">{t('stagesAll')}</span> : null}
          {mayEnd ? <Button danger onClick={() => setAsking('end')}>{t('end')}</Button> : null}
        </div>
      ) : null}
      <StageDialog open={asking === 'stage'} emergency={emergency} steps={steps} onClose={close} />
      <EndDialog open={asking === 'end'} emergency={emergency} onClose={close} />
    </article>
  )
}
