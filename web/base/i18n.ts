// The two languages of every screen: which one is spoken, texts loaded per module, and bilingual data shown in it.
import type { Bilingual } from '@fugong/contract/base'
import i18next, { type TFunction } from 'i18next'
import { useEffect } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { speakLanguage } from './api.ts'

export type Language = 'zh' | 'en'
export type TextLoader = (language: Language, module: string) => Promise<Record<string, unknown>>
const REMEMBERED = 'fugong.language'
const TAGS = { zh: 'zh-CN', en: 'en' } as const

/** `?lang=en` wins and is remembered; then what was chosen before; Chinese otherwise. */
export function firstLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang') ?? remembered
  return asked?.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

/** Starts the texts; `load` knows where a module's texts lie. Texts are written with `{name}`, as in the contract. */
export async function startTexts(load: TextLoader): Promise<void> {
  const language = firstLanguage(location.search, recall())
  await i18next
    .use({
      type: 'backend' as const,
      init: () => undefined,
      read: (spoken: string, module: string, done: (error: Error | null, texts?: Record<string, unknown>) => void) => {
        load(spoken as Language, module).then((texts) => done(null, texts), (error: Error) => done(error))
      },
    })
    .use(initReactI18next)
    .init({
      lng: language, fallbackLng: false, supportedLngs: ['zh', 'en'], load: 'languageOnly',
      ns: ['base', 'ui'], defaultNS: 'base', fallbackNS: 'base', keySeparator: '.', nsSeparator: ':',
      interpolation: { prefix: '{', suffix: '}', escapeValue: false }, react: { useSuspense: true },
    })
  settle(language)
  if (new URLSearchParams(location.search).has('lang')) remember(language)
  i18next.on('languageChanged', (spoken) => settle(spoken as Language))
}

function settle(language: Language): void {
  document.documentElement.lang = TAGS[language]
  speakLanguage(TAGS[language])
}
function recall(): string | null {
  try { return localStorage.getItem(REMEMBERED) } catch { return null }
}
function remember(language: Language): void {
  // Private windows may refuse storage; the choice then lasts as long as the page.
  try { localStorage.setItem(REMEMBERED, language) } catch { /* nothing to keep it in */ }
}

/** The language now spoken. In components use `useLanguage`, which also hears of changes. */
export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'zh'
}
export async function speak(wanted: Language): Promise<void> {
  remember(wanted)
  await i18next.changeLanguage(wanted)
}
export function useLanguage(): Language {
  return useTranslation('base').i18n.language === 'en' ? 'en' : 'zh'
}

export type Say = (key: string, params?: Record<string, unknown>) => string
/** The texts of a module; a missing key falls back to `base` and then shows itself. The screen follows a change of language. */
export function useText(module: string): Say {
  return useTranslation(module).t as TFunction as Say
}
/** Texts of one module outside of a component; they must have been loaded. */
export function say(module: string, key: string, params?: Record<string, unknown>): string {
  return i18next.t(key, { ns: module, ...params })
}
/** Whether a text is there, for words that data choose (`declarations:state.filed`). */
export function hasText(module: string, key: string): boolean {
  return i18next.exists(key, { ns: module })
}
/** Loads a module's texts beside its route. */
export async function loadTexts(...modules: string[]): Promise<void> {
  await i18next.loadNamespaces(modules)
}

/** A bilingual value in the language now spoken. The component must follow the language (`useText`, `useLanguage` or `usePick`). */
export function pick(value: Bilingual | null | undefined): string {
  return value ? value[language()] : ''
}
export function usePick(): (value: Bilingual | null | undefined) => string {
  useLanguage()
  return pick
}

/** Names the page in the browser's title. */
export function useTitle(title: string | undefined): void {
  const spoken = useLanguage()
  useEffect(() => {
    const product = spoken === 'en' ? 'Fugong' : '复工'
    document.title = title ? `${title} · ${product}` : product
  }, [title, spoken])
}
