// Which columns a list shows and in which order: boxes to tick, arrows to move, back to the list's own.
import { Button, Checkbox, Popover } from 'antd'
import { useState, type ReactNode } from 'react'
import { useText } from '../base/i18n.ts'
import { ChevronDown, ColumnsIcon } from './icons.tsx'

export interface ColumnChooserProps { all: { key: string; title: ReactNode; main?: boolean }[]; chosen: string[]; onChange: (keys: string[]) => void; onReset: () => void }
export function ColumnChooser({ all, chosen, onChange, onReset }: ColumnChooserProps) {
  const t = useText('ui')
  const [open, setOpen] = useState(false)
  const shown = [...chosen.flatMap((key) => all.find((column) => column.key === key) ?? []), ...all.filter((column) => !chosen.includes(column.key))]
  const move = (key: string, by: 1 | -1) => {
    const keys = [...chosen]
    const at = keys.indexOf(key)
    const to = at + by
    if (at < 0 || to < 0 || to >= keys.length) return
    keys.splice(to, 0, ...keys.splice(at, 1))
    onChange(keys)
  }
  const content = (
    <div className="fg-columns">
      <ul aria-label={t('columns')}>
        {shown.map(({ key, title, main }) => {
          const at = chosen.indexOf(key)
          return (
            <li key={key}>
              <Checkbox checked={at >= 0 || Boolean(main)} disabled={Boolean(main)} onChange={(event) => onChange(event.target.checked ? [...chosen, key] : chosen.filter((other) => other !== key))}>{title}</Checkbox>
              {at >= 0 ? (
                <span className="fg-columns-move">
                  <Button type="text" size="small" className="fg-up" disabled={at === 0} aria-label={t('columnUp', { name: title })} icon={<ChevronDown />} onClick={() => move(key, -1)} />
                  <Button type="text" size="small" disabled={at === chosen.length - 1} aria-label={t('columnDown', { name: title })} icon={<ChevronDown />} onClick={() => move(key, 1)} />
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
      <Button type="link" onClick={onReset}>{t('columnsReset')}</Button>
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={content} destroyOnHidden>
      <Button icon={<ColumnsIcon />} aria-expanded={open}>{t('columns')}</Button>
    </Popover>
  )
}
