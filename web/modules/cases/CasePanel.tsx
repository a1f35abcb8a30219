// One case beside the list: who has it, its clocks, what happened, what can be done; enough to work through many.
import { getCase, type Case } from '@fugong/contract/cases'
import { Button } from 'antd'
import { Link } from 'react-router'
import { CaseClocks, CaseStanding } from '../../base/case-clocks.tsx'
import { CaseParts } from '../../base/case-parts.tsx'
import { CaseTimeline } from '../../base/case-timeline.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'

export function CasePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText('cases')
  const read = useRead(getCase, { params: { id } })
  const found = read.data
  return (
    <aside className="fg-cases-panel" aria-label={t('panel')}>
      <div className="fg-cases-panel-head"><h2>{found?.subject.title ?? t('panel')}</h2><Button type="text" aria-label={t('closePanel')} icon={<CloseIcon />} onClick={onClose} /></div>
      {!found ? (read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />) : <Body of={found} />}
    </aside>
  )
}
function Body({ of }: { of: Case }) {
  const t = useText('cases')
  return (
    <>
      <div className="fg-row"><span>{pick(of.kindName)} · {pick(of.stateName)}</span><CaseStanding of={of} /></div>
      {of.subject.subtitle ? <p className="fg-quiet">{of.subject.subtitle}</p> : null}
      <div className="fg-row">
        {of.subject.link ? <Link className="fg-button fg-button-main" to={of.subject.link}>{t(of.deeds.length ? 'work' : 'read')}</Link> : null}
        <Link className="fg-button" to={`/console/cases/${of.id}`}>{t('whole')}</Link>
      </div>
      <CaseParts of={of} />
      <CaseClocks clocks={of.clocks} />
      <CaseTimeline entries={of.timeline} />
    </>
  )
}
