// Beside every list that may be exported: opens the dialog, which is loaded when it is first asked for.
import { Button } from 'antd'
import { Suspense, lazy, useState } from 'react'
import type { ExportButtonProps } from './exported.ts'
import { loadTexts, useText } from './i18n.ts'
import { useSession } from './session.tsx'

const Dialog = lazy(async () => {
  const [{ ExportDialog }] = await Promise.all([import('./export-dialog.tsx'), loadTexts('exports')])
  return { default: ExportDialog }
})
export function ExportButton(props: ExportButtonProps) {
  const t = useText('base')
  const { may, session } = useSession()
  const [open, setOpen] = useState(false)
  // Whoever looks in another role looks only.
  if (!may('export.make') || session.seeingAs) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('export.deed')}</Button>
      {open ? <Suspense fallback={null}><Dialog {...props} onClose={() => setOpen(false)} /></Suspense> : null}
    </>
  )
}
