// What is known of one area, what lies below it, and how a street adds a community.
import { addCommunity, listAreas, type Area } from '@fugong/contract/areas'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'

export function AreaDetail({ area, onChoose }: { area: Area; onChoose: (code: string) => void }) {
  const t = useText('areas')
  const { nameOf, childrenOf } = useAreas()
  const [adding, setAdding] = useState(false)
  const street = area.kind === 'street'
  const below = useRead(listAreas, { query: { parent: area.code } }, { enabled: street })
  const mayAdd = street && (below.data?.can.includes('addCommunity') ?? false)
  const counts = (['district', 'devZone', 'street'] as const).map((kind) => ({ kind, count: childrenOf(area.code, kind).length })).filter(({ count }) => count > 0)
  const add = <Button type="primary" onClick={() => setAdding(true)}>{t('add')}</Button>
  return (
    <Section title={pick(area.name)} extra={mayAdd ? add : null}>
      <Facts items={[
        { label: t('code'), value: <span className="fg-mono">{area.code}</span> },
        { label: t('kindField'), value: t(`kind.${area.kind}`), source: area.sample ? t('sample') : undefined },
        { label: t('nameZh'), value: area.name.zh }, { label: t('nameEn'), value: area.name.en },
        area.parent ? { label: t('parent'), value: <Names codes={[area.parent]} nameOf={nameOf} onChoose={onChoose} /> } : null,
        area.hosts.length > 0 ? { label: t('hosts'), value: <><Names codes={area.hosts} nameOf={nameOf} onChoose={onChoose} /><div className="fg-quiet">{t('hostsHelp')}</div></>, wide: true } : null,
        counts.length > 0 ? { label: t('below'), value: counts.map(({ kind, count }) => t('belowCount', { kind: t(`kind.${kind}`), count })).join(' · '), wide: true } : null,
      ]} />
      {street ? (
        <>
          <h3 className="ar-sub">{t('communities')}</h3>
          <Ready read={below} lines={2}>{({ items }) => items.length === 0 ? <Empty title={t('communitiesNone')} text={t('communitiesNoneText')} action={mayAdd ? add : null} /> : <ul className="ar-found">{items.map((item) => <li key={item.code}><button type="button" className="ar-name" onClick={() => onChoose(item.code)}><span>{pick(item.name)}</span><span className="fg-mono fg-quiet">{item.code}</span></button></li>)}</ul>}</Ready>
          <FormDialog open={adding} title={t('addTo', { street: pick(area.name) })} onCancel={() => setAdding(false)}>
            <AddForm street={area} taken={below.data?.items ?? []} onCancel={() => setAdding(false)} onDone={(code) => { setAdding(false); onChoose(code) }} />
          </FormDialog>
        </>
      ) : null}
    </Section>
  )
}

function Names({ codes, nameOf, onChoose }: { codes: string[]; nameOf: (code: string) => string; onChoose: (code: string) => void }) {
  return <span className="ar-names">{codes.map((code) => <Button key={code} type="link" className="ar-link" onClick={() => onChoose(code)}>{nameOf(code)}</Button>)}</span>
}

/** The number after the largest one in use; streets give them in order. */
export function nextCommunityCode(street: string, taken: readonly { code: string }[]): string {
  const largest = Math.max(0, ...taken.filter((area) => area.code.startsWith(street)).map((area) => Number(area.code.slice(9))))
  return `${street}${String(Math.min(999, largest + 1)).padStart(3, '0')}`
}

function AddForm({ street, taken, onCancel, onDone }: { street: Area; taken: Area[]; onCancel: () => void; onDone: (code: string) => void }) {
  const t = useText('areas')
  const form = useForm(addCommunity, {
    initial: { street: street.code, code: nextCommunityCode(street.code, taken), name: { zh: '', en: '' } },
    labels: { '/name/zh': t('nameZh'), '/name/en': t('nameEn'), '/code': t('codeStart') },
    check: (values) => missing(values, ['/name/zh', '/name/en', '/code']),
    invalidates: [listAreas],
  })
  return (
    <DialogForm form={form} deed={t('add')} onCancel={onCancel} onDone={() => onDone(form.values.code)}>
      <FormField form={form} path="/name/zh" help={t('addNameHelp')}><Input maxLength={40} autoComplete="off" /></FormField>
      <FormField form={form} path="/name/en" help={t('addEnHelp')}><Input maxLength={80} autoComplete="off" /></FormField>
      <FormField form={form} path="/code" help={t('addCodeHelp', { street: street.code })}><Input className="fg-mono" maxLength={12} inputMode="numeric" autoComplete="off" /></FormField>
    </DialogForm>
  )
}
