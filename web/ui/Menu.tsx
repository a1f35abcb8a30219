// A button that opens a short list of links and deeds; arrows move, Escape closes and gives the focus back.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Link } from 'react-router'
import { CheckIcon, ChevronDown } from './icons.tsx'

export interface MenuItem { key: string; text: ReactNode; sub?: ReactNode; to?: string; href?: string; onChoose?: () => void; chosen?: boolean }
export interface MenuProps { label: string; button: ReactNode; items: (MenuItem | 'line')[]; className?: string; align?: 'left' | 'right'; bare?: boolean }
export function Menu({ label, button, items, className, align = 'left', bare }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => { if (!frame.current?.contains(event.target as Node)) setOpen(false) }
    document.addEventListener('pointerdown', outside)
    const first = frame.current?.querySelector<HTMLElement>('[data-chosen="true"]') ?? frame.current?.querySelector<HTMLElement>('[data-item]')
    first?.focus()
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const onKey = (event: KeyboardEvent) => {
    if (!open) return
    const all = [...(frame.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'Escape') { setOpen(false); opener.current?.focus() }
    else if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
    else if (event.key === 'Home') all[0]?.focus()
    else if (event.key === 'End') all.at(-1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const close = () => { setOpen(false); opener.current?.focus() }
  return (
    <div className={`fg-menu ${className ?? ''}`} ref={frame} onKeyDown={onKey} onBlur={(event) => { if (event.relatedTarget && !frame.current?.contains(event.relatedTarget)) setOpen(false) }}>
      <button type="button" ref={opener} className="fg-menu-button" title={label} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}><span className="fg-hidden">{label} </span>{button}{bare ? null : <ChevronDown />}</button>
      {open ? (
        <ul className={`fg-menu-list fg-menu-${align}`} id={id} aria-label={label}>
          {items.map((item, i) => item === 'line' ? <li key={`line-${i}`} className="fg-menu-line" aria-hidden="true" /> : <li key={item.key}><Entry item={item} close={close} /></li>)}
        </ul>
      ) : null}
    </div>
  )
}
function Entry({ item, close }: { item: MenuItem; close: () => void }) {
  const content = <><span className="fg-menu-check">{item.chosen ? <CheckIcon /> : null}</span><span className="fg-menu-text">{item.text}{item.sub ? <span className="fg-menu-sub">{item.sub}</span> : null}</span></>
  const shared = { className: 'fg-menu-item', 'data-item': '', 'data-chosen': item.chosen, ...(item.chosen === undefined ? {} : { 'aria-current': item.chosen }) }
  if (item.to) return <Link {...shared} to={item.to} onClick={close}>{content}</Link>
  if (item.href) return <a {...shared} href={item.href}>{content}</a>
  return <button type="button" {...shared} onClick={() => { close(); item.onChoose?.() }}>{content}</button>
}
