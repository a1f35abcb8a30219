// Printing many certificates: the chosen ones or all that the filter finds, as a batch that a job writes.
import { beginPrintBatch, listPrintBatches, printLayouts, type PrintLayout } from '@fugong/contract/certificates.print'
import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'

export interface BulkPrintProps { ids?: string[]; filter: { state?: 'valid'; q?: string }; /** How many there are, as far as counted. */ count: number | undefined; close: () => void }
export function BulkPrint({ ids, filter, count, close }: BulkPrintProps) {
  const t = useText('certificates')
  const navigate = useNavigate()
  const [layout, setLayout] = useState<PrintLayout>('posterA4')
  const deed = useDeed(beginPrintBatch, { invalidates: [listPrintBatches], onDone: () => void navigate('/console/certificates/batches') })
  return (
    <Modal open title={t('batch.begin')} footer={null} onCancel={close} mask={{ closable: false }} destroyOnHidden>
      <p>{ids ? t('batch.chosen', { count: ids.length }) : t('batch.all', { count: count === undefined ? '…' : number(count) })}</p>
      <Radio.Group className="fg-cert-layouts" aria-label={t('batch.layout')} value={layout} onChange={(event) => setLayout(event.target.value as PrintLayout)} options={printLayouts.map((value) => ({ value, label: t(`layout.${value}`) }))} />
      <p className="fg-quiet">{t('batch.note')}</p>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      <div className="fg-dialog-deeds"><Button onClick={close}>{t('batch.back')}</Button><Button type="primary" loading={deed.running} onClick={() => void deed.run({ body: { layout, filter, ...(ids ? { ids } : {}) } })}>{t('batch.begin')}</Button></div>
    </Modal>
  )
}
