// One draft: a form or a field of the dictionary, whichever it is.
import { getDraft } from '@fugong/contract/forms.edit'
import { useParams } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Page } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { FieldEditor } from './FieldEditor.tsx'
import { FormEditor } from './FormEditor.tsx'
import './forms.css'

export function DraftPage() {
  const t = useText('forms')
  const { id = '' } = useParams()
  // While one writes, the draft on the screen is the one that counts; asking again would only show what was just sent.
  const read = useRead(getDraft, { params: { id } }, { staleTime: Infinity })
  if (!read.data) return <Page title={t('draft')} back={{ to: '/console/forms', text: t('title') }}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={10} />}</Page>
  return read.data.what === 'form' ? <FormEditor key={id} start={read.data} /> : <FieldEditor key={id} start={read.data} />
}
