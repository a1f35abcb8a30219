// The full list of what is missing, written beside the answers and told to the firm once; a further list says why.
import { countDeclarations, getDeclaration, listDeclarations, returnDeclaration, type Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { Button, Input, Select } from 'antd'
import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { Summary } from '../../ui/Summary.tsx'
import { Refusal } from './Refusal.tsx'

export interface GapDraft { key: number; field: string; text: string }
export interface GapEditorProps { gaps: GapDraft[]; setGaps: Dispatch<SetStateAction<GapDraft[] | undefined>>; plan: Form; labels: Record<string, string>; declaration: Declaration; ticks?: string[] | undefined }
export function GapEditor({ gaps, setGaps, plan, declaration, ticks }: GapEditorProps) {
  const t = useText('declarations')
  const [attempt, setAttempt] = useState(0)
  const again = declaration.can.includes('returnAgain')
  const [reason, setReason] = useState('')
  const read = useRead(getDeclaration, { params: { id: declaration.id } })
  const deed = useDeed(returnDeclaration, { invalidates: [getDeclaration, listDeclarations, countDeclarations], onDone: () => setGaps(undefined) })
  const box = useRef<HTMLDivElement>(null)
  const last = gaps.at(-1)?.key
  // A gap that was just added is where one goes on writing.
  useEffect(() => {
    const control = [...(box.current?.querySelectorAll<HTMLElement>('.fg-gap') ?? [])].at(-1)
    const empty = gaps.at(-1)?.field === '' ? control?.querySelector<HTMLElement>('input') : control?.querySelector<HTMLElement>('textarea')
    empty?.focus()
    // Dependencies are chosen: only when another one has come
  }, [last])
  const options = [
    { label: t('step.plan'), options: [{ value: 'plannedDate', label: t('field.plannedDate') }, { value: 'headcount', label: t('field.headcount') }] },
    ...plan.pages.map((page) => ({ label: pick(page.title), options: page.fields.map((field) => ({ value: field.code, label: pick(field.label) })) })),
    { label: t('gap.otherGroup'), options: [{ value: 'files', label: t('step.files') }, { value: 'pledge', label: t('step.pledge') }, { value: 'other', label: t('gap.other') }] },
  ]
  const change = (key: number, part: Partial<GapDraft>) => setGaps((rows) => rows?.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const faults = gaps.flatMap((gap, i) => [...(gap.field ? [] : [{ id: `gap-${gap.key}-field`, words: t('gap.fieldMissing', { n: i + 1 }) }]), ...(gap.text.trim() ? [] : [{ id: `gap-${gap.key}-text`, words: t('gap.textMissing', { n: i + 1 }) }])]).concat(again && !reason.trim() ? [{ id: 'gap-reason', words: t('gap.reasonMissing') }] : [])
  const errorOf = (id: string) => (attempt > 0 ? faults.find((fault) => fault.id === id)?.words : undefined)
  const send = () => {
    if (faults.length > 0 || gaps.length === 0) return setAttempt((n) => n + 1)
    void deed.run({ params: { id: declaration.id }, body: { revision: declaration.revision, gaps: gaps.map(({ field, text }) => ({ field, text: text.trim() })), ...(again ? { reason: reason.trim() } : {}), ...(ticks ? { ticked: ticks } : {}) } })
  }
  return (
    <Section title={t('gap.editor')}>
      <div ref={box} className="fg-form fg-gaps">
        <p className="fg-quiet">{t(again ? 'gap.againHelp' : 'gap.editorHelp')}</p>
        <Summary title={attempt > 0 && faults.length > 0 ? t('gap.faults', { count: faults.length }) : undefined} items={faults} attempt={attempt} />
        <Refusal problem={deed.problem} latest={() => { deed.reset(); void read.refetch() }} />
        {again ? <Field id="gap-reason" label={t('gap.reason')} help={t('gap.reasonHelp')} error={errorOf('gap-reason')}><Input.TextArea id="gap-reason" value={reason} maxLength={500} rows={2} onChange={(event) => setReason(event.target.value)} /></Field> : null}
        {gaps.map((gap, i) => (
          <fieldset key={gap.key} className="fg-gap">
            <legend>{t('gap.nth', { n: i + 1 })}<Button type="link" danger size="small" aria-label={t('gap.removeNth', { n: i + 1 })} onClick={() => setGaps((rows) => rows?.filter((row) => row.key !== gap.key))}>{t('gap.remove')}</Button></legend>
            <Field id={`gap-${gap.key}-field`} label={t('gap.field')} error={errorOf(`gap-${gap.key}-field`)}><Select id={`gap-${gap.key}-field`} value={gap.field || null} options={options} onChange={(field: string) => change(gap.key, { field })} showSearch={{ optionFilterProp: 'label' }} placeholder={t('gap.choose')} /></Field>
            <Field id={`gap-${gap.key}-text`} label={t('gap.text')} error={errorOf(`gap-${gap.key}-text`)}><Input.TextArea id={`gap-${gap.key}-text`} value={gap.text} maxLength={300} rows={2} onChange={(event) => change(gap.key, { text: event.target.value })} /></Field>
          </fieldset>
        ))}
        <div className="fg-row">
          <Button onClick={() => setGaps((rows) => [...(rows ?? []), { key: (rows ?? []).reduce((most, row) => Math.max(most, row.key), 0) + 1, field: '', text: '' }])}>{t('gap.another')}</Button>
          <Button type="primary" loading={deed.running} disabled={gaps.length === 0} onClick={send}>{t('gap.send', { count: gaps.length })}</Button>
          <Button type="link" onClick={() => setGaps(undefined)}>{t('gap.cancel')}</Button>
        </div>
      </div>
    </Section>
  )
}
