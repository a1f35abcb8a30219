// A credit code that fails its check digit: which character fails, the firm's reason, and the reviewer's confirmation.
import { checkCreditCode, confirmCreditCode, getEnterprise, listEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOfIssue } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/parts.tsx'

export function ConfirmCode({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const [asking, ask] = useState(false)
  const deed = useDeed(confirmCreditCode, { invalidates: [getEnterprise, listEnterprises], onDone: () => ask(false) })
  if (firm.codeState !== 'pending') return null
  const issue = checkCreditCode(firm.creditCode)[0]
  const faulty = issue?.code === 'issue.organisation_code_check' ? 16 : 17
  const mayConfirm = firm.can.includes('confirmCreditCode')
  return (
    <Note tone="warn" title={t('confirm.title')}>
      <p className="fg-code-large fg-mono">{[...firm.creditCode].map((character, i) => (i === faulty ? <mark key={i}>{character}</mark> : <span key={i}>{character}</span>))}</p>
      <p>{issue ? wordsOfIssue(issue, t('firm.creditCode')) : ''}</p>
      <p>{t('confirm.reason', { reason: firm.codeReason ?? '–' })}</p>
      {mayConfirm ? <p className="fg-confirm-deed"><Button type="primary" onClick={() => { deed.reset(); ask(true) }}>{t('confirm.deed')}</Button></p> : <p className="fg-quiet">{t('confirm.notYours')}</p>}
      <ReasonDialog open={asking} title={t('confirm.dialog', { name: firm.name })} text={t('confirm.text')} deed={t('confirm.deed')} reasonLabel={t('confirm.basis')} reasonHelp={t('confirm.basisHelp')} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => ask(false)} onDo={(reason) => void deed.run({ params: { id: firm.id }, body: { reason } })} />
    </Note>
  )
}
