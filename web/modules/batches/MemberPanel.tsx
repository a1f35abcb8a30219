// One firm of a plan beside the list: why it stands where it does, what it said, how it was moved, and its declaration.
import { listBatchMoves, type BatchMember, type BatchPlan } from '@fugong/contract/batches'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { day, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { TableLink } from '../../base/table-link.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Timeline } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { toneOfDeclared, toneOfMember } from './tones.ts'

export function MemberPanel({ plan, member, deeds, onClose }: { plan: BatchPlan; member: BatchMember | undefined; deeds: ReactNode; onClose: () => void }) {
  return <Panel open={member !== undefined} title={member?.enterpriseName ?? ''} sub={member ? <span className="fg-mono">{member.creditCode}</span> : null} foot={deeds ? <div className="fg-row">{deeds}</div> : null} onClose={onClose}>{member ? <Body key={member.id} plan={plan} member={member} /> : null}</Panel>
}
function Body({ plan, member }: { plan: BatchPlan; member: BatchMember }) {
  const t = useText('batches')
  const { may } = useSession()
  const moves = useRead(listBatchMoves, { params: { id: plan.id, memberId: member.id } })
  const batch = plan.batches.find(({ id }) => id === member.batchId)
  return (
    <>
      <Facts columns={2} items={[
        { label: t('member.workplace'), value: member.workplaceName }, { label: t('slot.day'), value: batch ? day(batch.day) : t(member.state === 'out' ? 'rest.out' : 'rest.none') },
        { label: t('member.state'), value: <StatusTag tone={toneOfMember(member.state)}>{t(`state.${member.state}`)}</StatusTag> }, { label: t('member.declared'), value: <StatusTag tone={toneOfDeclared(member.declared)}>{t(`declared.${member.declared}`)}</StatusTag> },
        { label: t('count.heads'), value: number(member.heads) }, { label: t('member.class'), value: t(`class.${member.class}`) },
        member.invitedAt ? { label: t('member.told'), value: `${day(member.invitedDay)} (${instant(member.invitedAt)})` } : null, member.answeredAt ? { label: t('member.answeredAt'), value: instant(member.answeredAt) } : null,
        member.wishedDay ? { label: t('member.wishedLabel'), value: day(member.wishedDay) } : null, member.reason ? { label: t('member.reason'), value: member.reason, wide: true } : null, member.outReason ? { label: t('member.outReason'), value: member.outReason, wide: true } : null,
      ]} />
      <Section plain title={t('member.priority')}><p>{member.priority ? <>{pick(member.priority.sentence)} <TableLink of={member.priority} emergencyId={plan.emergencyId}>{t('member.table')}</TableLink></> : t('member.noPriorityText')}</p></Section>
      <div className="fg-row">{may('enterprise.read') ? <Link to={`/console/enterprises/${member.enterpriseId}`}>{t('member.toFirm')}</Link> : null}{member.declarationId && may('declaration.read') ? <Link to={`/console/declarations/${member.declarationId}`}>{t('member.toDeclaration')}</Link> : null}</div>
      <Section plain title={t('member.moves')}>
        <Ready read={moves} lines={3}>{({ items }) => (items.length === 0 ? <p className="fg-quiet">{t('history.empty')}</p> : <Timeline items={items.map((move, at) => ({ key: String(at), at: instant(move.at), title: t(`deed.${move.deed}`), by: move.by ?? undefined, children: <>{move.from || move.to ? <p>{t('member.fromTo', { from: move.from ?? t('rest.none'), to: move.to ?? t('rest.none') })}</p> : null}{move.note ? <p>{move.note}</p> : null}</> }))} />)}</Ready>
      </Section>
    </>
  )
}
