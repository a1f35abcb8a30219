// Roles of a person as a list: what, where, from when to when, and the deed that belongs to each.
import { roleNames, type Grant } from '@fugong/contract/identity'
import type { ReactNode } from 'react'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { stateOfGrant } from './people.ts'

const TONES = { stateIn: 'good', stateComing: 'info', stateEnded: 'neutral' } as const
export interface GrantTableProps { label: string; grants: Grant[]; empty: { title: ReactNode; text?: ReactNode; action?: ReactNode }; deed?: ((grant: Grant) => ReactNode) | undefined }
export function GrantTable({ label, grants, empty, deed }: GrantTableProps) {
  const t = useText('identity')
  const { pathOf } = useAreas()
  const columns: DataColumn<Grant>[] = [
    { key: 'role', title: t('grant.role'), main: true, cell: (grant) => <strong>{pick(roleNames[grant.role])}</strong>, nowrap: true },
    { key: 'unit', title: t('grant.unit'), cell: (grant) => pick(grant.unitName) },
    { key: 'area', title: t('grant.area'), cell: (grant) => pathOf(grant.areaCode), nowrap: true },
    { key: 'from', title: t('grant.from'), cell: (grant) => instant(grant.from), nowrap: true },
    { key: 'until', title: t('grant.until'), cell: (grant) => grant.until ? instant(grant.until) : <span className="fg-quiet">{t('grant.forever')}</span>, nowrap: true },
    { key: 'state', title: t('grant.state'), nowrap: true, cell: (grant) => { const state = stateOfGrant(grant); return <span className="fg-row"><StatusTag tone={TONES[state]}>{t(`grant.${state}`)}</StatusTag>{grant.delegatedFrom ? <span className="fg-quiet">{t('grant.delegated')}</span> : null}</span> } },
  ]
  if (deed) columns.push({ key: 'deed', title: t('grant.deeds'), align: 'right', cell: deed })
  return <DataTable label={label} columns={columns} rowKey={(grant) => grant.id} list={{ rows: grants }} empty={empty} />
}
