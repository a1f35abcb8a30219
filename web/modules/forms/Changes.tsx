// What a version changes against the one before, in words: pages and questions added, taken out, changed or moved.
import type { Form } from '@fugong/contract/forms'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { language, pick, useText, type Say } from '../../base/i18n.ts'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { changesOf, type Change } from './document.ts'

const TONES: Record<Change['what'], Tone> = { added: 'good', removed: 'bad', changed: 'warn', moved: 'info' }
export function Changes({ before, after }: { before: Form | null; after: Form }) {
  const t = useText('forms')
  const { nameOf } = useAreas()
  const all = changesOf(before, after)
  if (!before) return <p className="fg-quiet">{t('changesNew', { count: all.length })}</p>
  if (all.length === 0) return <p className="fg-quiet">{t('changesNone', { version: before.version })}</p>
  return (
    <>
      <p>{t('changesAgainst', { version: before.version, count: all.length })}</p>
      <ul className="fm-changes">{all.map((change) => (
        <li key={`${change.kind}${change.code}${change.what}`}>
          <StatusTag tone={TONES[change.what]}>{t(`change.${change.what}`)}</StatusTag> <strong>{change.kind === 'head' ? t('head') : pick(change.label) || change.code}</strong> {change.code ? <span className="fg-mono fg-quiet">{change.code}</span> : null}
          {change.parts.length > 0 ? <dl>{change.parts.map(({ part, before: old, after: next }) => <div key={part}><dt>{t(`partName.${part}`)}</dt><dd><del>{said(part, old, t, nameOf)}</del> → <ins>{said(part, next, t, nameOf)}</ins></dd></div>)}</dl> : null}
        </li>
      ))}</ul>
    </>
  )
}
/** A part of a document as a reader sees it. */
function said(part: string, value: unknown, t: Say, nameOf: (code: string) => string): string {
  if (value === undefined || value === null || value === '') return t('nothing')
  if (typeof value === 'boolean') return t(value ? 'q.yes' : 'q.no')
  if (part === 'effectiveFrom') return instant(String(value))
  if (part === 'areaCode') return nameOf(String(value))
  if (part === 'type') return t(`type.${String(value)}`)
  if (part === 'known') return t(`source.${String(value)}`)
  if (Array.isArray(value)) return value.map((one) => said('', one, t, nameOf)).join(t('q.comma'))
  if (typeof value === 'object') {
    const one = value as { zh?: string; en?: string; label?: { zh: string; en: string }; when?: string; message?: { zh: string; en: string } }
    if (typeof one.zh === 'string') return one[language()] ?? one.zh
    if (one.label) return pick(one.label)
    if (one.when) return `${one.when}（${one.message ? pick(one.message) : ''}）`
    return Object.values(value).map((inner) => said('', inner, t, nameOf)).join('；')
  }
  return String(value)
}
