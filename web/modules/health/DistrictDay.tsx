// The district's morning: who is still missing, by street and firm, worst first and live; colours as counts, never a name.
import { getDistrictDay, listDistrictFirms, type AreaRow, type FirmRow } from '@fugong/contract/health.days'
import { Button, Checkbox } from 'antd'
import { Link } from 'react-router'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day as dayText, instant, number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { usePaged, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { HiddenCount, Rate } from './Parts.tsx'
import './health.css'

const EVERY = 5000
const KINDS = ['district', 'devZone', 'street'] as const
export function DistrictDay() {
  const t = useText('health')
  const { nameOf } = useAreas()
  const { filters, set, clear, any } = useFilters(['day', 'district', 'street', 'missing'] as const)
  const area = { ...(filters.day ? { day: filters.day } : {}), ...(filters.district ? { district: filters.district } : {}), ...(filters.street ? { street: filters.street } : {}) }
  const read = useRead(getDistrictDay, { query: area }, { every: EVERY, keepPrevious: true })
  const list = usePaged(listDistrictFirms, { query: { ...area, limit: 50, ...(filters.missing ? { missing: true } : {}) } }, { every: EVERY })
  if (!read.data) return <Page title={t('district.title')} width="full">{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const now = read.data
  const choose = (code: string | undefined) => set({ district: code?.length === 6 ? code : filters.district && code?.startsWith(filters.district) ? filters.district : undefined, street: code && code.length > 6 ? code : undefined })
  const common = (key: 'district' | 'street'): DataColumn<AreaRow>[] => [
    { key: 'name', title: t(`district.${key}`), main: true, nowrap: true, cell: (row) => <button type="button" data-row-main="" className="fg-row-main" onClick={() => set({ [key]: row.code })}>{nameOf(row.code)}</button> },
    { key: 'rate', title: t('groups.rate'), cell: (row) => <Rate part={row.reported} whole={row.expected} /> },
    { key: 'missing', title: t('sum.missing'), align: 'right', cell: (row) => number(row.missing) },
    { key: 'raised', title: t('district.raised'), align: 'right', nowrap: true, cell: (row) => <HiddenCount value={row.raised} below={now.hideBelow} /> },
    ...(key === 'district' ? (['yellow', 'orange', 'red'] as const).map((level): DataColumn<AreaRow> => ({ key: level, title: t(`level.${level}`), align: 'right', nowrap: true, cell: (row) => <HiddenCount value={row.levels?.[level] ?? null} below={now.hideBelow} /> })) : []),
    { key: 'handed', title: t('district.handed'), align: 'right', nowrap: true, cell: (row) => `${number(row.handedOver)} / ${number(row.firms)}` },
  ]
  const firms: DataColumn<FirmRow>[] = [
    { key: 'firm', title: t('district.firm'), main: true, cell: (row) => <Link data-row-main="" className="fg-row-main" to={`/console/enterprises/${row.enterpriseId}`}>{row.enterpriseName}</Link> },
    { key: 'street', title: t('district.street'), nowrap: true, cell: (row) => nameOf(row.streetCode) },
    { key: 'rate', title: t('groups.rate'), cell: (row) => <Rate part={row.reported} whole={row.expected} /> },
    { key: 'missing', title: t('sum.missing'), align: 'right', cell: (row) => number(row.missing) },
    { key: 'raised', title: t('district.raised'), align: 'right', nowrap: true, cell: (row) => <HiddenCount value={row.raised} below={now.hideBelow} /> },
    { key: 'handed', title: t('district.handedOver'), nowrap: true, cell: (row) => (row.handedOverAt ? <StatusTag tone={row.late ? 'warn' : 'good'}>{t(row.late ? 'hand.late' : 'hand.signed')} {instant(row.handedOverAt).slice(11)}</StatusTag> : <StatusTag tone="neutral">{t('hand.open')}</StatusTag>) },
  ]
  const days = Array.from({ length: 8 }, (_, i) => new Date(Date.parse(`${now.today}T00:00:00Z`) - i * 86_400_000).toISOString().slice(0, 10))
  const sum = (value: string, text: string, tone = '') => <li><div className={`he-sum${tone ? ` he-sum-${tone}` : ''}`}><strong>{value}</strong><span>{text}</span></div></li>
  return (
    <Page title={t('district.title')} width="full" sub={<>{dayText(now.day)} · <span className="he-live">{t('asOf', { at: instant(now.at).slice(11) })}</span></>} actions={<>
      <Choice className="fg-filter" aria-label={t('firm.day')} value={now.day} onChange={(value) => set({ day: value === now.today ? undefined : (value ?? undefined) })} options={days.map((value) => ({ value, label: value === now.today ? t('today', { day: dayText(value) }) : dayText(value) }))} />
      <AreaPicker className="fg-filter" kinds={KINDS} allowClear aria-label={t('district.area')} placeholder={t('district.area')} value={filters.street ?? filters.district ?? null} onChange={choose} />
      {any ? <Button type="link" onClick={clear}>{t('clear')}</Button> : null}
    </>}>
      <ul className="he-sums" aria-label={t('firm.sums')}>
        {sum(number(now.firms), t('district.firms'))}{sum(number(now.expected), t('sum.expected'))}{sum(number(now.reported), t('sum.reported'))}{sum(number(now.missing), t('sum.missing'), now.missing ? 'warn' : '')}{sum(`${number(now.handedOver)} / ${number(now.firms)}`, t('district.handed'))}
      </ul>
      {now.districts.length && !filters.street ? <Section title={t('district.byDistrict')}><DataTable<AreaRow> label={t('district.byDistrict')} list={{ rows: now.districts }} columns={common('district')} rowKey={(row) => row.code} empty={{ title: t('district.empty') }} /></Section> : null}
      {now.streets.length > 1 ? <Section title={t('district.byStreet')}><DataTable<AreaRow> label={t('district.byStreet')} list={{ rows: now.streets }} columns={common('street')} rowKey={(row) => row.code} empty={{ title: t('district.empty') }} /></Section> : null}
      <Section title={t('district.byFirm')}>
        <DataTable<FirmRow> label={t('district.byFirm')} list={list} columns={firms} rowKey={(row) => `${row.streetCode} ${row.enterpriseId}`} rowTone={(row) => (row.missing * 2 > row.expected ? 'warn' : undefined)}
          filters={<Checkbox checked={Boolean(filters.missing)} onChange={(event) => set({ missing: event.target.checked ? 'true' : undefined })}>{t('district.missingOnly')}</Checkbox>}
          empty={any ? { title: t('district.emptyFiltered'), action: <Button onClick={clear}>{t('clear')}</Button> } : { title: t('district.empty'), text: t('district.emptyText') }} />
        <p className="fg-quiet">{t('hidden.note', { below: now.hideBelow })}</p>
      </Section>
    </Page>
  )
}
