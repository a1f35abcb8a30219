// The certificate of a workplace: state, number, QR; printed as a certificate or a poster for the door, each print counted.
import { getCertificate } from '@fugong/contract/certificates'
import { Link, useParams } from 'react-router'
import { day, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { toneOfCertificate } from '../../base/tones.ts'
import { Mark } from '../../ui/icons.tsx'
import { Page } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { PrintMenu, Prints } from './PrintMenu.tsx'
import './certificates.css'

export function PortalCertificate() {
  const t = useText('certificates')
  const { id = '' } = useParams()
  const read = useRead(getCertificate, { params: { id } }, { every: 60_000 })
  const held = read.data?.certificate
  return (
    <Page title={t('poster.page')} width="reading" back={{ to: '/portal', text: t('poster.back') }} sub={held ? `${held.enterpriseName} · ${held.workplaceName}` : undefined}
      actions={held?.state === 'valid' ? <PrintMenu certificate={held} /> : undefined}>
      <Ready read={read} lines={8}>{({ certificate, url, qrSvg, prints }) => (
        <>
          <Note tone={toneOfCertificate(certificate.state)} title={t(`poster.${certificate.state}`)}>
            <p>{t(`poster.${certificate.state}Text`, { since: instant(certificate.stateSince), reason: certificate.stateReason ?? '–' })}</p>
          </Note>
          <section className={`fg-poster fg-poster-${certificate.state}`} aria-label={t('poster.label')}>
            <header className="fg-poster-head"><Mark size={40} /><h2>{t('poster.title')}</h2></header>
            <p className="fg-poster-firm">{certificate.enterpriseName}</p>
            <p className="fg-poster-place">{certificate.workplaceName}</p>
            <p className="fg-poster-address">{certificate.address}</p>
            <p className="fg-poster-planned">{t('poster.planned', { day: day(certificate.plannedDate) })}</p>
            <img className="fg-poster-qr" alt={t('poster.qr', { number: certificate.number })} src={`data:image/svg+xml;utf8,${encodeURIComponent(qrSvg)}`} />
            <p className="fg-poster-number fg-mono">{certificate.number}</p>
            <StatusTag tone={toneOfCertificate(certificate.state)} large>{t(`state.${certificate.state}`)}</StatusTag>
            <p className="fg-poster-scan">{t('poster.scan')}</p>
            <p className="fg-quiet fg-poster-foot">{t('poster.basis', { emergency: pick(certificate.emergency) })}<br />{t('poster.issued', { day: day(certificate.issuedAt) })}{certificate.unit ? ` · ${pick(certificate.unit)}` : ''}<br />{certificate.validUntil ? t('until', { day: day(certificate.validUntil) }) : t('openEnded')}<br /><span className="fg-poster-url">{url}</span></p>
          </section>
          {prints > 0 ? <Prints id={certificate.id} prints={prints} /> : null}
          <div className="fg-row fg-noprint">
            <a className="fg-button" href={url} target="_blank" rel="noreferrer">{t('poster.public')}<span className="fg-hidden">{t('poster.newWindow')}</span></a>
            <Link className="fg-button" to={`/portal/declarations/${certificate.declarationId}`}>{t('poster.declaration')}</Link>
          </div>
        </>
      )}</Ready>
    </Page>
  )
}
