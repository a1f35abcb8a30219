// Everything needed to decide one declaration, on one screen: the firm and the rule, the plan and its files, what happened before.
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { getEnterprise } from '@fugong/contract/enterprises'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import type { Form } from '@fugong/contract/forms'
import { AfterFiling } from './AfterFiling.tsx'
import { AnswerList, missingIn } from './AnswerList.tsx'
import { knownFor, pathOfField } from './draft.ts'
import { GapEditor, type GapDraft } from './GapEditor.tsx'
import { Appeals } from './Appeals.tsx'
import { Clock, FileList, History, Level, Sentence, StateOf } from './Parts.tsx'
import { ReviewDeeds } from './ReviewDeeds.tsx'
import { Changes, Checklist, Elsewhere, JudgedAnew, Steps, useChecklist } from './ReviewKnown.tsx'
import { SiteSection } from './SiteVisit.tsx'
import { useForms, useLabels } from './useForms.ts'
import './declarations.css'

export function ReviewPage() {
  const t = useText('declarations')
  const { id = '' } = useParams()
  const read = useRead(getDeclaration, { params: { id } })
  const forms = useForms(read.data)
  const back = { to: '/console/declarations', text: t('list.title') }
  if (!read.data || !forms.plan) {
    const error = read.error ?? (read.data ? forms.error : null)
    return <Page title={t('review.title')} back={back}>{error ? <ErrorState error={error} retry={() => { void read.refetch(); forms.retry() }} /> : <Loading lines={10} />}</Page>
  }
  return <Review key={id} declaration={read.data} plan={forms.plan} />
}

function Review({ declaration, plan }: { declaration: Declaration; plan: Form }) {
  const t = useText('declarations')
  const labels = useLabels(plan)
  // Gaps being written stand beside the answers they speak of; what was typed outlives a conflict.
  const [gaps, setGaps] = useState<GapDraft[] | undefined>(undefined)
  const addGap = (field: string, text = '') => setGaps((before) => {
    const rows = before ?? []
    return rows.some((gap) => gap.field === field) ? rows : [...rows.filter((gap) => gap.field !== '' || gap.text !== ''), { key: crypto.getRandomValues(new Uint32Array(1))[0]!, field, text }]
  })
  // Ticked while one reads; what was ticked goes with the deed.
  const checklist = useChecklist(declaration)
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set())
  const toggle = (code: string) => tick((before) => { const next = new Set(before); if (!next.delete(code)) next.add(code); return next })
  const deciding = ['accept', 'return', 'returnAgain', 'reject', 'siteCheck'].some((deed) => declaration.can.includes(deed))
  const ticks = checklist && ticked.size ? [...ticked] : undefined
  const known = knownFor(declaration)
  const missing = missingIn(plan, declaration.answers, known)
  const startGaps = () => (gaps ? undefined : missing.length > 0 ? missing.forEach((field) => addGap(field.code, t('gap.pleaseFill'))) : setGaps([{ key: 0, field: '', text: '' }]))
  const beside = (field: string, label: string) => (gaps && !gaps.some((gap) => gap.field === field) ? <Button size="small" className="fg-gap-add" aria-label={t('gap.addNamed', { field: label })} onClick={() => addGap(field)}>{t('gap.add')}</Button> : null)
  return (
    <Page title={`${declaration.enterpriseName} · ${declaration.workplace.name}`} width="full" back={{ to: '/console/declarations', text: t('list.title') }} tags={<><StateOf of={declaration} /><Level of={declaration} />{['underReview', 'siteCheckPending'].includes(declaration.state) ? <Clock of={declaration} /> : null}</>}>
      <div className="fg-review">
        <div className="fg-review-firm"><AfterFiling declaration={declaration} plan={plan} side="office" /><Appeals declaration={declaration} /><Firm declaration={declaration} /><Steps declaration={declaration} /><SiteSection declaration={declaration} /></div>
        <div className="fg-review-plan">
          <Changes declaration={declaration} plan={plan} />
          <Section title={pick(plan.name)} extra={missing.length > 0 ? <span className="fg-answer-none">{t('review.missing', { count: missing.length })}</span> : <span className="fg-quiet">{t('review.complete')}</span>}>
            <dl className="fg-review-head">
              <div><dt>{t('field.plannedDate')}</dt><dd>{day(declaration.plannedDate)}{beside('plannedDate', t('field.plannedDate'))}</dd></div>
              <div><dt>{t('field.headcount')}</dt><dd>{number(declaration.headcount)} {t('people')}{beside('headcount', t('field.headcount'))}</dd></div>
              <div><dt>{t('step.pledge')}</dt><dd>{declaration.pledgedAt ? t('review.pledged', { at: instant(declaration.pledgedAt) }) : <span className="fg-answer-none">{t('pledge.notYet')}</span>}{beside('pledge', t('step.pledge'))}</dd></div>
            </dl>
            <AnswerList form={plan} answers={declaration.answers} known={known} files={declaration.files} besideField={(field) => beside(field.code, pick(field.label))} />
          </Section>
        </div>
        <div className="fg-review-past">
          {gaps ? <GapEditor gaps={gaps} setGaps={setGaps} plan={plan} labels={labels} declaration={declaration} ticks={ticks} /> : null}
          <Checklist declaration={declaration} form={checklist} ticked={ticked} toggle={toggle} active={deciding} />
          <Section title={t('step.files')} extra={beside('files', t('step.files'))}><FileList files={declaration.files} /></Section>
          <Section title={t('history.title')}><History of={declaration} labelOf={(field) => labels[pathOfField(field)] ?? t('gap.other')} /></Section>
          <EarlierOnes declaration={declaration} />
          <Elsewhere declaration={declaration} />
        </div>
      </div>
      <ReviewDeeds declaration={declaration} startGaps={startGaps} writingGaps={gaps !== undefined} ticks={ticks} />
    </Page>
  )
}

