// One declaration as its firm sees it: written while it is a draft or returned, followed after submission.
import { getDeclaration, type Declaration } from '@fugong/contract/declarations'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Page } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { DeclareForm } from './DeclareForm.tsx'
import { DeclareStatus } from './DeclareStatus.tsx'
import { useForms } from './useForms.ts'
import './declarations.css'

const open = (declaration: Declaration) => declaration.state === 'draft' || declaration.state === 'returned'

export function DeclarePage() {
  const t = useText('declarations')
  const { id = '' } = useParams()
  const read = useRead(getDeclaration, { params: { id } })
  const forms = useForms(read.data)
  // Told once after a submission, so that the page says what has just happened.
  const [submitted, setSubmitted] = useState(false)
  const declaration = read.data
  const back = { to: '/portal', text: t('portal.back') }
  if (!declaration || !forms.plan || !forms.pledge) {
    const error = read.error ?? (forms.error && declaration ? forms.error : null)
    return <Page title={t('portal.title')} back={back} width="reading">{error ? <ErrorState error={error} retry={() => { void read.refetch(); forms.retry() }} /> : <Loading lines={8} />}</Page>
  }
  if (open(declaration)) return <DeclareForm key={declaration.id} declaration={declaration} plan={forms.plan} pledge={forms.pledge} onSubmitted={() => setSubmitted(true)} />
  return <DeclareStatus declaration={declaration} plan={forms.plan} pledge={forms.pledge} justSubmitted={submitted} />
}
