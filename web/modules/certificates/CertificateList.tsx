// Certificates of one's scope: found by number or firm, suspended, resumed, revoked with a reason.
import { certificateStates, getCertificate, listCertificates, readCertificateNumber, resumeCertificate, revokeCertificate, suspendCertificate, type Certificate } from '@fugong/contract/certificates'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ExportButton } from '../../base/export-button.tsx'
import { useFilters } from '../../base/filters.ts'
import { day, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { toneOfCertificate } from '../../base/tones.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { TabLinks } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './certificates.css'

const names = ['state', 'q'] as const
const deeds = ['suspend', 'resume', 'revoke'] as const
type DeedName = (typeof deeds)[number]
export function CertificateList() {
  const t = useText('certificates')
  const { may } = useSession()
  const { filters, set, clear, any } = useFilters(names)
  const [asking, ask] = useState<{ deed: DeedName; of: Certificate } | undefined>(undefined)
  const state = certificateStates.find((one) => one === filters.state)
  // A number typed by hand is brought into its shape, so that spaces, small letters and O for 0 do not hide it.
  const q = filters.q ? (readCertificateNumber(filters.q) ?? filters.q) : undefined
  const list = usePaged(listCertificates, { query: { limit: 50, ...(state ? { state } : {}), ...(q ? { q } : {}) } })
  const columns: DataColumn<Certificate>[] = [
    { key: 'number', title: t('number'), nowrap: true, main: true, cell: (row) => <span className="fg-mono">{row.number}</span> },
    { key: 'state', title: t('stateTitle'), nowrap: true, cell: (row) => <div><StatusTag tone={toneOfCertificate(row.state)}>{t(`state.${row.state}`)}</StatusTag>{row.state === 'valid' ? row.validUntil ? <span className="fg-quiet fg-cert-under">{t('until', { day: day(row.validUntil) })}</span> : null : <span className="fg-quiet fg-cert-under">{[instant(row.stateSince), row.orderNo, row.stateReason, row.supersededBy].filter(Boolean).join(' · ')}</span>}</div> },
    { key: 'firm', title: t('firm'), cell: (row) => <div>{may('enterprise.read') ? <Link to={`/console/enterprises/${row.enterpriseId}`}>{row.enterpriseName}</Link> : row.enterpriseName}<span className="fg-quiet fg-cert-under">{row.workplaceName}</span></div> },
    { key: 'address', title: t('address'), wideOnly: true, cell: (row) => row.address },
    { key: 'planned', title: t('plannedDate'), nowrap: true, cell: (row) => <div>{day(row.plannedDate)}<span className="fg-quiet fg-cert-under">{pick(row.emergency)}</span></div> },
    { key: 'issued', title: t('issuedAt'), nowrap: true, cell: (row) => may('declaration.read') ? <Link to={`/console/declarations/${row.declarationId}`}>{day(row.issuedAt)}</Link> : day(row.issuedAt) },
    { key: 'deeds', title: t('deeds'), nowrap: true, cell: (row) => <span className="fg-cert-deeds">{deeds.filter((deed) => row.can.includes(deed)).map((deed) => <Button key={deed} size="small" className="fg-cert-deed" danger={deed === 'revoke'} aria-label={t(`${deed}.named`, { number: row.number })} onClick={() => ask({ deed, of: row })}>{t(`${deed}.deed`)}</Button>)}{row.can.length === 0 ? <span className="fg-quiet">–</span> : null}</span> },
  ]
  const tab = (key: string | undefined) => `?${new URLSearchParams({ ...(key ? { state: key } : {}), ...(filters.q ? { q: filters.q } : {}) }).toString()}`
  return (
    <Page title={t('list.title')} sub={t('list.sub')} width="full" actions={<ExportButton source="certificates" filter={{ state, q }} total={list.total} totalIsMore={list.totalIsMore} />}>
      <TabLinks label={t('list.tabs')} items={[{ key: 'all', to: tab(undefined), text: t('list.all'), active: !state }, ...certificateStates.map((key) => ({ key, to: tab(key), text: t(`state.${key}`), active: state === key }))]} />
      <DataTable<Certificate> label={t('list.title')} list={list} columns={columns} rowKey={(row) => row.id} rowTone={(row) => (row.state === 'revoked' ? 'bad' : row.state === 'suspended' || row.state === 'expired' ? 'warn' : undefined)}
        search={{ value: filters.q ?? '', onSearch: (text) => set({ q: text }), placeholder: t('list.search') }}
        empty={any ? { title: t('list.emptyFiltered'), text: t('list.emptyFilteredText'), action: <Button onClick={clear}>{t('list.clear')}</Button> } : { title: t('list.empty'), text: t('list.emptyText') }} />
      {asking ? <CertificateDeed key={`${asking.deed}-${asking.of.id}`} {...asking} close={() => ask(undefined)} /> : null}
    </Page>
  )
}

const endpoints = { suspend: suspendCertificate, resume: resumeCertificate, revoke: revokeCertificate }
/** Names certificate and firm; revoking cannot be undone and says so. */
function CertificateDeed({ deed: name, of, close }: { deed: DeedName; of: Certificate; close: () => void }) {
  const t = useText('certificates')
  const deed = useDeed(endpoints[name], { invalidates: [listCertificates, getCertificate], onDone: close })
  return <ReasonDialog open danger={name !== 'resume'} title={t(`${name}.title`, { firm: of.enterpriseName })} text={t(`${name}.text`, { number: of.number, workplace: of.workplaceName, firm: of.enterpriseName })} deed={t(`${name}.deed`)} reasonHelp={t(`${name}.help`)} running={deed.running} problem={deed.problem} onCancel={close} onDo={(reason) => void deed.run({ params: { id: of.id }, body: { reason } })} />
}