function Firm({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const { may } = useSession()
  const { whereIs, nameOf } = useAreas()
  const firm = useRead(getEnterprise, { params: { id: declaration.enterpriseId } }, { enabled: may('enterprise.read') }).data
  const { workplace } = declaration
  return (
    <>
      <Section title={t('why.title')}>
        {declaration.decision ? <Sentence of={declaration} link /> : <p className="fg-quiet">{t('why.none')}</p>}
        <JudgedAnew declaration={declaration} />
        <Facts columns={1} items={[
          declaration.procedure && { label: t('fact.procedure'), value: t(`procedure.${declaration.procedure}`) },
          { label: t('fact.reviewUnit'), value: declaration.procedure === 'effective' ? t('review.noUnit') : pick(declaration.reviewUnit) },
          declaration.siteCheck && { label: t('fact.siteCheck'), value: [t(`siteCheck.${declaration.siteCheck.result}`), declaration.siteCheck.findings, pick(declaration.siteCheck.by), instant(declaration.siteCheck.at)].join(' · ') },
          declaration.reason !== null && { label: t('fact.reason'), value: declaration.reason },
          declaration.certificateNumber !== null && { label: t('fact.certificate'), value: <Link className="fg-mono" to={`/console/certificates?q=${declaration.certificateNumber}`}>{declaration.certificateNumber}</Link> },
          declaration.certificate !== null && declaration.certificate.state !== 'valid' && { label: t(`state.${declaration.certificate.state}`), value: t('certificateStopped', { at: instant(declaration.certificate.since), reason: declaration.certificate.reason ?? '–' }) },
        ]} />
      </Section>
      <Section title={t('review.firm')} extra={<Link to={`/console/enterprises/${declaration.enterpriseId}`}>{t('review.firmPage')}</Link>}>
        <Facts columns={1} items={[
          { label: t('fact.creditCode'), value: <span className="fg-mono">{declaration.creditCode}</span> },
          { label: t('fact.industry'), value: firm ? `${firm.industryCode} ${pick(firm.industry)}` : declaration.industryCode },
          { label: t('fact.class'), value: t(`class.${declaration.enterpriseClass}`) },
          firm && { label: t('fact.negativeList'), value: t(firm.negativeList ? 'yes' : 'no') },
          { label: t('fact.workplace'), value: t('placeScene', { name: workplace.name, scene: t(`scene.${workplace.scene}`) }) },
          { label: t('fact.address'), value: `${whereIs(workplace)}${workplace.zoneCode ? ` · ${nameOf(workplace.zoneCode)}` : ''}` },
        ]} />
      </Section>
    </>
  )
}

function EarlierOnes({ declaration }: { declaration: Declaration }) {
  const t = useText('declarations')
  const rows = useRead(listDeclarations, { query: { enterprise: declaration.enterpriseId, limit: 10 } }).data?.items.filter((row) => row.id !== declaration.id)
  return (
    <Section title={t('review.earlier')}>
      {rows === undefined ? <Loading lines={2} /> : rows.length === 0 ? <p className="fg-quiet">{t('review.earlierNone')}</p> : (
        <ul className="fg-plainlist">{rows.map((row) => <li key={row.id}><Link to={`/console/declarations/${row.id}`}>{row.workplaceName}</Link> <StateOf of={row} /> <span className="fg-quiet">{day(row.submittedAt ?? row.createdAt)}</span></li>)}</ul>
      )}
    </Section>
  )
}
