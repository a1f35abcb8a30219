// Grants a person one more role.
import { getPerson, grantRole, listPeople, listUnits, type Person } from '@fugong/contract/identity'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { GRANT_PATHS, GrantFields, NO_GRANT, useGrantLabels } from './GrantFields.tsx'

interface GrantProps { open: boolean; person: Person; onClose: () => void }
export function GrantDialog(props: GrantProps) {
  const t = useText('identity')
  return <FormDialog open={props.open} title={t('grant.addTo', { name: props.person.name })} onCancel={props.onClose}><GrantForm {...props} /></FormDialog>
}
function GrantForm({ person, onClose }: GrantProps) {
  const t = useText('identity')
  const form = useForm(grantRole, {
    initial: NO_GRANT, labels: useGrantLabels(), params: { id: person.id }, body: (values) => values as never,
    check: (values) => missing(values, GRANT_PATHS), invalidates: [getPerson, listPeople, listUnits],
  })
  return <DialogForm form={form} deed={t('grant.add')} note={t('grant.addNote')} onCancel={onClose} onDone={onClose}><GrantFields form={form} /></DialogForm>
}
