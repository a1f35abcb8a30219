// One complex before an office: the common plan, every tenant with its declaration, and decisions on one or many.
import { getComplex, listTenants, tenantStates, type Complex, type Tenant } from '@fugong/contract/complexes'
import { acceptDeclaration } from '@fugong/contract/declarations'
import { Button, Select } from 'antd'
import { useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { day, instant, number, rate } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { toneOfDeclaration } from '../../base/tones.ts'
import { wordsOf } from '../../base/words.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { FilingTag, TenantTag } from './FilingTag.tsx'
import { PlanRead } from './PlanRead.tsx'
import './complexes.css'

export function ComplexPage() {
  const t = useText('complexes')
  const { id = '' } = useParams()
  const read = useRead(getComplex, { params: { id } })
  const back = { to: '/console/complexes', text: t('list.title') }
  if (!read.data) return <Page title={t('complex.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  return <Shown key={id} complex={read.data} back={back} />
}
function Shown({ complex, back }: { complex: Complex; back: { to: string; text: string } }) {
  const t = useText('complexes')
  const { whereIs } = useAreas()
  const { may } = useSession()
  const { filters, set } = useFilters(['state', 'q'] as const)
  const [selected, select] = useState<string[]>([])
  const state = tenantStates.find((one) => one === filters.state)
  const list = usePaged(listTenants, { params: { id: complex.id }, query: { limit: 100, ...(state ? { state } : {}), ...(filters.q ? { q: filters.q } : {}) } })
  const { counts, filing } = complex
  const decidable = list.rows.filter(({ declaration }) => declaration?.state === 'underReview')
  const columns: DataColumn<Tenant>[] = [
    { key: 'name', title: t('tenant.name'), main: true, cell: (row) => (row.declaration?.id && may('declaration.read') ? <Link to={`/console/declarations/${row.declaration.id}`}>{row.name}</Link> : row.name) },
    { key: 'shop', title: t('tenant.shop'), nowrap: true, cell: (row) => row.shop }, { key: 'code', title: t('tenant.code'), wideOnly: true, nowrap: true, cell: (row) => <span className="fg-mono">{row.creditCode}</span> },
    { key: 'heads', title: t('tenant.headcount'), align: 'right', nowrap: true, cell: (row) => number(row.headcount) }, { key: 'day', title: t('filing.day'), nowrap: true, cell: (row) => day(row.plannedDate) },
    { key: 'state', title: t('tenant.state'), cell: (row) => <><TenantTag state={row.state} />{row.reason ? <span className="fg-quiet cx-under">{row.reason}</span> : null}</> },
    { key: 'declaration', title: t('tenant.declaration'), nowrap: true, cell: (row) => (row.declaration ? <StatusTag tone={toneOfDeclaration(row.declaration.state)}>{t(`declaration.${row.declaration.state}`)}</StatusTag> : '–') },
  ]
  return (
    <Page title={complex.name} back={back} width="full" tags={<FilingTag state={filing?.state ?? null} />} sub={`${complex.operatorName} · ${whereIs(complex)}`}>
      <Section title={t('count.title')}>
        <Facts columns={3} items={[
          { label: t('tenant.title'), value: number(counts.tenants) }, { label: t('tenant.headcount'), value: number(counts.heads) }, { label: t('state.confirmed'), value: rate(counts.confirmed, counts.tenants) }, { label: t('state.asked'), value: number(counts.asked) },
          { label: t('state.objected'), value: number(counts.objected) }, { label: t('state.unregistered'), value: number(counts.unregistered) }, { label: t('count.underReview'), value: number(counts.underReview) }, { label: t('count.filed'), value: rate(counts.filed, counts.tenants) }, filing?.askedAt ? { label: t('filing.askedAt'), value: instant(filing.askedAt) } : null,
        ]} />
      </Section>
      {filing && filing.state !== 'draft' ? <Section title={t('filing.plan')}><details className="cx-plan"><summary>{t('filing.read')}</summary><PlanRead {...filing} districtCode={complex.districtCode} files={filing.files.map(({ name }) => name)} /></details></Section> : null}
      <DataTable<Tenant> label={t('tenant.title')} list={list} columns={columns} rowKey={(row) => row.id} rowTone={(row) => (row.declaration?.state === 'underReview' ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (q) => set({ q }), placeholder: t('tenant.search') }}
        filters={<Select allowClear className="fg-filter" aria-label={t('tenant.state')} placeholder={t('tenant.state')} value={state ?? null} onChange={(value: string | null) => set({ state: value ?? undefined })} options={tenantStates.map((one) => ({ value: one, label: t(`state.${one}`) }))} />}
        {...(may('declaration.review') && decidable.length ? { selection: { selected, onSelect: select, bulk: <AcceptMany tenants={list.rows.filter(({ id }) => selected.includes(id))} onDone={() => select([])} /> } } : {})}
        empty={{ title: t('tenant.empty'), text: t('tenant.emptyOffice') }} />
    </Page>
  )
}
/** Accepts the papers of each chosen declaration, one after the other, each on the revision that was looked at; tells what was refused and why. */
function AcceptMany({ tenants, onDone }: { tenants: Tenant[]; onDone: () => void }) {
  const t = useText('complexes')
  const client = useQueryClient()
  const [asking, ask] = useState(false)
  const [through, go] = useState<number | undefined>(undefined)
  const [refused, tell] = useState<{ name: string; why: string }[]>([])
  const why = useRef<unknown>(undefined)
  const accept = useDeed(acceptDeclaration, { onProblem: (problem) => { why.current = problem } })
  const chosen = tenants.filter(({ declaration }) => declaration?.id && declaration.state === 'underReview')
  const run = async () => {
    const failed: { name: string; why: string }[] = []
    for (const [at, { name, declaration }] of chosen.entries()) {
      go(at)
      if (!(await accept.run({ params: { id: declaration!.id! }, body: { revision: declaration!.revision! } }))) failed.push({ name, why: wordsOf(why.current) })
    }
    go(undefined)
    tell(failed)
    await Promise.all([getComplex, listTenants].map(({ path }) => client.invalidateQueries({ queryKey: [path] })))
    if (!failed.length) { ask(false); onDone() }
  }
  return (
    <>
      <Button size="small" type="primary" disabled={!chosen.length} onClick={() => { tell([]); ask(true) }}>{t('accept.deed', { count: chosen.length })}</Button>
      <ReasonDialog open={asking} needsReason={false} title={t('accept.title', { count: chosen.length })} text={t('accept.text')} deed={t('accept.do')} running={through !== undefined} onCancel={() => ask(false)} onDo={() => void run()}>
        {through === undefined ? null : <progress max={chosen.length} value={through} aria-label={t('accept.do')} />}
        {refused.length ? <Note tone="warn" title={t('accept.refused', { count: refused.length })}><ul>{refused.map(({ name, why }) => <li key={name}>{name}: {why}</li>)}</ul></Note> : null}
      </ReasonDialog>
    </>
  )
}
