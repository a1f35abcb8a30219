// The pages and questions of a form in their order: chosen by click or arrow, moved by buttons or Alt with the arrows, added and taken out.
import type { Issue } from '@fugong/contract/base'
import type { Hint } from '@fugong/contract/forms.check'
import type { Form, FormField } from '@fugong/contract/forms'
import { Button } from 'antd'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { freshCode, freshPage, insertAfter, moveBy, pathOf, removeAt, type Spot } from './document.ts'

interface Props { form: Form; spot: Spot; choose: (spot: Spot) => void; change: (form: Form, spot: Spot) => void; /** The same, and writing goes on at the question of what was added. */ add: (form: Form, spot: Spot) => void; faults: readonly Issue[]; hints: readonly Hint[]; locked: boolean; pickField: () => void }
interface Item { spot: Spot; label: string; note: string; depth: number }

export function Outline({ form, spot, choose, change, add, faults, hints, locked, pickField }: Props) {
  const t = useText('forms')
  const box = useRef<HTMLOListElement>(null)
  const moved = useRef(false)
  const note = (field: FormField) => [t(`type.${field.type}`), field.required ? t('requiredShort') : '', field.computed !== undefined ? t('computedShort') : '', field.visibleWhen !== undefined ? t('conditionShort') : ''].filter(Boolean).join(' · ')
  const items: Item[] = [{ spot: '', label: t('head'), note: form.code, depth: 0 }, ...form.pages.flatMap((page, at): Item[] => [
    { spot: `${at}`, label: pick(page.title) || t('untitledPage', { n: at + 1 }), note: [t('pageCount', { count: page.fields.length }), page.visibleWhen !== undefined ? t('conditionShort') : ''].filter(Boolean).join(' · '), depth: 0 },
    ...page.fields.flatMap((field, place): Item[] => [
      { spot: `${at}/${place}`, label: pick(field.label) || t('untitled'), note: note(field), depth: 1 },
      ...(field.type === 'group' ? (field.fields ?? []).map((inner, n): Item => ({ spot: `${at}/${place}/${n}`, label: pick(inner.label) || t('untitled'), note: note(inner as FormField), depth: 2 })) : []),
    ]),
  ])]
  const here = items.findIndex((item) => item.spot === spot)
  useEffect(() => {
    const chosen = box.current?.querySelector<HTMLElement>('[aria-current="true"]')
    // Also what was added, or led to by a fault, is seen where it stands.
    chosen?.scrollIntoView({ block: 'nearest' })
    if (!moved.current) return
    moved.current = false
    chosen?.focus()
  }, [spot])
  const go = (to: Spot) => { moved.current = true; choose(to) }
  const move = (at: Spot, by: 1 | -1) => {
    if (at === '' || locked) return
    const done = moveBy(form, at, by)
    moved.current = true
    change(done.form, done.spot)
  }
  const onKey = (event: KeyboardEvent, at: Spot) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const by = event.key === 'ArrowUp' ? -1 : 1
    if (event.altKey) return move(at, by)
    const next = items[items.findIndex((item) => item.spot === at) + by]
    if (next) go(next.spot)
  }
  const remove = () => {
    const next = removeAt(form, spot)
    change(next, (items[here - 1]?.spot ?? '') as Spot)
  }
  const addPage = () => {
    const at = spot === '' ? form.pages.length - 1 : Number(spot.split('/')[0])
    const done = form.pages.length === 0 ? { form: { ...form, pages: [freshPage(form)] }, spot: '0' as Spot } : insertAfter(form, `${at}`, freshPage(form))
    add(done.form, done.spot)
  }
  const addField = () => { const done = addAfter(form, spot, { code: freshCode(form), type: 'text', label: { zh: '', en: '' } }); if (done) add(done.form, done.spot) }
  const count = (at: Spot, all: readonly { path: string }[]) => all.filter(({ path }) => (at === '' ? !path.startsWith('/pages/') : path === pathOf(at) || (path.startsWith(`${pathOf(at)}/`) && !/^\/fields\/\d+/.test(path.slice(pathOf(at).length))))).length
  return (
    <nav className="fm-outline" aria-label={t('outline')}>
      {locked ? null : (
        <div className="fm-outline-deeds">
          <div className="fg-row"><Button onClick={addPage}>{t('addPage')}</Button><Button disabled={form.pages.length === 0} onClick={addField}>{t('addField')}</Button><Button disabled={form.pages.length === 0} onClick={pickField}>{t('pickField')}</Button></div>
          <div className="fg-row"><Button disabled={spot === ''} aria-label={t('moveUp')} onClick={() => move(spot, -1)}>↑</Button><Button disabled={spot === ''} aria-label={t('moveDown')} onClick={() => move(spot, 1)}>↓</Button><Button danger disabled={spot === ''} onClick={remove}>{t('remove')}</Button></div>
          <p className="fg-quiet">{t('outlineKeys')}</p>
        </div>
      )}
      <ol ref={box}>{items.map((item) => {
        const wrong = count(item.spot, faults)
        const told = count(item.spot, hints)
        return (
          <li key={item.spot} className={`fm-item fm-item-${item.depth}`}>
            <button type="button" aria-current={item.spot === spot} onClick={() => choose(item.spot)} onKeyDown={(event) => onKey(event, item.spot)}>
              <span className="fm-item-label">{item.label}</span>
              <span className="fm-item-note">{item.note}{wrong > 0 ? <strong className="fm-wrong">{t('faultCount', { count: wrong })}</strong> : null}{told > 0 ? <span className="fm-told">{t('hintMark')}</span> : null}</span>
            </button>
          </li>
        )
      })}</ol>
    </nav>
  )
}

/** Puts a question where one is at work: after the chosen one, at the end of a chosen page or group, else at the end of the last page. */
export function addAfter(form: Form, spot: Spot, field: FormField): { form: Form; spot: Spot } | undefined {
  const parts = spot === '' ? [form.pages.length - 1] : spot.split('/').map(Number)
  const page = form.pages[parts[0]!]
  if (!page) return undefined
  if (parts.length === 1) return { form: { ...form, pages: form.pages.map((one, at) => (at === parts[0] ? { ...one, fields: [...one.fields, field] } : one)) }, spot: `${parts[0]!}/${page.fields.length}` }
  const chosen = page.fields[parts[1]!]
  if (parts.length === 2 && chosen?.type === 'group' && field.type !== 'group') {
    const inner = chosen.fields ?? []
    const next = { ...page, fields: page.fields.map((one, at) => (at === parts[1] ? { ...one, fields: [...inner, field] as NonNullable<FormField['fields']> } : one)) }
    return { form: { ...form, pages: form.pages.map((one, at) => (at === parts[0] ? next : one)) }, spot: `${parts[0]!}/${parts[1]!}/${inner.length}` }
  }
  return insertAfter(form, spot, field)
}
