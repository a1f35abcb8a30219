// The burden meter: how many questions and minutes were asked of firms in a week, by form and by unit, with the definition beside the figures.
import { getBurden } from '@fugong/contract/forms.burden'
import { Button } from 'antd'
import { useFilters } from '../../base/filters.ts'
import { number, today } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn, type ListView } from '../../ui/DataTable.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { addDays, minutes } from './words.ts'
import './forms.css'

type Burden = NonNullable<ReturnType<typeof useRead<typeof getBurden>>['data']>
export function BurdenPage() {
  const t = useText('forms')
  const { filters, set } = useFilters(['week'])
  const read = useRead(getBurden, { query: filters.week ? { week: filters.week } : {} }, { keepPrevious: true })
  const from = read.data?.from
  return (
    <Page title={t('burden')} sub={t('burdenSub')} actions={from ? <><Button onClick={() => set({ week: addDays(from, -7) })}>{t('weekBefore')}</Button><Button disabled={addDays(from, 7) > today()} onClick={() => set({ week: addDays(from, 7) })}>{t('weekAfter')}</Button></> : null}>
      <Ready read={read} lines={8}>{(data) => <Week data={data} />}</Ready>
    </Page>
  )
}
function Week({ data }: { data: Burden }) {
  const t = useText('forms')
  const { total, forms, units, rates } = data
  const list = <T,>(rows: T[]): ListView<T> => ({ rows })
  const each = (seconds: number, firms: number) => (firms === 0 ? <span className="fg-quiet">{t('noAsking')}</span> : t('minutesEach', { minutes: minutes(seconds / firms) }))
  const formColumns: DataColumn<Burden['forms'][number]>[] = [
    { key: 'name', title: t('name'), main: true, cell: (row) => pick(row.name) }, { key: 'version', title: t('version'), align: 'right', cell: (row) => row.version },
    { key: 'range', title: t('canAsk'), cell: (row) => (row.leastFields === row.mostFields ? t('rangeOne', { fields: row.mostFields, minutes: minutes(row.mostSeconds) }) : t('rangeTwo', { least: row.leastFields, most: row.mostFields, short: minutes(row.leastSeconds), long: minutes(row.mostSeconds) })) },
    { key: 'submissions', title: t('submissions'), align: 'right', cell: (row) => number(row.submissions) }, { key: 'firms', title: t('firms'), align: 'right', cell: (row) => number(row.firms) },
    { key: 'fields', title: t('askedFields'), align: 'right', cell: (row) => number(row.fields) }, { key: 'each', title: t('perFirm'), align: 'right', cell: (row) => each(row.seconds, row.firms) },
  ]
  const unitColumns: DataColumn<Burden['units'][number]>[] = [
    { key: 'unit', title: t('receivingUnit'), main: true, cell: (row) => (row.unit ? pick(row.unit) : t('unitUnknown', { code: row.key })) },
    { key: 'submissions', title: t('submissions'), align: 'right', cell: (row) => number(row.submissions) }, { key: 'firms', title: t('firms'), align: 'right', cell: (row) => number(row.firms) },
    { key: 'fields', title: t('askedFields'), align: 'right', cell: (row) => number(row.fields) }, { key: 'each', title: t('perFirm'), align: 'right', cell: (row) => each(row.seconds, row.firms) },
  ]
  return (
    <>
      <Section title={t('weekOf', { from: data.from, to: data.to })}>
        <Facts columns={3} items={[{ label: t('submissions'), value: number(total.submissions) }, { label: t('firms'), value: number(total.firms) }, { label: t('perFirm'), value: each(total.seconds, total.firms) }, { label: t('askedFields'), value: number(total.fields) }]} />
      </Section>
      <Section plain title={t('byUnit')}><DataTable label={t('byUnit')} columns={unitColumns} rowKey={(row) => row.key} list={list(units)} empty={{ title: t('burdenEmpty'), text: t('burdenEmptyText') }} /></Section>
      <Section plain title={t('byForm')}><DataTable label={t('byForm')} columns={formColumns} rowKey={(row) => `${row.code}${row.kind}${row.version}${row.name.zh}`} list={list(forms)} empty={{ title: t('empty'), text: t('emptyText') }} /></Section>
      <Section title={t('definition')}>
        <ul className="fm-definition">{['fields', 'minutes', 'perFirm', 'resubmission', 'unit', 'week'].map((key) => <li key={key}>{t(`definitions.${key}`, { opening: rates.openingSeconds })}</li>)}</ul>
        <Note tone="warn" title={t('assumption', { version: rates.version })}><p>{pick(rates.source)}</p><p>{Object.entries(rates.secondsByType).map(([type, seconds]) => t('secondsOf', { type: t(`type.${type}`), seconds })).join(t('q.comma'))}</p></Note>
      </Section>
    </>
  )
}
