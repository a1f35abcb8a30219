// Where a submitted declaration stands for its firm: state, reason, clock, what comes next, what happened.
import type { Declaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { shownState, toneOfDeclaration } from '../../base/tones.ts'
import { AfterFiling } from './AfterFiling.tsx'
import { AnswerList } from './AnswerList.tsx'
import { Withdraw } from './DeclareForm.tsx'
import { knownFor, pathOfField } from './draft.ts'
import { Appeals } from './Appeals.tsx'
import { MoveOn } from './MoveOn.tsx'
import { Clock, FileList, History, Level, Sentence, StateOf } from './Parts.tsx'
import { JudgedAnew, Steps } from './ReviewKnown.tsx'
import { SendFilm, SiteSection } from './SiteVisit.tsx'
import { useLabels } from './useForms.ts'

export function DeclareStatus({ declaration, plan, justSubmitted }: { declaration: Declaration; plan: Form; pledge: Form; justSubmitted: boolean }) {
  const t = useText('declarations')
  const labels = useLabels(plan)
  const { whereIs } = useAreas()
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => { if (justSubmitted) { scrollTo({ top: 0 }); head.current?.focus() } }, [justSubmitted])
  const { workplace, state } = declaration
  const effective = declaration.procedure === 'effective'
  const stopped = declaration.certificate && declaration.certificate.state !== 'valid' ? declaration.certificate : undefined
  const params = { unit: pick(declaration.reviewUnit) || t('unit.unknown'), at: instant(declaration.dueAt), day: day(declaration.plannedDate), decidedAt: instant(declaration.decidedAt), since: instant(stopped?.since), reason: (stopped ? stopped.reason : declaration.reason) ?? '–' }
  const shown = shownState(declaration)
  const key = shown === 'filed' && effective ? 'filedEffective' : shown
  return (
    <Page title={t('portal.title')} width="reading" back={{ to: '/portal', text: t('portal.back') }} tags={<StateOf of={declaration} />} sub={`${declaration.enterpriseName} · ${workplace.name}`}>
      <div ref={head} tabIndex={-1} className="fg-decl-result">
        <Note tone={toneOfDeclaration(shown)} title={t(`status.${key}.title`, params)}>
          <p>{t(`status.${key}.next`, params)}</p>
          {state === 'filed' && declaration.certificateId ? <p className="fg-decl-result-deed"><Link className="fg-button fg-button-main" to={`/portal/certificates/${declaration.certificateId}`}>{t('status.certificate')}</Link></p> : null}
          {['rejected', 'withdrawn', 'discarded', 'revoked', 'expired'].includes(shown) ? <p className="fg-decl-result-deed"><Link className="fg-button" to={`/portal/enterprises/${declaration.enterpriseId}`}>{t('status.again')}</Link></p> : null}
        </Note>
      </div>
      <AfterFiling declaration={declaration} plan={plan} side="firm" />
      <MoveOn declaration={declaration} />
      <Appeals declaration={declaration} />
      <SiteSection declaration={declaration} />
      <SendFilm declaration={declaration} />
      <Section title={t('why.title')}>
        {declaration.decision ? <Sentence of={declaration} /> : <p className="fg-quiet">{t('why.none')}</p>}
        <JudgedAnew declaration={declaration} />
        <Facts items={[
          { label: t('fact.level'), value: <Level of={declaration} /> }, { label: t('fact.procedure'), value: declaration.procedure ? t(`procedure.${declaration.procedure}`) : '–' },
          ['underReview', 'siteCheckPending'].includes(state) && { label: t('fact.due'), value: <Clock of={declaration} />, wide: true },
          !effective && { label: t('fact.reviewUnit'), value: pick(declaration.reviewUnit) }, { label: t('fact.submittedAt'), value: instant(declaration.submittedAt) },
          declaration.siteCheck && { label: t('fact.siteCheck'), value: `${t(`siteCheck.${declaration.siteCheck.result}`)} · ${declaration.siteCheck.findings}`, wide: true },
        ]} />
      </Section>
      <Steps declaration={declaration} />
      <Section title={t('history.title')}><History of={declaration} labelOf={(field) => labels[pathOfField(field)] ?? t('gap.other')} /></Section>
      <Section title={t('declared.title')}>
        <Facts items={[
          { label: t('field.plannedDate'), value: day(declaration.plannedDate) }, { label: t('field.headcount'), value: `${number(declaration.headcount)} ${t('people')}` },
          { label: t('fact.address'), value: whereIs(workplace), wide: true },
        ]} />
        <AnswerList form={plan} answers={declaration.answers} known={knownFor(declaration)} files={declaration.files} />
        <section className="fg-answers"><div className="fg-answers-head"><h3>{t('step.files')}</h3></div><FileList files={declaration.files} /></section>
      </Section>
      <Withdraw declaration={declaration} revision={() => declaration.revision} />
    </Page>
  )
}
