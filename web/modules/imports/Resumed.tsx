// Says that an import was stopped in the middle, and from where it went on.
import type { Import } from '@fugong/contract/imports'
import { instant, number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { Note } from '../../ui/parts.tsx'

export function Resumed({ one }: { one: Import }) {
  const t = useText('imports')
  if (!one.resumed) return null
  const { times, row, at } = one.resumed
  return <Note tone="warn" title={t(row > 1 ? 'resumed.title' : 'resumed.anew', { row: number(row) })}>{t('resumed.text', { at: instant(at) })}{times > 1 ? ` ${t('resumed.times', { n: number(times) })}` : ''}</Note>
}
