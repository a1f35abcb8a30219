// The group a firm belongs to: who stands above it, its subsidiaries and branches, each with the days it holds.
import type { Enterprise } from '@fugong/contract/enterprises'
import { addParent, endRelation, listRelations, relationKinds, type Relation } from '@fugong/contract/enterprises.register'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'
import { doerWords } from './doers.ts'

/** `page` leads to another firm's page on this face. */
export function GroupTab({ firm, page }: { firm: Enterprise; page: (id: string) => string }) {
  const t = useText('enterprises')
  const read = useRead(listRelations, { params: { id: firm.id } })
  const [adding, add] = useState(false)
  const [ending, end] = useState<Relation | undefined>(undefined)
  return (
    <Ready read={read}>{({ items, can }) => (
      <>
        {(['parent', 'child'] as const).map((side) => (
          <Section key={side} title={t(`relation.${side}`)} extra={side === 'parent' && can.includes('addParent') ? <Button onClick={() => add(true)}>{t('relation.add')}</Button> : undefined}>
            {items.some((one) => one.side === side) ? (
              <ul className="fg-rows">
                {items.filter((one) => one.side === side).map((one) => (
                  <li key={one.id} className={one.until ? 'fg-over' : undefined}>
                    {one.other.visible ? <Link to={page(one.other.id)}>{one.other.name}</Link> : <strong>{one.other.name}</strong>}
                    <span className="fg-mono fg-quiet">{one.other.creditCode}</span><span>{t(`relation.kind.${one.kind}`)}</span>
                    <span className="fg-quiet">{one.until ? t('flag.span', { from: one.from, until: one.until }) : t('flag.since', { from: one.from })}</span>
                    {one.can.includes('end') ? <Button type="link" danger aria-label={t('relation.endNamed', { name: one.other.name })} onClick={() => end(one)}>{t('relation.end')}</Button> : null}
                    <span className="fg-row-text fg-quiet">{[one.reason, t('relation.by', { who: doerWords(one.setBy, t) })].filter(Boolean).join(' · ')}</span>
                  </li>
                ))}
              </ul>
            ) : <p className="fg-quiet">{t(`relation.none.${side}`)}</p>}
          </Section>
        ))}
        <FormDialog open={adding} title={t('relation.addTitle', { name: firm.name })} onCancel={() => add(false)}><AddForm firm={firm} onClose={() => add(false)} /></FormDialog>
        <FormDialog open={ending !== undefined} title={t('relation.endTitle', { name: ending?.other.name ?? '' })} onCancel={() => end(undefined)}>{ending ? <EndForm firm={firm} relation={ending} onClose={() => end(undefined)} /> : null}</FormDialog>
      </>
    )}</Ready>
  )
}
function AddForm({ firm, onClose }: { firm: Enterprise; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(addParent, {
    initial: { parentCode: '', kind: 'subsidiary' as Relation['kind'], from: today() as string | null, reason: '' }, params: { id: firm.id }, invalidates: [listRelations],
    labels: { '/parentCode': t('relation.code'), '/kind': t('relation.kindLabel'), '/from': t('flag.from'), '/reason': t('event.reasonOptional') },
    body: ({ parentCode, kind, from, reason }) => ({ parentCode: parentCode.trim().toUpperCase(), kind, from: from ?? '', ...(reason.trim() ? { reason: reason.trim() } : {}) }), check: (values) => missing(values, ['/parentCode', '/from']),
  })
  return (
    <DialogForm form={form} deed={t('relation.add')} note={t('relation.addNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/parentCode" help={t('relation.codeHelp')}><Input className="fg-mono" maxLength={18} autoComplete="off" /></FormField>
      <FormField form={form} path="/kind" group><Radio.Group className="fg-choices" options={relationKinds.map((kind) => ({ value: kind, label: t(`relation.am.${kind}`) }))} /></FormField>
      <FormField form={form} path="/from"><DayInput className="fg-day" max={today()} /></FormField>
      <FormField form={form} path="/reason" optional><Input maxLength={300} autoComplete="off" /></FormField>
    </DialogForm>
  )
}
function EndForm({ firm, relation, onClose }: { firm: Enterprise; relation: Relation; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(endRelation, {
    initial: { until: today() as string | null, reason: '' }, params: { id: firm.id, relationId: relation.id }, invalidates: [listRelations], labels: { '/until': t('flag.until'), '/reason': t('flag.reason') },
    body: ({ until, reason }) => ({ until: until ?? '', reason: reason.trim() }), check: (values) => missing(values, ['/until', '/reason']),
  })
  return (
    <DialogForm form={form} deed={t('relation.end')} danger note={t('flag.endNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/until"><DayInput className="fg-day" min={relation.from} max={today()} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
