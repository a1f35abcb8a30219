// What went wrong, at the top of a form: takes the focus and leads to each field with the words that stand beside it.
import { useEffect, useRef, type MouseEvent } from 'react'

export interface SummaryProps { title: string | undefined; items: { id: string; words: string }[]; attempt?: number }
export function Summary({ title, items, attempt }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const shown = title !== undefined
  useEffect(() => {
    if (!shown) return
    box.current?.focus({ preventScroll: true })
    box.current?.scrollIntoView({ block: 'center' })
  }, [shown, attempt])
  if (!shown) return null
  return (
    <div className="fg-summary" ref={box} tabIndex={-1} role="alert">
      <h2>{title}</h2>
      {items.length > 0 ? (
        <ul>{items.map(({ id, words }) => <li key={id}><a href={`#${id}`} onClick={(event) => leadTo(event, id)}>{words}</a></li>)}</ul>
      ) : null}
    </div>
  )
}
function leadTo(event: MouseEvent, id: string): void {
  event.preventDefault()
  const field = document.getElementById(id)
  // A group holds its controls; the first of them is where one goes on.
  const control = field?.matches('input,textarea,select,button,[tabindex]:not([tabindex="-1"])') ? field : (field?.querySelector<HTMLElement>('input,textarea,select,button') ?? field)
  control?.focus({ preventScroll: true })
  ;(field?.closest('.fg-field') ?? field)?.scrollIntoView({ block: 'center' })
}
