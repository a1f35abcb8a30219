// The columns of the lists of cases.
import type { CaseBox, CaseRow } from '@fugong/contract/cases'
import { CaseStanding } from '../../base/case-clocks.tsx'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'

export function useColumns(box: CaseBox, narrow: boolean): DataColumn<CaseRow>[] {
  const t = useText('cases')
  const { nameOf } = useAreas()
  const title: DataColumn<CaseRow> = { key: 'title', title: t('col.title'), main: true, cell: (row) => row.subject.title }
  const state: DataColumn<CaseRow> = { key: 'state', title: t('col.state'), nowrap: true, cell: (row) => (box === 'done' && row.part?.result ? pick(row.part.result) : pick(row.stateName)) }
  const standing: DataColumn<CaseRow> = { key: 'standing', title: t('col.standing'), nowrap: true, cell: (row) => <>{<CaseStanding of={row} />}{row.presses ? <div className="fg-cases-pressed">{t('pressed', { count: row.presses })}</div> : null}</> }
  if (narrow) return [title, standing]
  const kind: DataColumn<CaseRow> = { key: 'kind', title: t('col.kind'), nowrap: true, cell: (row) => pick(row.kindName) }
  const district: DataColumn<CaseRow> = { key: 'district', title: t('col.district'), nowrap: true, wideOnly: true, cell: (row) => (row.districtCode ? nameOf(row.districtCode) : '–') }
  const holder: DataColumn<CaseRow> = {
    key: 'holder', title: t('col.holder'), cell: (row) => (row.part ? <>{row.part.person?.name ?? <span className="fg-quiet">{t('untaken')}</span>}<div className="fg-quiet">{pick(row.part.unit.name)}{row.part.role === 'help' ? t('helping') : ''}</div></> : '–'),
  }
  const opened: DataColumn<CaseRow> = { key: 'opened', title: t('col.opened'), nowrap: true, wideOnly: true, cell: (row) => instant(row.openedAt) }
  const ended: DataColumn<CaseRow> = { key: 'ended', title: t('col.ended'), nowrap: true, cell: (row) => instant(row.part?.endedAt ?? row.endedAt) }
  if (box === 'done') return [title, kind, state, district, ended]
  if (box === 'opened') return [title, kind, state, standing, district, opened]
  return [title, kind, standing, holder, state, district, opened]
}
