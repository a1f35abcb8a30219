// The choices of a question: code and words in both languages, moved by buttons.
import type { Issue } from '@fugong/contract/base'
import type { Choice } from '@fugong/contract/fields'
import { Button, Input } from 'antd'
import { useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'

export function CodesField({ id, value, onChange, faults }: { id: string; value: readonly Choice[] | undefined; onChange: (codes: Choice[]) => void; faults: readonly Issue[] }) {
  const t = useText('forms')
  const codes = value ?? []
  const put = (at: number, next: Partial<Choice>) => onChange(codes.map((one, place) => (place === at ? { ...one, ...next } : one)))
  const move = (at: number, by: 1 | -1) => { const copy = [...codes]; [copy[at], copy[at + by]] = [copy[at + by]!, copy[at]!]; onChange(copy) }
  const error = faults[0] ? wordsOfIssue(faults[0], t('choices')) : undefined
  return (
    <Field id={id} label={t('choices')} group help={t('choicesHelp')} error={error}>
      <div className="fm-codes" id={id}>
        {codes.map((code, at) => (
          <div key={at} className="fm-code-row" role="group" aria-label={t('choiceNth', { n: at + 1 })}>
            <Input className="fg-mono" aria-label={t('choiceCode')} value={code.value} maxLength={60} onChange={(event) => put(at, { value: event.target.value })} />
            <Input aria-label={t('choiceZh')} value={code.label.zh} maxLength={400} onChange={(event) => put(at, { label: { ...code.label, zh: event.target.value } })} />
            <Input aria-label={t('choiceEn')} value={code.label.en} maxLength={800} onChange={(event) => put(at, { label: { ...code.label, en: event.target.value } })} />
            <span className="fm-code-deeds">
              <Button type="text" aria-label={t('up')} disabled={at === 0} onClick={() => move(at, -1)}>↑</Button>
              <Button type="text" aria-label={t('down')} disabled={at === codes.length - 1} onClick={() => move(at, 1)}>↓</Button>
              <Button type="text" danger aria-label={t('removeChoice', { n: at + 1 })} onClick={() => onChange(codes.filter((_, place) => place !== at))}>×</Button>
            </span>
          </div>
        ))}
        <div><Button size="small" onClick={() => onChange([...codes, { value: `choice${codes.length + 1}`, label: { zh: '', en: '' } }])}>{t('addChoice')}</Button></div>
      </div>
    </Field>
  )
}
