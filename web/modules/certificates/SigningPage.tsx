// What certificates are signed and sealed with: the city's keys, rotated here, and the seals of units, each decided by a second person.
import { decideSeal, listSeals, listSigningKeys, revokeSigningKey, rotateSigningKey, sealPicture, uploadSeal, type Seal, type SigningKey } from '@fugong/contract/certificates.print'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { addressOf, upload } from '../../base/api.ts'
import { day, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { readKey, useDeed, useRead } from '../../base/query.tsx'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './certificates.css'

const toneOfKey = { active: 'good', retired: 'neutral', revoked: 'bad' } as const
export function SigningPage() {
  const t = useText('certificates')
  return <Page title={t('signing.title')} sub={t('signing.sub')} width="full"><Keys /><Seals /></Page>
}
function Keys() {
  const t = useText('certificates')
  const read = useRead(listSigningKeys)
  const [asking, ask] = useState<'rotate' | SigningKey | undefined>(undefined)
  const done = { invalidates: [listSigningKeys], onDone: () => ask(undefined) }
  const rotate = useDeed(rotateSigningKey, done)
  const revoke = useDeed(revokeSigningKey, done)
  return (
    <Section title={t('signing.keys')} extra={<Button type="primary" onClick={() => { rotate.reset(); ask('rotate') }}>{t('signing.rotate')}</Button>}>
      <p className="fg-quiet">{t('signing.keysText')}</p>
      <Ready read={read} lines={3}>{({ items }) => <ul className="fg-cert-rows">{items.map((key) => (
        <li key={key.id}><span className="fg-mono">{key.id}</span><StatusTag tone={toneOfKey[key.state]}>{t(`signing.state.${key.state}`)}</StatusTag><span className="fg-quiet">{instant(key.createdAt)}{key.endedAt ? ` – ${instant(key.endedAt)}` : ''}{key.reason ? ` · ${key.reason}` : ''}</span><span className="fg-mono fg-cert-key">{key.publicKey}</span>
          {key.state === 'retired' ? <Button danger size="small" aria-label={`${t('signing.revoke')} ${key.id}`} onClick={() => { revoke.reset(); ask(key) }}>{t('signing.revoke')}</Button> : null}</li>
      ))}</ul>}</Ready>
      {asking === 'rotate' ? <ReasonDialog open maxLength={300} title={t('signing.rotate')} text={t('signing.rotateText')} deed={t('signing.rotate')} running={rotate.running} problem={rotate.problem} onCancel={() => ask(undefined)} onDo={(reason) => void rotate.run({ body: { reason } })} /> : null}
      {asking && asking !== 'rotate' ? <ReasonDialog open danger maxLength={300} title={`${t('signing.revoke')}：${asking.id}`} text={t('signing.revokeText')} deed={t('signing.revoke')} running={revoke.running} problem={revoke.problem} onCancel={() => ask(undefined)} onDo={(reason) => void revoke.run({ params: { id: asking.id }, body: { reason } })} /> : null}
    </Section>
  )
}
function Seals() {
  const t = useText('certificates')
  const read = useRead(listSeals)
  const [deciding, decideOn] = useState<{ seal: Seal; confirm: boolean } | undefined>(undefined)
  const decide = useDeed(decideSeal, { invalidates: [listSeals], onDone: () => decideOn(undefined) })
  const tone = (seal: Seal) => (seal.state === 'proposed' ? 'warn' : seal.inForce ? 'good' : 'neutral')
  return (
    <Section title={t('seals.title')}>
      <p className="fg-quiet">{t('seals.text')}</p>
      <ProposeSeal />
      <Ready read={read} lines={3}>{({ items }) => items.length === 0 ? <p className="fg-quiet">{t('seals.none')}</p> : <ul className="fg-cert-rows">{items.map((seal) => (
        <li key={seal.id}><img className="fg-cert-seal" alt={t('seals.alt', { unit: pick(seal.unit) })} src={addressOf(sealPicture, { params: { id: seal.id } })} /><span>{pick(seal.unit)}</span><StatusTag tone={tone(seal)}>{t(seal.inForce ? 'seals.inForce' : `seals.state.${seal.state}`)}</StatusTag>
          <span className="fg-quiet">{[t('seals.from', { day: day(seal.effectiveFrom) }), seal.proposedBy, seal.decidedBy, seal.reason].filter(Boolean).join(' · ')}</span>
          {seal.can.includes('decide') ? <span className="fg-cert-deeds">{[true, false].map((confirm) => <Button key={String(confirm)} size="small" danger={!confirm} onClick={() => { decide.reset(); decideOn({ seal, confirm }) }}>{t(confirm ? 'seals.confirm' : 'seals.refuse')}</Button>)}</span> : null}</li>
      ))}</ul>}</Ready>
      {deciding ? <ReasonDialog open danger={!deciding.confirm} maxLength={300} title={`${t(deciding.confirm ? 'seals.confirm' : 'seals.refuse')}：${pick(deciding.seal.unit)}`} text={t('seals.decideText', { day: day(deciding.seal.effectiveFrom) })} deed={t(deciding.confirm ? 'seals.confirm' : 'seals.refuse')} running={decide.running} problem={decide.problem} onCancel={() => decideOn(undefined)} onDo={(reason) => void decide.run({ params: { id: deciding.seal.id }, body: { confirm: deciding.confirm, reason } })} /> : null}
    </Section>
  )
}
/** Unit, first day and picture; told at once what was refused. */
function ProposeSeal() {
  const t = useText('certificates')
  const client = useQueryClient()
  const [unit, setUnit] = useState<string>()
  const [from, setFrom] = useState(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  const [problem, setProblem] = useState<unknown>()
  const [sending, setSending] = useState(false)
  const send = async (file: File) => {
    setSending(true)
    setProblem(undefined)
    try {
      await upload(uploadSeal, file, undefined, {}, { query: { unit: unit!, from } })
      await client.invalidateQueries({ queryKey: readKey(listSeals).slice(0, 1) })
    } catch (error) { setProblem(error) } finally { setSending(false) }
  }
  return (
    <>
      <div className="fg-row fg-cert-propose">
        <UnitPicker className="fg-cert-unit" aria-label={t('seals.unit')} value={unit ?? null} onChange={setUnit} />
        <Input className="fg-cert-from" type="date" aria-label={t('seals.first')} value={from} onChange={(event) => setFrom(event.target.value)} />
        <label className={unit && from && !sending ? 'fg-button' : 'fg-button fg-cert-off'}>{t('seals.propose')}<input className="fg-hidden" type="file" accept="image/png,image/jpeg" disabled={!unit || !from || sending} onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; if (file) void send(file) }} /></label>
      </div>
      {problem ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p></div> : null}
    </>
  )
}
