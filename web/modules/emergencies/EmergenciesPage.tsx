// Emergencies under way and ended, the packs they begin from, and the measures they bring.
import { listEmergencies, listPacks } from '@fugong/contract/emergencies'
import { Button } from 'antd'
import { useState } from 'react'
import { useFilters } from '../../base/filters.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { BeginDialog } from './BeginDialog.tsx'
import { EmergencyList } from './EmergencyList.tsx'
import { MeasureList } from './MeasureList.tsx'
import { PackList } from './PackList.tsx'
import './emergencies.css'

export function EmergenciesPage() {
  const t = useText('emergencies')
  const { may } = useSession()
  const { filters } = useFilters(['tab'])
  const [beginning, setBeginning] = useState(false)
  const emergencies = useRead(listEmergencies)
  const packs = useRead(listPacks)
  const tab = filters.tab === 'packs' || filters.tab === 'measures' ? filters.tab : 'events'
  const begin = may('emergency.begin') ? <Button type="primary" onClick={() => setBeginning(true)}>{t('begin')}</Button> : null
  return (
    <Page title={t('title')} sub={t('sub')} actions={begin}>
      <TabLinks label={t('tabs')} items={[
        { key: 'events', to: '?', text: t('tabEvents'), count: emergencies.data?.items.length, active: tab === 'events' },
        { key: 'measures', to: '?tab=measures', text: t('tabMeasures'), active: tab === 'measures' },
        { key: 'packs', to: '?tab=packs', text: t('tabPacks'), count: packs.data?.items.length, active: tab === 'packs' },
      ]} />
      {tab === 'events' ? <EmergencyList read={emergencies} packs={packs.data?.items ?? []} begin={begin} />
        : tab === 'packs' ? <PackList read={packs} />
        : <MeasureList emergencies={emergencies.data?.items ?? []} pending={emergencies.isPending} begin={begin} />}
      <BeginDialog open={beginning} packs={packs.data?.items ?? []} onClose={() => setBeginning(false)} />
    </Page>
  )
}
