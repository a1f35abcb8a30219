// Holds the place of this page until its content is written.
import { useText } from '../../base/i18n.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty } from '../../ui/states.tsx'

export function PortalCertificate() {
  const t = useText('base')
  return <Page title={t('nav.certificates')}><Empty title={t('building')} /></Page>
}
