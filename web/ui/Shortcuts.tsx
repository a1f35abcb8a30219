// Keys of the screens: declared where they work, listed by `?`, silent while one types.
import { Modal } from 'antd'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useText } from '../base/i18n.ts'

interface Shortcut { keys: string; label: string; run: (event: KeyboardEvent) => void }
let known: readonly Shortcut[] = []
const listeners = new Set<() => void>()
function change(next: readonly Shortcut[]): void {
  known = next
  for (const listener of listeners) listener()
}
/** A dialog that was closed may stay in the document, hidden. */
const dialogOpen = () => [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.getClientRects().length > 0)
const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Declares a key (`/`, `j`, `?`) for as long as the component stands; the newest declaration of a key wins. */
export function useShortcut(keys: string, label: string, run: (event: KeyboardEvent) => void, enabled = true): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (!enabled) return
    const own: Shortcut = { keys, label, run: (event) => latest.current(event) }
    change([...known, own])
    return () => change(known.filter((other) => other !== own))
  }, [keys, label, enabled])
}

/** Listens for all declared keys and shows the list; stands once per shell. */
export function ShortcutsHost() {
  const t = useText('ui')
  const [open, setOpen] = useState(false)
  const list = useSyncExternalStore((listener) => { listeners.add(listener); return () => void listeners.delete(listener) }, () => known)
  useShortcut('?', t('shortcutHelp'), () => setOpen(true))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // An open dialog has the keyboard to itself.
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || dialogOpen()) return
      const found = known.findLast((shortcut) => shortcut.keys === event.key)
      if (!found) return
      event.preventDefault()
      found.run(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const shown = list.filter((shortcut, i) => list.findLastIndex((other) => other.keys === shortcut.keys) === i)
  return (
    <Modal open={open} title={t('shortcuts')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
      <dl className="fg-keys">{shown.map((shortcut) => <div key={shortcut.keys}><dt><kbd>{signOf(shortcut.keys)}</kbd></dt><dd>{shortcut.label}</dd></div>)}</dl>
    </Modal>
  )
}
/** Keys without a sign of their own. */
const signOf = (keys: string) => ({ ' ': '␣', ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' })[keys] ?? keys
/** Opens the list as if `?` had been pressed. */
export function showShortcuts(): void {
  known.findLast((shortcut) => shortcut.keys === '?')?.run(new KeyboardEvent('keydown', { key: '?' }))
}
