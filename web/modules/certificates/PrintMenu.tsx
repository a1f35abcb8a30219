// Printing one certificate: choose the layout, put the print on record, and the PDF comes; what was printed before, and by whom.
import { getCertificate, type Certificate } from '@fugong/contract/certificates'
import { listPrints, printCertificate, printLayouts, takePrint, type PrintLayout } from '@fugong/contract/certificates.print'
import { Button } from 'antd'
import { addressOf } from '../../base/api.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { PrintIcon } from '../../ui/icons.tsx'
import { Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'

/** Fetches a file in the browser's own way, so that it shows its progress and keeps its name. */
export function fetchFile(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
export function PrintMenu({ certificate }: { certificate: Certificate }) {
  const t = useText('certificates')
  const deed = useDeed(printCertificate, { invalidates: [getCertificate, listPrints], onDone: ({ id }) => fetchFile(addressOf(takePrint, { params: { id } })) })
  const start = (layout: PrintLayout) => void deed.run({ params: { id: certificate.id }, body: { layout } })
  return (
    <div className="fg-row">
      {printLayouts.map((layout) => <Button key={layout} type={layout === 'posterA4' ? 'primary' : 'default'} icon={<PrintIcon />} loading={deed.running} onClick={() => start(layout)}>{t(`print.${layout}`)}</Button>)}
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
    </div>
  )
}
export function Prints({ id, prints }: { id: string; prints: number }) {
  const t = useText('certificates')
  const read = useRead(listPrints, { params: { id } })
  return (
    <div className="fg-noprint"><Section title={t('print.title', { count: prints })}>
      <Ready read={read} lines={2}>{({ items }) => <ul className="fg-cert-rows">{items.map((one) => <li key={one.id}><span>{t('print.no', { no: one.no })}</span><span>{t(`layout.${one.layout}`)}</span><span className="fg-quiet">{[instant(one.at), one.by, pick(one.unit), one.batch].filter(Boolean).join(' · ')}</span></li>)}</ul>}</Ready>
    </Section></div>
  )
}
