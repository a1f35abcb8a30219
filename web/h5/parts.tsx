// The parts the phone pages are built of: frame, field, summary of faults, and the mark.
import { render, type ComponentChildren, type ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { caring, chooseCare, language, onChange, read, speak, start, t } from './kit.ts'
import './h5.css'

/** Puts a page on the screen and draws it again when language or care mode changes. */
export function show(Page: ComponentType): void {
  start()
  function Root() {
    const [turn, redraw] = useState(0)
    useEffect(() => onChange(() => redraw((n) => n + 1)), [])
    return <Page key="page" {...({ turn } as object)} />
  }
  void read().then(() => render(<Root />, document.getElementById('root')!))
}

export function Mark() {
  return (
    <svg class="mark" width="30" height="30" viewBox="0 0 32 32" aria-hidden="true" fill="currentColor">
      <path d="M3 5h26v4H3zM5 11h3v17H5zM24 11h3v17h-3z" /><path d="M9.500 11 14 14v11l-4.500 3zM22.500 11 18 14v11l4.500 3z" opacity=".62" />
    </svg>
  )
}
export function Frame({ title, wide, children }: { title: string; wide?: boolean; children: ComponentChildren }) {
  useEffect(() => { document.title = `${title} · ${t('product')}` })
  const other = language() === 'zh' ? 'en' : 'zh'
  return (
    <div class={wide ? 'page wide' : 'page'}>
      <header class="bar">
        <a class="brand" href="/"><Mark /><span>{t('brand')}</span></a>
        <span class="bar-end">
          <button type="button" class="plain" aria-pressed={caring()} onClick={() => chooseCare(!caring())}>{t(caring() ? 'careOff' : 'care')}</button>
          <button type="button" class="plain" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => speak(other)}>{other === 'zh' ? '中文' : 'English'}</button>
        </span>
      </header>
      <main>{children}</main>
    </div>
  )
}

export interface FieldProps {
  id: string; label: string; help?: ComponentChildren; error?: string | undefined; value: string; onValue: (value: string) => void
  type?: 'text' | 'tel' | 'password'; inputMode?: 'numeric' | 'tel' | 'text'; autoComplete?: string; maxLength?: number; beside?: ComponentChildren; wrap?: boolean; mono?: boolean; placeholder?: string
}
export function Field({ id, label, help, error, value, onValue, type = 'text', inputMode, autoComplete, maxLength, beside, wrap, mono, placeholder }: FieldProps) {
  const described = (help ? `${id}-help ` : '') + (error ? `${id}-error` : '')
  return (
    <div class={error ? 'field faulty' : 'field'}>
      <label for={id}>{label}</label>
      {help ? <div class="help" id={`${id}-help`}>{help}</div> : null}
      {error ? <div class="error" id={`${id}-error`}>{error}</div> : null}
      <div class={wrap ? 'beside wrap' : 'beside'}>
        <input id={id} name={id} type={type as 'text'} inputMode={inputMode} autoComplete={autoComplete} autoCapitalize="none" spellcheck={false} maxLength={maxLength} placeholder={placeholder} class={mono ? 'mono' : undefined}
          value={value} aria-invalid={error ? true : undefined} aria-describedby={described.trim() || undefined} onInput={(event) => onValue(event.currentTarget.value)} />
        {beside}
      </div>
    </div>
  )
}
/** A password with a switch to see it. */
export function Password(props: Omit<FieldProps, 'type' | 'beside'>) {
  const [seen, see] = useState(false)
  return <Field {...props} type={seen ? 'text' : 'password'} beside={<button type="button" class="side" aria-pressed={seen} aria-controls={props.id} onClick={() => see(!seen)}>{t(seen ? 'hide' : 'show')}</button>} />
}

export type Errors = Record<string, string>
/** What went wrong, at the top: with a single field at fault the focus goes to it, else here. */
export function Summary({ refusal, errors, attempt }: { refusal: string | undefined; errors: Errors; attempt: number }) {
  const box = useRef<HTMLDivElement>(null)
  const ids = Object.keys(errors)
  useEffect(() => {
    if (!attempt) return
    const only = ids.length === 1 && !refusal ? document.getElementById(ids[0]!) : null
    const to = only || box.current
    if (to) to.focus()
  }, [attempt])
  if (!refusal && ids.length === 0) return null
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{refusal || t('faults', { count: ids.length })}</h2>
      {ids.length > 0 ? <ul>{ids.map((id) => <li key={id}><a href={`#${id}`} onClick={(event) => { event.preventDefault(); const field = document.getElementById(id); if (field) field.focus() }}>{errors[id]}</a></li>)}</ul> : null}
    </div>
  )
}
export function Submit({ sending, children }: { sending: boolean; children: ComponentChildren }) {
  return <button type="submit" class="main-deed" aria-disabled={sending}>{sending ? t('sending') : children}</button>
}
