// One's own exports, and the requests of others: tabs with what waits in each.
import { countExports } from '@fugong/contract/exports'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { TabLinks } from '../../ui/parts.tsx'

export function ExportTabs({ active }: { active: 'mine' | 'requests' }) {
  const t = useText('exports')
  const { may } = useSession()
  const counts = useRead(countExports, {}, { every: 15_000 }).data
  if (!may('export.approve')) return null
  return <TabLinks label={t('tabs')} items={[{ key: 'mine', to: '/console/exports', text: t('title'), count: counts?.ready || undefined, active: active === 'mine' }, { key: 'requests', to: '/console/exports/requests', text: t('requests.title'), count: counts?.waiting || undefined, active: active === 'requests' }]} />
}
