// What stands where content is not: loading (in words), empty (what would fill it), failed (what happened, what to do).
import { useEffect, useState, type ReactNode } from 'react'
import { useText } from '../base/i18n.ts'
import { wordsOf } from '../base/words.ts'

/** Grey lines where text will stand; after a second it says so in words. */
export function Loading({ lines = 4, label }: { lines?: number; label?: string }) {
  const t = useText('ui')
  const slow = useLate(1000)
  return (
    <div className="fg-loading" role="status" aria-live="polite">
      <span className={slow ? 'fg-loading-words' : 'fg-hidden'}>{label ?? t('loading')}</span>
      {Array.from({ length: lines }, (_, i) => <span key={i} className={`fg-bone fg-bone-${i % 4}`} />)}
    </div>
  )
}
function useLate(after: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return late
}

export function Empty({ title, text, action }: { title: ReactNode; text?: ReactNode; action?: ReactNode }) {
  return (
    <div className="fg-empty">
      <svg width="48" height="40" viewBox="0 0 48 40" fill="none" aria-hidden="true"><path d="M4 22 12 6h24l8 16v12H4V22Zm0 0h11l3 5h12l3-5h11" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" /></svg>
      <p className="fg-empty-title">{title}</p>
      {text ? <p className="fg-empty-text">{text}</p> : null}
      {action ? <div className="fg-empty-action">{action}</div> : null}
    </div>
  )
}

export function ErrorState({ error, retry, action }: { error: unknown; retry?: (() => void) | undefined; action?: ReactNode }) {
  const t = useText('ui')
  return (
    <div className="fg-error" role="alert">
      <p>{wordsOf(error)}</p>
      <div className="fg-error-deeds">{retry ? <button type="button" className="fg-button" onClick={retry}>{t('retry')}</button> : null}{action}</div>
    </div>
  )
}

/** The usual three states of a read around its content. */
export function Ready<T>({ read, children, lines }: { read: { data: T | undefined; error: unknown; refetch: () => unknown }; children: (data: T) => ReactNode; lines?: number }) {
  if (read.data !== undefined) return <>{children(read.data)}</>
  return read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={lines ?? 6} />
}
