// The columns of the list of firms, those shown at first and those to choose.
import type { EnterpriseRow } from '@fugong/contract/enterprises'
import { listFlagKinds } from '@fugong/contract/enterprises'
import { useAreas } from '../../base/areas.ts'
import { day, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { toneOfCreditCode } from '../../base/tones.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { departmentOf } from './departments.ts'

/** Shown until the reader chooses others. */
export const usualColumns = ['name', 'code', 'industry', 'size', 'district', 'flags', 'assignee', 'registered'] as const

export function useListColumns(): DataColumn<EnterpriseRow>[] {
  const t = useText('enterprises')
  const { nameOf } = useAreas()
  const flags = useFlagNames()
  return [
    { key: 'name', title: t('firm.name'), main: true, cell: (row) => <>{row.name}{row.state === 'active' ? null : <span className="fg-quiet"> · {t(`list.state.${row.state}`)}</span>}</> },
    { key: 'code', title: t('firm.creditCode'), nowrap: true, cell: (row) => <span className="fg-mono">{row.creditCode}{row.codeState === 'pending' ? <> <StatusTag tone={toneOfCreditCode(row.codeState)}>{t('list.codePending')}</StatusTag></> : null}</span> },
    { key: 'industry', title: t('firm.industryCode'), wideOnly: true, cell: (row) => `${row.industryCode} ${pick(row.industry)}` },
    { key: 'size', title: t('list.size'), nowrap: true, cell: (row) => t(`list.sizes.${row.size}`) },
    { key: 'class', title: t('firm.class'), wideOnly: true, nowrap: true, cell: (row) => t(`class.${row.class}`) },
    { key: 'kind', title: t('list.kind'), wideOnly: true, nowrap: true, cell: (row) => t(`list.kinds.${row.kind}`) },
    { key: 'district', title: t('list.district'), cell: (row) => <span className="fg-place">{nameOf(row.districtCode)}{row.zoneCode ? <span className="fg-quiet"> {nameOf(row.zoneCode)}</span> : null}</span> },
    { key: 'street', title: t('list.street'), wideOnly: true, nowrap: true, cell: (row) => nameOf(row.streetCode) },
    { key: 'department', title: t('list.department'), wideOnly: true, nowrap: true, cell: (row) => departmentOf(row.department, t) },
    { key: 'flags', title: t('list.flags'), cell: (row) => row.flags.map((code) => flags.get(code) ?? code).join(t('q.comma')) },
    { key: 'assignee', title: t('list.assignee'), nowrap: true, cell: (row) => row.assignee ?? <span className="fg-quiet">–</span> },
    { key: 'workplaces', title: t('list.workplaces'), align: 'right', wideOnly: true, cell: (row) => number(row.workplaces) },
    { key: 'state', title: t('list.stateTitle'), wideOnly: true, nowrap: true, cell: (row) => t(`list.state.${row.state}`) },
    { key: 'codeState', title: t('list.codeState'), wideOnly: true, nowrap: true, cell: (row) => <StatusTag tone={toneOfCreditCode(row.codeState)}>{t(`codeState.${row.codeState}`)}</StatusTag> },
    { key: 'registered', title: t('firm.registeredAt'), nowrap: true, wideOnly: true, cell: (row) => day(row.registeredAt) },
  ]
}
export function useFlagNames(): Map<string, string> {
  const read = useRead(listFlagKinds, {}, { staleTime: 30 * 60_000 })
  return new Map((read.data?.items ?? []).map(({ code, name }) => [code, pick(name)]))
}
