// The views of a list: choose one, keep the present setting, share it with the unit, begin with it, remove it.
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useText } from '../base/i18n.ts'
import { wordsOf } from '../base/words.ts'
import { Field } from './Field.tsx'
import { BookmarkIcon } from './icons.tsx'
import { Menu } from './Menu.tsx'

export interface SavedView { id: string; name: string; shared: boolean; own: boolean; ownerName: string; can: string[] }
export interface SavedViewsProps<V extends SavedView> {
  items: V[]; current: V | undefined; defaultId: string | null
  onApply: (view: V | undefined) => void
  /** Keeps the present setting; with an id it replaces that view's. True when it was kept. */
  onKeep: (view: { id?: string; name: string; shared: boolean }) => Promise<boolean>
  onRemove: (view: V) => void
  onDefault: (id: string | null) => void
  problem?: unknown
  running?: boolean
  onOpen?: () => void
}
export function SavedViews<V extends SavedView>({ items, current, defaultId, onApply, onKeep, onRemove, onDefault, problem, running, onOpen }: SavedViewsProps<V>) {
  const t = useText('ui')
  const [asking, ask] = useState(false)
  const own = items.filter((view) => view.own)
  const shared = items.filter((view) => !view.own)
  const entry = (view: V) => ({ key: view.id, text: view.name, sub: view.own ? (view.shared ? t('viewShared') : undefined) : t('viewOf', { name: view.ownerName }), chosen: view.id === current?.id, onChoose: () => onApply(view) })
  return (
    <>
      <Menu className="fg-views" align="right" label={t('views')} button={<><BookmarkIcon /><span className="fg-views-name">{current?.name ?? t('views')}</span></>} items={[
        { key: 'all', text: t('viewAll'), chosen: false, onChoose: () => onApply(undefined) },
        ...own.map(entry),
        ...(shared.length ? ['line' as const, ...shared.map(entry)] : []),
        'line' as const,
        { key: 'keep', text: t('viewKeep'), onChoose: () => { onOpen?.(); ask(true) } },
        ...(current ? [{ key: 'default', text: current.id === defaultId ? t('viewNotDefault') : t('viewDefault', { name: current.name }), onChoose: () => onDefault(current.id === defaultId ? null : current.id) }] : []),
        ...(current?.can.includes('remove') ? [{ key: 'remove', text: t('viewRemove', { name: current.name }), onChoose: () => onRemove(current) }] : []),
      ]} />
      {asking ? <KeepDialog views={own} problem={problem} running={running ?? false} onCancel={() => ask(false)} onKeep={async (view) => { if (await onKeep(view)) ask(false) }} /> : null}
    </>
  )
}
function KeepDialog({ views, problem, running, onCancel, onKeep }: { views: SavedView[]; problem: unknown; running: boolean; onCancel: () => void; onKeep: (view: { id?: string; name: string; shared: boolean }) => void }) {
  const t = useText('ui')
  const [name, setName] = useState('')
  const [shared, share] = useState(false)
  const [asked, setAsked] = useState(false)
  const known = views.find((view) => view.name === name.trim())
  const missing = asked && !name.trim() ? t('viewNameMissing') : undefined
  const submit = () => {
    setAsked(true)
    if (name.trim()) onKeep({ ...(known ? { id: known.id } : {}), name: name.trim(), shared })
  }
  return (
    <Modal open title={t('viewKeep')} okText={known ? t('viewReplace') : t('viewSave')} cancelText={t('cancel')} onOk={submit} onCancel={onCancel} confirmLoading={running} mask={{ closable: false }}>
      <div className="fg-dialog">
        {problem ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p></div> : null}
        <p className="fg-quiet">{t('viewWhat')}</p>
        <Field id="view-name" label={t('viewName')} help={known ? t('viewReplaces') : undefined} error={missing}>
          <Input id="view-name" autoFocus maxLength={40} value={name} onChange={(event) => setName(event.target.value)} onPressEnter={submit} status={missing ? 'error' : ''} />
        </Field>
        <Checkbox checked={shared} onChange={(event) => share(event.target.checked)}>{t('viewShare')}</Checkbox>
      </div>
    </Modal>
  )
}
/** A quiet line under the filters: each filter in force in words, removable. */
export function FilterChips({ items, onClear }: { items: { key: string; text: string; onRemove: () => void }[]; onClear: () => void }) {
  const t = useText('ui')
  if (items.length === 0) return null
  return (
    <div className="fg-chips" role="group" aria-label={t('filtersInForce')}>
      {items.map(({ key, text, onRemove }) => <button key={key} type="button" className="fg-chip" onClick={onRemove}><span className="fg-hidden">{t('filterRemove')} </span>{text}<span aria-hidden="true"> ×</span></button>)}
      <Button type="link" size="small" onClick={onClear}>{t('filtersClear')}</Button>
    </div>
  )
}
