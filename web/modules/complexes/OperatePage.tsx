// One complex before its operator: the tenants, the collective declaration, who has confirmed.
import { closeFiling, endTenant, getComplex, leaveOutTenant, listMyComplexes, listTenants, openFiling, tenantStates, type Complex, type Tenant } from '@fugong/contract/complexes'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day, number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { AddTenants } from './AddTenants.tsx'
import { FilingForm } from './FilingForm.tsx'
import { FilingTag, TenantTag } from './FilingTag.tsx'
import { PlanRead } from './PlanRead.tsx'
import './complexes.css'

const stale = [getComplex, listTenants, listMyComplexes]
export function OperatePage() {
  const t = useText('complexes')
  const { id = '' } = useParams()
  const read = useRead(getComplex, { params: { id } }, { every: 30_000 })
  const back = { to: '/portal/complexes', text: t('mine.title') }
  if (!read.data) return <Page title={t('complex.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Operated key={id} complex={read.data} back={back} />
}
function Operated({ complex, back }: { complex: Complex; back: { to: string; text: string } }) {
  const t = useText('complexes')
  const { whereIs } = useAreas()
  const { refused } = useNotices()
  const [closing, close] = useState(false)
  const begin = useDeed(openFiling, { invalidates: stale, onProblem: refused })
  const end = useDeed(closeFiling, { invalidates: stale, onDone: () => close(false) })
  const { filing, counts } = complex
  return (
    <Page title={complex.name} back={back} sub={whereIs(complex)} tags={<FilingTag state={filing?.state ?? null} />}>
      <Section title={t('filing.title')} extra={complex.can.includes('closeFiling') ? <Button onClick={() => { end.reset(); close(true) }}>{t('close.deed')}</Button> : null}>
        {complex.can.includes('openFiling') ? <div className="fg-stack"><p>{t('filing.about')}</p><div><Button type="primary" loading={begin.running} onClick={() => void begin.run({ params: { id: complex.id }, body: { revision: complex.revision } })}>{t('filing.open')}</Button></div></div> : null}
        {filing?.state === 'draft' ? <FilingForm key={filing.id} complex={complex} filing={filing} stale={stale} /> : null}
        {filing && filing.state !== 'draft' ? (
          <div className="fg-stack">
            <Facts columns={3} items={[{ label: t('state.confirmed'), value: rate(counts.confirmed, counts.tenants) }, { label: t('state.asked'), value: number(counts.asked) }, { label: t('state.objected'), value: number(counts.objected) }, { label: t('state.unregistered'), value: number(counts.unregistered) }, { label: t('state.leftOut'), value: number(counts.leftOut) }, { label: t('count.filed'), value: rate(counts.filed, counts.tenants) }]} />
            <details className="cx-plan"><summary>{t('filing.read')}</summary><PlanRead {...filing} districtCode={complex.districtCode} files={filing.files.map(({ name }) => name)} /></details>
          </div>
        ) : null}
      </Section>
      <Tenants complex={complex} />
      <ReasonDialog open={closing} needsReason={false} title={t('close.title')} text={t('close.text')} deed={t('close.deed')} running={end.running} problem={end.problem} onCancel={() => close(false)} onDo={() => void end.run({ params: { id: filing!.id }, body: { revision: filing!.revision } })} />
    </Page>
  )
}
function Tenants({ complex }: { complex: Complex }) {
  const t = useText('complexes')
  const { filters, set } = useFilters(['state', 'q'] as const)
  const [asked, ask] = useState<{ deed: 'end' | 'leaveOut'; of: Tenant } | undefined>(undefined)
  const state = tenantStates.find((one) => one === filters.state)
  const list = usePaged(listTenants, { params: { id: complex.id }, query: { limit: 100, ...(state ? { state } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const end = useDeed(endTenant, { invalidates: stale, onDone: () => ask(undefined) })
  const leave = useDeed(leaveOutTenant, { invalidates: stale, onDone: () => ask(undefined) })
  const deed = asked?.deed === 'end' ? end : leave
  const columns: DataColumn<Tenant>[] = [
    { key: 'name', title: t('tenant.name'), main: true, cell: (row) => row.name }, { key: 'shop', title: t('tenant.shop'), nowrap: true, cell: (row) => row.shop }, { key: 'heads', title: t('tenant.headcount'), align: 'right', nowrap: true, cell: (row) => number(row.headcount) },
    { key: 'state', title: t('tenant.state'), cell: (row) => <><TenantTag state={row.state} />{row.reason ? <span className="fg-quiet cx-under">{row.reason}</span> : null}{row.plannedDate && row.state === 'confirmed' ? <span className="fg-quiet cx-under">{day(row.plannedDate)}</span> : null}</> },
    { key: 'declaration', title: t('tenant.declaration'), nowrap: true, cell: (row) => (row.declaration ? t(`declaration.${row.declaration.state}`) : '–') },
    { key: 'deeds', title: t('tenant.deeds'), cell: (row) => <span className="fg-row">{row.can.map((one) => <Button key={one} type="link" size="small" aria-label={`${t(`${one}.deed`)} ${row.name}`} onClick={() => { end.reset(); leave.reset(); ask({ deed: one as 'end' | 'leaveOut', of: row }) }}>{t(`${one}.deed`)}</Button>)}</span> },
  ]
  return (
    <Section title={t('tenant.title')} extra={<AddTenants complex={complex} stale={stale} />}>
      <DataTable<Tenant> label={t('tenant.title')} list={list} columns={columns} rowKey={(row) => row.id} search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('tenant.search') }}
        filters={<Select allowClear className="fg-filter" aria-label={t('tenant.state')} placeholder={t('tenant.state')} value={state ?? null} onChange={(value: string | null) => set({ state: value ?? undefined })} options={tenantStates.map((one) => ({ value: one, label: t(`state.${one}`) }))} />}
        empty={{ title: t('tenant.empty'), text: t('tenant.emptyText') }} />
      <ReasonDialog open={asked !== undefined} needsReason={asked?.deed === 'leaveOut'} danger title={asked ? t(`${asked.deed}.title`, { name: asked.of.name }) : ''} text={asked ? t(`${asked.deed}.text`) : ''} deed={asked ? t(`${asked.deed}.deed`) : ''} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => ask(undefined)}
        onDo={(reason) => void (asked!.deed === 'end' ? end.run({ params: { id: complex.id, tenantId: asked!.of.id }, body: { revision: complex.revision } }) : leave.run({ params: { id: complex.filing!.id, tenantId: asked!.of.id }, body: { revision: complex.filing!.revision, reason } }))} />
    </Section>
  )
}
