// What stands beside a list: one row in full, with its deeds; the whole width on a phone. Escape leads back to the row.
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../base/i18n.ts'

export interface PanelProps { open: boolean; title: ReactNode; sub?: ReactNode; width?: number; foot?: ReactNode; onClose: () => void; children: ReactNode }
export function Panel({ open, title, sub, width = 520, foot, onClose, children }: PanelProps) {
  const t = useText('ui')
  return (
    <Drawer open={open} size={`min(${width}px, 100vw)`} onClose={onClose} destroyOnHidden closable={{ placement: 'end', 'aria-label': t('close') }} footer={foot ?? null} title={<div className="fg-panel-title"><h2>{title}</h2>{sub ? <div className="fg-quiet">{sub}</div> : null}</div>}>
      <div className="fg-stack">{children}</div>
    </Drawer>
  )
}
