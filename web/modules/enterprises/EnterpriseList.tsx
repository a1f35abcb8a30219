// Registered firms of one's scope: found by name or code, by district, by the state of their credit code.
import { listEnterprises, type EnterpriseRow } from '@fugong/contract/enterprises'
import { Button, Select } from 'antd'
import { useAreas } from '../../base/areas.ts'
import { ExportButton } from '../../base/export-button.tsx'
import { useFilters } from '../../base/filters.ts'
import { day, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { toneOfCreditCode } from '../../base/tones.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './enterprises.css'

const names = ['q', 'district', 'codeState'] as const
const codeStates = ['valid', 'pending', 'confirmed'] as const
export function EnterpriseList() {
  const t = useText('enterprises')
  const { filters, set, clear, any } = useFilters(names)
  const { areas, nameOf } = useAreas()
  const codeState = codeStates.find((state) => state === filters.codeState)
  const list = usePaged(listEnterprises, { query: { limit: 50, ...(filters.q ? { q: filters.q } : {}), ...(filters.district ? { district: filters.district } : {}), ...(codeState ? { codeState } : {}) } })
  const columns: DataColumn<EnterpriseRow>[] = [
    { key: 'name', title: t('firm.name'), main: true, cell: (row) => row.name },
    { key: 'code', title: t('firm.creditCode'), nowrap: true, cell: (row) => <span className="fg-mono">{row.creditCode}</span> },
    { key: 'state', title: t('list.codeState'), nowrap: true, cell: (row) => <StatusTag tone={toneOfCreditCode(row.codeState)}>{t(`codeState.${row.codeState}`)}</StatusTag> },
    { key: 'industry', title: t('firm.industryCode'), wideOnly: true, cell: (row) => `${row.industryCode} ${pick(row.industry)}` },
    { key: 'class', title: t('firm.class'), wideOnly: true, nowrap: true, cell: (row) => t(`class.${row.class}`) },
    { key: 'district', title: t('list.district'), nowrap: true, cell: (row) => nameOf(row.districtCode) },
    { key: 'workplaces', title: t('list.workplaces'), align: 'right', wideOnly: true, cell: (row) => number(row.workplaces) },
    { key: 'registered', title: t('firm.registeredAt'), nowrap: true, wideOnly: true, cell: (row) => day(row.registeredAt) },
  ]
  const areaOptions = areas.filter((area) => area.kind === 'district' || area.kind === 'devZone').map((area) => ({ value: area.code, label: nameOf(area.code) }))
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full" actions={<ExportButton source="enterprises" filter={{ q: filters.q, district: filters.district, codeState }} total={list.total} totalIsMore={list.totalIsMore} />}>
      <DataTable<EnterpriseRow> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} href={(row) => `/console/enterprises/${row.id}`} rowTone={(row) => (row.codeState === 'pending' ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('list.search') }}
        filters={<>
          <Select allowClear className="fg-filter" aria-label={t('list.districtFilter')} placeholder={t('list.districtFilter')} value={filters.district ?? null} onChange={(district: string | null) => set({ district: district ?? undefined })} options={areaOptions} showSearch={{ optionFilterProp: 'label' }} />
          <Select allowClear className="fg-filter" aria-label={t('list.codeState')} placeholder={t('list.codeState')} value={codeState ?? null} onChange={(state: string | null) => set({ codeState: state ?? undefined })} options={codeStates.map((state) => ({ value: state, label: t(`codeState.${state}`) }))} />
        </>}
        empty={any ? { title: t('list.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
    </Page>
  )
}
