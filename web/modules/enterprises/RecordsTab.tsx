// What hangs on a firm in other rooms: its declarations, its certificates; each list loads for itself.
import { listCertificates } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { listOrders } from '@fugong/contract/orders'
import { listChecks } from '@fugong/contract/spotchecks'
import { Link } from 'react-router'
import { day } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { shownState, toneOfCertificate, toneOfDeclaration } from '../../base/tones.ts'
import { Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'

export function DeclarationsTab({ firm, face }: { firm: string; face: 'console' | 'portal' }) {
  const t = useText('enterprises')
  const states = useText('declarations')
  const read = useRead(listDeclarations, { query: { enterprise: firm, limit: 100 } })
  return (
    <Section title={t('firm.declarations')}>
      <Ready read={read} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t(face === 'console' ? 'firm.declarationsNoneConsole' : 'firm.declarationsNone')}</p> : (
        <ul className="fg-rows">{items.map((row) => <li key={row.id}><Link to={`/${face}/declarations/${row.id}`}>{row.workplaceName}</Link><StatusTag tone={toneOfDeclaration(shownState(row))}>{states(`state.${shownState(row)}`)}</StatusTag><span className="fg-quiet">{day(row.submittedAt ?? row.createdAt)}</span></li>)}</ul>
      )}</Ready>
    </Section>
  )
}
export function CertificatesTab({ firm, face }: { firm: string; face: 'console' | 'portal' }) {
  const t = useText('enterprises')
  const marks = useText('certificates')
  const read = useRead(listCertificates, { query: { enterprise: firm, limit: 100 } })
  return (
    <Section title={t('firm.certificates')}>
      <Ready read={read} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t(face === 'console' ? 'firm.certificatesNoneConsole' : 'firm.certificatesNone')}</p> : (
        <ul className="fg-rows">{items.map((one) => <li key={one.id}><Link className="fg-mono" to={face === 'console' ? `/console/certificates?q=${one.number}` : `/portal/certificates/${one.id}`}>{one.number}</Link><StatusTag tone={toneOfCertificate(one.state)}>{marks(`state.${one.state}`)}</StatusTag><span className="fg-quiet">{one.workplaceName} · {day(one.issuedAt)}</span></li>)}</ul>
      )}</Ready>
    </Section>
  )
}
/** Stop-work orders and spot checks: what was found at the firm, newest first. */
export function ChecksTab({ firm, face }: { firm: string; face: 'console' | 'portal' }) {
  const t = useText('enterprises')
  const orders = useRead(listOrders, { query: { enterprise: firm, limit: 100 } })
  const checks = useRead(listChecks, { query: { enterprise: firm, limit: 100 } })
  return (
    <>
      <Section title={t('firm.orders')}>
        <Ready read={orders} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('firm.ordersNone')}</p> : (
          <ul className="fg-rows">{items.map((one) => <li key={one.id}><Link to={`/${face}/orders/${one.id}`}>{one.documentNo}</Link><StatusTag tone={one.state === 'resumed' ? 'good' : one.state === 'revoked' ? 'bad' : one.state === 'lapsed' ? 'neutral' : 'warn'}>{t(`firm.orderState.${one.state}`)}</StatusTag><span className="fg-quiet">{one.workplaceName} · {day(one.issuedAt)}</span></li>)}</ul>
        )}</Ready>
      </Section>
      <Section title={t('firm.spotchecks')}>
        <Ready read={checks} lines={2}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('firm.spotchecksNone')}</p> : (
          <ul className="fg-rows">{items.map((one) => <li key={one.id}><Link to={`/${face}/spotchecks/${one.id}`}>{one.workplaceName}</Link><StatusTag tone={one.state === 'passed' ? 'good' : one.state === 'stopped' ? 'bad' : one.state === 'lapsed' ? 'neutral' : 'info'}>{t(`firm.checkState.${one.state}`)}</StatusTag><span className="fg-quiet">{day(one.checkedAt ?? one.drawnAt)}</span></li>)}</ul>
        )}</Ready>
      </Section>
    </>
  )
}
