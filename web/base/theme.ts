// Which display is chosen (light, dark, as the system), remembered, and told to everything that shows.
import { useSyncExternalStore } from 'react'

export type Tone = 'light' | 'dark'
const REMEMBERED = 'fugong.theme'

const listeners = new Set<() => void>()
const prefersDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined
export type ToneChoice = Tone | 'system'
let choice: ToneChoice = recall()
function recall(): ToneChoice {
  try {
    const kept = localStorage.getItem(REMEMBERED)
    return kept === 'dark' || kept === 'light' ? kept : 'system'
  } catch { return 'system' }
}
const toneNow = (): Tone => (choice === 'system' ? (prefersDark?.matches ? 'dark' : 'light') : choice)
function announce(): void {
  document.documentElement.dataset['theme'] = toneNow()
  for (const listener of listeners) listener()
}
export function chooseTone(next: ToneChoice): void {
  choice = next
  try { next === 'system' ? localStorage.removeItem(REMEMBERED) : localStorage.setItem(REMEMBERED, next) } catch { /* lasts as long as the page */ }
  announce()
}
export function startTheme(): void {
  lendNonce()
  prefersDark?.addEventListener?.('change', announce)
  announce()
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export function useTone(): { tone: Tone; choice: ToneChoice } {
  const tone = useSyncExternalStore(subscribe, toneNow)
  const chosen = useSyncExternalStore(subscribe, () => choice)
  return { tone, choice: chosen }
}
/** Parts of antd (scroll lock, measuring) write style elements without asking for the nonce; every style element this page makes receives it. */
function lendNonce(): void {
  const nonce = styleNonce()
  if (!nonce) return
  const create = document.createElement.bind(document) as typeof document.createElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
}
/** The nonce of this page load, for styles that antd writes at run time. */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  return meta && !meta.startsWith('__') ? meta : undefined
}
