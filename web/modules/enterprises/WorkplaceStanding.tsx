// One workplace of a firm on the portal: where it stands, why, what is next, and the deed for it.
import type { Certificate } from '@fugong/contract/certificates'
import { getDeclaration, listDeclarations, openDeclaration, type DeclarationRow } from '@fugong/contract/declarations'
import type { Enterprise, Workplace } from '@fugong/contract/enterprises'
import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { day, instant, relative } from '../../base/format.ts'
import { useLanguage, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { shownState, toneOfCertificate, toneOfDeclaration } from '../../base/tones.ts'
import { wordsOf } from '../../base/words.ts'
import { Note } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { standingOf } from './standing.ts'

export interface WorkplaceStandingProps { firm: Enterprise; workplace: Workplace; declarations: readonly DeclarationRow[]; certificates: readonly Certificate[] }
export function WorkplaceStanding({ firm, workplace, declarations, certificates }: WorkplaceStandingProps) {
  const t = useText('enterprises')
  const states = useText('declarations')
  const marks = useText('certificates')
  const { whereIs } = useAreas()
  useLanguage()
  const { declaration, certificate, mayDeclare } = standingOf(workplace, declarations, certificates)
  // Only what waits for the firm or was refused needs more than the row tells.
  const told = useRead(getDeclaration, { params: { id: declaration?.id ?? '' } }, { enabled: declaration?.state === 'returned' || declaration?.state === 'rejected' }).data
  const stopped = certificate && certificate.state !== 'valid' ? certificate : undefined
  const key = stopped ? stopped.state : declaration ? shownState(declaration) : 'none'
  return (
    <article className="fg-standing">
      <div className="fg-standing-head">
        <h3>{workplace.name}</h3>
        {stopped ? <StatusTag tone={toneOfCertificate(stopped.state)}>{marks(`state.${stopped.state}`)}</StatusTag> : declaration ? <StatusTag tone={toneOfDeclaration(shownState(declaration))}>{states(`state.${shownState(declaration)}`)}</StatusTag> : <StatusTag tone="neutral">{t('standing.undeclared')}</StatusTag>}
      </div>
      <p className="fg-quiet">{t(`scene.${workplace.scene}`)} · {whereIs(workplace)}</p>
      <p>{t(`standing.${key}`, { day: day(declaration?.plannedDate), at: instant(declaration?.dueAt), within: declaration?.dueAt ? relative(declaration.dueAt) : '–', reason: (stopped ? stopped.stateReason : told?.reason) ?? '–', gaps: told?.gaps.length ?? '…' })}</p>
      <div className="fg-row">
        {mayDeclare ? <StartDeclaration firm={firm} workplace={workplace} /> : null}
        {declaration && !mayDeclare ? <Link className={['draft', 'returned'].includes(declaration.state) ? 'fg-button fg-button-main' : 'fg-button'} to={`/portal/declarations/${declaration.id}`}>{t(`standing.deed.${declaration.state}`)}</Link> : null}
        {certificate && ['valid', 'suspended'].includes(certificate.state) ? <Link className="fg-button" to={`/portal/certificates/${certificate.id}`}>{t('standing.certificate')}</Link> : null}
        {mayDeclare && declaration ? <Link to={`/portal/declarations/${declaration.id}`}>{t('standing.former')}</Link> : null}
      </div>
    </article>
  )
}

/** Opens a declaration for the workplace and goes to it; tells why it cannot be. */
function StartDeclaration({ firm, workplace }: { firm: Enterprise; workplace: Workplace }) {
  const t = useText('enterprises')
  const navigate = useNavigate()
  const deed = useDeed(openDeclaration, { invalidates: [listDeclarations], onDone: (declaration) => void navigate(`/portal/declarations/${declaration.id}`) })
  if (firm.codeState === 'pending') return <Note tone="warn">{t('standing.codeWaits')}</Note>
  return (
    <>
      <Button type="primary" size="large" loading={deed.running} aria-label={t('standing.declareNamed', { workplace: workplace.name })} onClick={() => void deed.run({ body: { enterpriseId: firm.id, workplaceId: workplace.id } })}>{t('standing.declare')}</Button>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
    </>
  )
}
