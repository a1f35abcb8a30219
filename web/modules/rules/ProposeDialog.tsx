// Proposes a draft: what it changes, from when it holds, a note for whoever confirms it.
import { listProposals } from '@fugong/contract/rules'
import { differencesOf } from '@fugong/contract/rules.differences'
import { listDrafts, proposeDraft, readyTable } from '@fugong/contract/rules.editing'
import { Input } from 'antd'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { ProposalChanges } from './ProposalChanges.tsx'
import type { DraftView } from './useDraft.ts'

interface ProposeProps { open: boolean; view: DraftView; onClose: () => void; onDone: () => void }
export function ProposeDialog({ open, onClose, ...rest }: ProposeProps) {
  const t = useText('rules')
  return <FormDialog open={open} title={t('proposing.title')} width={820} onCancel={onClose}><ProposeForm onClose={onClose} {...rest} /></FormDialog>
}
function ProposeForm({ view, onClose, onDone }: Omit<ProposeProps, 'open'>) {
  const t = useText('rules')
  const { draft, table } = view
  const form = useForm(proposeDraft, {
    initial: { note: '' }, labels: { '/note': t('proposeNote'), '/effectiveFrom': t('effective') }, params: { id: draft.id },
    body: ({ note }) => ({ note, revision: draft.revision }), check: (values) => missing(values, ['/note']), invalidates: [listProposals, listDrafts],
  })
  const after = readyTable(table, { version: draft.basedOn + 1, now: draft.savedAt })
  return (
    <DialogForm form={form} deed={t('proposing.deed')} note={t('proposing.text')} onCancel={onClose} onDone={onDone}>
      <p>{table.effectiveFrom === null ? t('about.nowText') : t('proposing.from', { at: instant(table.effectiveFrom) })}</p>
      <details className="ru-group" open><summary>{t('proposing.changes')}</summary><ProposalChanges before={draft.base} after={{ ...after, effectiveFrom: table.effectiveFrom ?? draft.base.effectiveFrom }} changed={differencesOf(draft.base, after)} /></details>
      <FormField form={form} path="/note" help={t('proposeNoteHelp')}><Input.TextArea rows={3} maxLength={500} /></FormField>
    </DialogForm>
  )
}
