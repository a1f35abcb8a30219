// The receipts that this phone keeps, and the check of one: its hash followed by hashing alone to the signed root of its day.
import type { ReceiptProof } from '@fugong/contract/health'
import { useState } from 'preact/hooks'
import { instant, send, t } from './kit.ts'
import { kept, type KeptReceipt } from './report-kept.ts'
import { checkProof, type Checked } from './report-hash.ts'

export function Receipts({ who }: { who: string }) {
  const receipts = (kept().receipts || []).filter((one) => one.employmentId === who)
  if (!receipts.length) return null
  return (
    <details class="card">
      <summary>{t('reportReceipts', { count: receipts.length })}</summary>
      <p class="help">{t('reportReceiptsHelp')}</p>
      <ul class="messages">{receipts.map((one) => <One key={one.number} receipt={one} />)}</ul>
    </details>
  )
}
function One({ receipt }: { receipt: KeptReceipt }) {
  const [checked, setChecked] = useState<Checked | 'asking'>()
  const [words, setWords] = useState<string>()
  const check = async () => {
    if (checked === 'asking') return
    setWords(undefined)
    setChecked('asking')
    const answer = await send<ReceiptProof>('GET', `/api/public/receipts/${receipt.number}`)
    if (!answer.ok && answer.code !== 'not_found') { setWords(answer.title); return setChecked(undefined) }
    setChecked(answer.ok ? await checkProof(receipt.hash, answer.data) : { result: 'missing' })
  }
  return (
    <li>
      <span class="mono strong">{receipt.number}</span><br /><span class="help">{receipt.day}{receipt.version > 1 ? `${t('dot')}${t('reportVersion', { version: receipt.version })}` : ''}<br />{t('reportAt', { at: instant(receipt.acceptedAt) })}</span>
      <p><button type="button" class="side" aria-disabled={checked === 'asking'} onClick={() => void check()}>{t(checked === 'asking' ? 'loading' : 'reportCheck')}</button></p>
      <div role="status">{words || (checked && checked !== 'asking' ? <><strong class={checked.result === 'holds' ? 'report-in' : checked.result === 'open' ? '' : 'report-bad'}>{t(`reportProof.${checked.result}`)}</strong>{checked.root ? <p class="help mono draw-hash">{t('reportRoot')} {checked.root}</p> : null}</> : null)}</div>
    </li>
  )
}
