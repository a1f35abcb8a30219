// The dialog of an export: format, columns, a reason for personal ones; then the download, or when and where the file will be.
import { beginExport, countExports, exportFormats, getExport, listExports, listExportSources, takeExport, type Export, type ExportColumn, type ExportFormat } from '@fugong/contract/exports'
import { Button, Checkbox, Input, Radio } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { addressOf } from './api.ts'
import type { ExportButtonProps } from './exported.ts'
import { missing } from './form-paths.ts'
import { useForm } from './form.tsx'
import { instant, number } from './format.ts'
import { pick, useLanguage, useText } from './i18n.ts'
import { useRead } from './query.tsx'
import { DialogForm, FormDialog } from '../ui/FormDialog.tsx'
import { FormField } from '../ui/FormField.tsx'
import { Note } from '../ui/parts.tsx'
import { Ready } from '../ui/states.tsx'

export function ExportDialog({ source, filter, total, totalIsMore, onClose }: ExportButtonProps & { onClose: () => void }) {
  const t = useText('exports')
  const [begun, setBegun] = useState<Export | undefined>(undefined)
  const read = useRead(listExportSources, {}, { staleTime: 5 * 60_000 })
  return (
    <FormDialog open title={t('dialog.title')} width={640} onCancel={onClose}>
      {begun ? <Begun of={begun} onClose={onClose} /> : (
        <Ready read={read} lines={5}>{({ items }) => {
          const found = items.find((item) => item.code === source)
          return found ? <Ask source={source} columns={found.columns} filter={filter} total={total} totalIsMore={totalIsMore ?? false} onBegun={setBegun} onClose={onClose} /> : <Note tone="warn">{t('dialog.notYours')}</Note>
        }}</Ready>
      )}
    </FormDialog>
  )
}

interface AskProps { source: string; columns: ExportColumn[]; filter: ExportButtonProps['filter']; total: number | undefined; totalIsMore: boolean; onBegun: (begun: Export) => void; onClose: () => void }
interface Values { format: ExportFormat; columns: string[]; personal: string[]; reason: string }
function Ask({ source, columns, filter, total, totalIsMore, onBegun, onClose }: AskProps) {
  const t = useText('exports')
  const language = useLanguage()
  const plain = columns.filter((column) => column.sensitivity !== 'personal')
  const personal = columns.filter((column) => column.sensitivity === 'personal')
  const form = useForm(beginExport, {
    initial: { format: 'xlsx', columns: plain.map((column) => column.code), personal: [], reason: '' } as Values,
    labels: { '/format': t('dialog.format'), '/columns': t('dialog.columns'), '/personal': t('dialog.personal'), '/reason': t('dialog.reason') },
    body: ({ format, columns: chosen, personal: asked, reason }) => ({
      source, format, language, columns: columns.filter(({ code }) => chosen.includes(code) || asked.includes(code)).map(({ code }) => code),
      filter: Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined && entry[1] !== '')), ...(asked.length ? { reason } : {}),
    }),
    check: (values) => [...(values.columns.length || values.personal.length ? [] : [{ path: '/columns', code: 'issue.too_few', params: { limit: 1 } }]), ...(values.personal.length ? missing(values, ['/reason']) : [])],
    invalidates: [listExports, countExports], onDone: onBegun,
  })
  const asks = form.values.personal.length > 0
  const options = (some: ExportColumn[]) => some.map((column) => ({ value: column.code, label: pick(column.header) }))
  const all = form.values.columns.length === plain.length
  return (
    <DialogForm form={form} deed={t(asks ? 'dialog.ask' : 'dialog.deed')} note={t(asks ? 'dialog.askNote' : 'dialog.note')} onCancel={onClose} onDone={() => {}}>
      {total === undefined ? null : <p>{t(totalIsMore ? 'dialog.countMore' : 'dialog.count', { count: total, shown: number(total) })}</p>}
      <FormField form={form} path="/format" group><Radio.Group className="fg-export-choices" options={exportFormats.map((format) => ({ value: format, label: t(`format.${format}`) })).reverse()} /></FormField>
      <FormField form={form} path="/columns" group help={<Button type="link" className="fg-export-all" onClick={() => form.set('/columns', all ? [] : plain.map((column) => column.code))}>{t(all ? 'dialog.none' : 'dialog.all')}</Button>}>
        <Checkbox.Group className="fg-export-columns" options={options(plain)} />
      </FormField>
      {personal.length ? <FormField form={form} path="/personal" group help={t('dialog.personalHelp')}><Checkbox.Group className="fg-export-columns" options={options(personal)} /></FormField> : null}
      {asks ? <FormField form={form} path="/reason" help={t('dialog.reasonHelp')}><Input.TextArea rows={3} maxLength={300} /></FormField> : null}
    </DialogForm>
  )
}

/** What became of it; a small one begins to download by itself and tells its count and hash when it is out. */
function Begun({ of, onClose }: { of: Export; onClose: () => void }) {
  const t = useText('exports')
  const small = of.state === 'open'
  const taken = useRef(false)
  useEffect(() => {
    // Once, also where effects run twice: the file is given out once.
    if (!small || taken.current) return
    taken.current = true
    const link = document.createElement('a')
    link.href = addressOf(takeExport, { params: { id: of.id } })
    link.download = ''
    link.click()
  }, [small, of.id])
  const read = useRead(getExport, { params: { id: of.id } }, { enabled: small, every: 1000, staleTime: 0 })
  const state = small ? (read.data?.state ?? 'open') : of.state
  const done = read.data
  return (
    <div className="fg-dialog" role="status">
      {state === 'done' && done ? <Note tone="good" title={t('begun.done', { count: done.rows, shown: number(done.rows) })}><p>{t('begun.hash')}</p><p className="fg-mono fg-export-hash">{done.sha256}</p></Note>
        : state === 'failed' ? <Note tone="bad" title={t('begun.failed')}>{t('begun.failedText')}</Note>
        : small ? <Note title={t('begun.sending')}>{t('begun.number', { number: of.number })}</Note>
        : of.state === 'asked' ? <Note title={t('begun.asked')}>{t('begun.askedText', { until: instant(of.expiresAt) })}</Note>
        : <Note title={t('begun.queued')}>{t('begun.queuedText')}</Note>}
      <div className="fg-dialog-deeds"><Link className="fg-button" to="/console/exports">{t('begun.mine')}</Link><Button type="primary" onClick={onClose}>{t('begun.close')}</Button></div>
    </div>
  )
}
