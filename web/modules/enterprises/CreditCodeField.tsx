// The credit code with its check while one types: which character should be what, and what to do when it is nevertheless right.
import { Checkbox, Input } from 'antd'
import type { AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { wordsOfIssue } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { readCode, tidyCode } from './creditCode.ts'

export function CreditCodeField({ form }: { form: AnyForm }) {
  const t = useText('enterprises')
  const code = (form.valueAt('/creditCode') as string) || ''
  const issued = Boolean(form.valueAt('/issued'))
  const reading = readCode(code)
  const id = form.idAt('/creditCode')
  const error = form.errorAt('/creditCode')
  const live = error ? undefined
    : reading.kind === 'short' ? { tone: 'quiet', words: t('code.short', { length: reading.length }) }
    : reading.kind === 'character' ? { tone: 'bad', words: t(reading.instead ? 'code.characterInstead' : 'code.character', { place: reading.place, character: reading.character, instead: reading.instead ?? '' }) }
    : reading.kind === 'digit' ? { tone: 'bad', words: wordsOfIssue(reading.issue, form.labelAt('/creditCode')) }
    : reading.kind === 'registration' ? { tone: 'quiet', words: t('code.registration') }
    : reading.kind === 'right' ? { tone: 'good', words: t('code.right') } : undefined
  return (
    <>
      <Field id={id} label={form.labelAt('/creditCode')} help={t('code.help')} error={error}>
        <Input id={id} className="fg-mono" value={code} maxLength={30} autoComplete="off" spellCheck={false} autoCapitalize="characters" aria-describedby={`${id}-help ${id}-live${error ? ` ${id}-error` : ''}`} {...(error ? { status: 'error', 'aria-invalid': true } : {})} onChange={(event) => form.set('/creditCode', tidyCode(event.target.value))} />
        <div id={`${id}-live`} className={`fg-code-live fg-code-${live?.tone ?? 'quiet'}`} aria-live="polite">{live?.words}</div>
      </Field>
      {reading.kind === 'digit' ? (
        <>
          <Checkbox className="fg-code-issued" checked={issued} onChange={(event) => { form.set('/issued', event.target.checked); if (event.target.checked) form.set('/creditCode', code) }}>{t('code.issued')}</Checkbox>
          {issued ? <FormField form={form} path="/creditCodeReason" help={t('code.reasonHelp')}><Input maxLength={200} /></FormField> : null}
        </>
      ) : null}
    </>
  )
}
