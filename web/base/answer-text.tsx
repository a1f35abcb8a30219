// One answer as it is read: yes and no, numbers with their unit, codes by their names, rows of a group one under the other.
import type { FileInfo } from '@fugong/contract/files'
import { downloadFile, isOpen } from '@fugong/contract/files'
import { isRows } from '@fugong/contract/forms.engine'
import type { Answer, FormField } from '@fugong/contract/forms'
import { addressOf } from './api.ts'
import { useAreas } from './areas.ts'
import { day, instant, number } from './format.ts'
import { pick, useText } from './i18n.ts'

export interface AnswerTextProps { field: FormField; answer: Answer | undefined; required?: boolean; files?: readonly FileInfo[] }
export function AnswerText({ field, answer, required = false, files = [] }: AnswerTextProps) {
  const t = useText('base')
  if (answer === null || answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) {
    const words = field.computed === undefined ? (required ? 'q.missing' : 'q.none') : 'q.notYet'
    return <span className={required ? 'fg-answer-none' : 'fg-quiet'}>{t(words)}</span>
  }
  if (typeof answer === 'boolean') return <span className={answer ? 'fg-answer-yes' : 'fg-answer-no'}>{t(answer ? 'q.yes' : 'q.no')}</span>
  if (typeof answer === 'number') return <span className="fg-num">{number(Math.round(answer * 100) / 100)}{field.unit ? ` ${pick(field.unit)}` : ''}</span>
  const nameOf = (value: string) => { const choice = field.codes?.find((other) => other.value === value); return choice ? pick(choice.label) : value }
  if (isRows(answer)) {
    return (
      <ol className="fg-answer-rows">{answer.map((row, index) => (
        <li key={index}>{(field.fields ?? []).filter((inner) => row[inner.code] !== undefined && row[inner.code] !== null).map((inner) => <span key={inner.code}><span className="fg-quiet">{pick(inner.label)}</span> <AnswerText field={inner} answer={row[inner.code]} files={files} /></span>)}</li>
      ))}</ol>
    )
  }
  if (Array.isArray(answer)) {
    if (field.type !== 'file') return <span>{(answer as string[]).map(nameOf).join(t('q.comma'))}</span>
    return <ul className="fg-plainlist">{(answer as string[]).map((id) => { const file = files.find((other) => other.id === id); return <li key={id}>{file && isOpen(file) ? <a href={addressOf(downloadFile, { params: { id } })} target="_blank" rel="noreferrer">{file.name}</a> : (file?.name ?? t('q.fileUnknown'))}</li> })}</ul>
  }
  if (field.type === 'code') return <span>{nameOf(answer)}</span>
  if (field.type === 'area') return <AreaName code={answer} />
  return <span className="fg-answer-text">{field.type === 'day' ? day(answer) : field.type === 'moment' ? instant(answer) : answer}</span>
}
function AreaName({ code }: { code: string }) {
  const { pathOf } = useAreas()
  return <span>{pathOf(code) || code}</span>
}
