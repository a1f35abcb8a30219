// Officials with their roles and the state of their accounts; where a new one is created.
import { listPeople, roleNames, staffRoles, type Person } from '@fugong/contract/identity'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant, relative } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { CreatePersonDialog } from './CreatePersonDialog.tsx'
import { STATUS_TONES, statusOf } from './people.ts'
import './identity.css'

const SHOWN = 2
export function PeopleList() {
  const t = useText('identity')
  const { may } = useSession()
  const { nameOf } = useAreas()
  const { filters, set, clear, any } = useFilters(['q', 'role', 'unit'])
  const [creating, setCreating] = useState(false)
  const role = staffRoles.find((one) => one === filters.role)
  const list = usePaged(listPeople, { query: { q: filters.q, role, unit: filters.unit } })
  const create = may('person.create') ? <Button type="primary" onClick={() => setCreating(true)}>{t('people.create')}</Button> : null
  const columns: DataColumn<Person>[] = [
    { key: 'name', title: t('people.name'), main: true, cell: (person) => person.name, nowrap: true },
    { key: 'username', title: t('people.username'), cell: (person) => <span className="fg-mono">{person.username ?? '–'}</span> },
    { key: 'roles', title: t('people.roles'), cell: (person) => <Roles person={person} nameOf={nameOf} /> },
    { key: 'status', title: t('people.status'), cell: (person) => { const status = statusOf(person); return <StatusTag tone={STATUS_TONES[status]}>{t(`status.${status}`)}</StatusTag> }, nowrap: true },
    { key: 'seen', title: t('people.lastSeen'), cell: (person) => person.lastSeenAt ? <time dateTime={person.lastSeenAt} title={instant(person.lastSeenAt)}>{relative(person.lastSeenAt)}</time> : <span className="fg-quiet">{t('people.never')}</span>, nowrap: true },
  ]
  return (
    <Page title={t('people.title')} sub={t('people.sub')} actions={create}>
      <DataTable
        label={t('people.list')} columns={columns} rowKey={(person) => person.id} href={(person) => `/console/people/${person.id}`} list={list}
        search={{ value: filters.q ?? '', placeholder: t('people.search'), onSearch: (q) => set({ q: q || undefined }) }}
        filters={<>
          <Choice className="id-filter" aria-label={t('people.roles')} value={role ?? ''} onChange={(value) => set({ role: value || undefined })} options={[{ value: '', label: t('people.anyRole') }, ...staffRoles.map((one) => ({ value: one, label: pick(roleNames[one]) }))]} />
          <UnitPicker className="id-unit" aria-label={t('grant.unit')} placeholder={t('people.anyUnit')} allowClear value={filters.unit ?? null} onChange={(unit) => set({ unit })} />
        </>}
        empty={any ? { title: t('people.noneFound'), text: t('people.noneFoundText'), action: <Button onClick={clear}>{t('people.clear')}</Button> } : { title: t('people.empty'), text: t('people.emptyText'), action: create }}
      />
      <CreatePersonDialog open={creating} onClose={() => setCreating(false)} />
    </Page>
  )
}

function Roles({ person, nameOf }: { person: Person; nameOf: (code: string) => string }) {
  const t = useText('identity')
  const grants = person.grants.filter((grant) => grant.inForce)
  if (grants.length === 0) return <span className="fg-quiet">{t('people.noRoles')}</span>
  return (
    <ul className="id-roles">
      {grants.slice(0, SHOWN).map((grant) => <li key={grant.id}><strong>{pick(roleNames[grant.role])}</strong> <span className="fg-quiet">{pick(grant.unitName)} · {nameOf(grant.areaCode)}</span></li>)}
      {grants.length > SHOWN ? <li className="fg-quiet">{t('people.more', { count: grants.length - SHOWN })}</li> : null}
    </ul>
  )
}
