// Chooses a field of the dictionary to ask for: searched by name or other word, with what it is for and who already asks.
import { listFields } from '@fugong/contract/forms.edit'
import type { DictionaryField } from '@fugong/contract/fields'
import { Input } from 'antd'
import { useState } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Ready } from '../../ui/states.tsx'

export function DictionaryPicker({ open, onClose, onPick }: { open: boolean; onClose: () => void; onPick: (field: DictionaryField) => void }) {
  const t = useText('forms')
  const [typed, type] = useState('')
  const read = useRead(listFields, {}, { enabled: open, staleTime: 30_000 })
  const wanted = typed.trim().toLowerCase()
  return (
    <Panel open={open} title={t('pickTitle')} sub={t('pickSub')} onClose={onClose}>
      <Input aria-label={t('searchFields')} placeholder={t('searchFields')} value={typed} onChange={(event) => type(event.target.value)} autoFocus />
      <Ready read={read}>{({ items }) => {
        const found = items.filter(({ field }) => !wanted || [field.code, field.name.zh, field.name.en, ...(field.synonyms ?? [])].some((word) => word.toLowerCase().includes(wanted)))
        if (found.length === 0) return <Empty title={t('pickNone')} text={t('pickNoneText')} />
        return (
          <ul className="fm-pick">{found.map(({ field, forms }) => (
            <li key={field.code}><button type="button" onClick={() => onPick(field)}>
              <strong>{pick(field.name)}</strong> <span className="fg-quiet">{t(`type.${field.type}`)}</span>
              <span className="fg-quiet">{pick(field.purpose)}</span>
              <span className="fg-quiet">{field.source === 'asked' ? (forms.length > 0 ? t('pickAsked', { forms: forms.join(t('q.comma')) }) : t('pickFree')) : t('pickKnown', { source: t(`source.${field.source}`) })}</span>
            </button></li>
          ))}</ul>
        )
      }}</Ready>
    </Panel>
  )
}
