// The summary of one declaration beside the list: enough to know whether to open it.
import { getDeclaration } from '@fugong/contract/declarations'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day, instant, number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { pathOfField } from './draft.ts'
import { Clock, Level, Sentence, StateOf } from './Parts.tsx'
import { useForms, useLabels } from './useForms.ts'

export function SidePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText('declarations')
  const { whereIs } = useAreas()
  const read = useRead(getDeclaration, { params: { id } })
  const forms = useForms(read.data)
  const labels = useLabels(forms.plan)
  const declaration = read.data
  return (
    <aside className="fg-panel" aria-label={t('panel.label')}>
      <div className="fg-panel-head"><h2>{declaration?.enterpriseName ?? t('panel.label')}</h2><Button type="text" aria-label={t('list.closePanel')} icon={<CloseIcon />} onClick={onClose} /></div>
      {!declaration ? (read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />) : (
        <>
          <div className="fg-row"><StateOf of={declaration} /><Level of={declaration} /></div>
          <Sentence of={declaration} link />
          <Facts columns={1} items={[
            { label: t('fact.due'), value: <Clock of={declaration} /> },
            { label: t('fact.workplace'), value: `${t('placeScene', { name: declaration.workplace.name, scene: t(`scene.${declaration.workplace.scene}`) })} ${whereIs(declaration.workplace)}` },
            { label: t('panel.plan'), value: t('panel.planText', { day: day(declaration.plannedDate), people: declaration.headcount === null ? '–' : number(declaration.headcount) }) },
            { label: t('fact.submittedAt'), value: instant(declaration.submittedAt) },
            declaration.gaps.length > 0 && { label: t('panel.gaps'), value: <ul className="fg-gaplist">{declaration.gaps.map((gap, i) => <li key={i}>{labels[pathOfField(gap.field)] ?? t('gap.other')}{t('colon')}{gap.text}</li>)}</ul> },
            declaration.reason !== null && { label: t('fact.reason'), value: declaration.reason },
            declaration.certificateNumber !== null && { label: t('fact.certificate'), value: <Link to={`/console/certificates?q=${declaration.certificateNumber}`} className="fg-mono">{declaration.certificateNumber}</Link> },
          ]} />
          <Link className="fg-button fg-button-main" to={`/console/declarations/${declaration.id}`}>{t(declaration.can.some((deed) => ['accept', 'return', 'returnAgain', 'reject', 'siteCheck'].includes(deed)) ? 'panel.review' : 'panel.open')}</Link>
        </>
      )}
    </aside>
  )
}
