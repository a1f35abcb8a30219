// Changes of tables that wait for a second person, with what they change; decided ones below.
import { decideProposal, getTable, listProposals, listTables, type Proposal } from '@fugong/contract/rules'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead, type PagedList } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { addressOfVersion } from '../../base/table-link.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ProposalChanges } from './ProposalChanges.tsx'
import { RuleGrid } from './RuleGrid.tsx'
import { TrialPanel } from './TrialPanel.tsx'
import { kindWords, type Version } from './words.ts'

const TONES = { open: 'info', confirmed: 'good', rejected: 'bad' } as const
interface ListProps { list: PagedList<Proposal>; versions: Version[]; importDeed: ReactNode }
export function ProposalList({ list, versions, importDeed }: ListProps) {
  const t = useText('rules')
  const u = useText('ui')
  const read = { data: list.pending || list.error ? undefined : { items: list.rows }, error: list.error, refetch: list.retry }
  return (
    <Ready read={read}>{({ items }) => {
      const open = items.filter((item) => item.state === 'open')
      const decided = items.filter((item) => item.state !== 'open')
      if (items.length === 0) return <Section><Empty title={t('proposalsEmpty')} text={t('proposalsEmptyText')} action={importDeed} /></Section>
      return (
        <>
          {list.page > 1 && open.length === 0 ? null : <Section plain title={t('waiting')}>{open.length === 0 ? <Section><Empty title={t('proposalsEmpty')} text={t('proposalsEmptyText')} action={importDeed} /></Section> : <div className="fg-stack">{open.map((item) => <ProposalCard key={item.id} proposal={item} versions={versions} />)}</div>}</Section>}
          {decided.length > 0 ? <details className="ru-decided" open={open.length === 0}><summary>{t('showDecided', { count: decided.length })}</summary><div className="fg-stack">{decided.map((item) => <ProposalCard key={item.id} proposal={item} versions={versions} />)}</div></details> : null}
          {list.next || list.previous ? <div className="fg-pager"><span className="fg-pager-deeds"><Button disabled={!list.previous} onClick={list.previous}>{u('previous')}</Button><span className="fg-quiet">{u('page', { page: list.page })}</span><Button disabled={!list.next} onClick={list.next}>{u('next')}</Button></span></div> : null}
        </>
      )
    }}</Ready>
  )
}

/** The version to compare with: the one in force, else the newest below the proposed one. */
export function comparedVersion(proposal: Proposal, versions: readonly Version[]): number | undefined {
  const others = versions.filter((one) => one.code === proposal.table.code && one.emergencyKind === proposal.emergencyKind && one.areaCode === proposal.table.areaCode && one.version !== proposal.table.version)
  return (others.find((one) => one.inForce) ?? [...others].sort((a, b) => b.version - a.version).find((one) => one.version < proposal.table.version))?.version
}

function ProposalCard({ proposal, versions }: { proposal: Proposal; versions: Version[] }) {
  const t = useText('rules')
  const { session, may } = useSession()
  const { table, state } = proposal
  const words = { name: pick(table.name), version: table.version }
  const [deciding, setDeciding] = useState<'confirm' | 'reject' | undefined>()
  const [whole, setWhole] = useState(false)
  const [tried, setTried] = useState(false)
  const deed = useDeed(decideProposal, { invalidates: [listProposals, listTables, getTable], onDone: () => setDeciding(undefined) })
  const compared = comparedVersion(proposal, versions)
  const kind = proposal.emergencyKind ?? undefined
  const before = useRead(getTable, { params: { code: table.code, version: compared ?? 1 }, query: { kind } }, { enabled: compared !== undefined })
  const open = state === 'open'
  const own = proposal.proposedBy === session.name
  const mayDecide = open && proposal.can.includes('confirm')
  const ask = (what: 'confirm' | 'reject') => { deed.reset(); setDeciding(what) }
  return (
    <article className="fg-section" aria-label={t('proposalTitle', words)}>
      <div className="fg-section-head"><h3 className="ru-head">{t('proposalTitle', words)}</h3><StatusTag tone={TONES[state]}>{t(`proposalState.${state}`)}</StatusTag></div>
      <Facts columns={3} items={[
        { label: t('proposedBy'), value: proposal.proposedBy }, { label: t('proposedAt'), value: instant(proposal.proposedAt) }, { label: t('effective'), value: proposal.immediate && open ? t('about.nowText') : instant(table.effectiveFrom) },
        { label: t('code'), value: <span className="fg-mono">{table.code}</span> }, { label: t('kindField'), value: kindWords(t, proposal.emergencyKind) },
        { label: t('proposeNote'), value: proposal.note, wide: true },
        proposal.basedOn === null ? null : { label: t('about.basedOn'), value: t('versionN', { version: proposal.basedOn }) },
        proposal.decidedAt ? { label: t('decidedBy'), value: proposal.decidedBy } : null, proposal.decidedAt ? { label: t('decidedAt'), value: instant(proposal.decidedAt) } : null,
        proposal.decisionNote ? { label: t('decisionNote'), value: proposal.decisionNote } : null,
      ]} />
      {compared === undefined ? <p className="ru-changes">{t('changesNew')}</p> : <Ready read={before} lines={3}>{({ table: old }) => <ProposalChanges before={old} after={table} changed={proposal.changedRows} />}</Ready>}
      {open && tried ? <div className="ru-whole"><TrialPanel of={{ proposal: proposal.id }} table={table} mayStart={may('table.propose')} /></div> : null}
      {whole ? <div className="ru-whole"><RuleGrid table={table} /></div> : null}
      <div className="ru-deeds">
        {state === 'confirmed' ? <Link className="fg-button" to={addressOfVersion(table.code, table.version, kind)}>{t('seeVersion')}</Link> : <Button aria-expanded={whole} onClick={() => setWhole(!whole)}>{t('seeWhole')}</Button>}
        {open ? <Button aria-expanded={tried} onClick={() => setTried(!tried)}>{t('trial.see')}</Button> : null}
        {mayDecide ? <><Button onClick={() => ask('reject')}>{t('reject')}</Button><Button type="primary" onClick={() => ask('confirm')}>{t('confirm')}</Button></> : null}
        {open && !mayDecide ? <span className="fg-quiet">{t(own ? 'ownProposal' : 'notYours')}</span> : null}
      </div>
      <ReasonDialog
        open={deciding !== undefined} title={t(deciding === 'reject' ? 'rejectTitle' : 'confirmTitle', words)} text={deciding === 'reject' ? t('rejectText') : proposal.immediate ? t('confirmNowText') : t('confirmText', { at: instant(table.effectiveFrom) })}
        deed={t(deciding === 'reject' ? 'reject' : 'confirm')} danger={deciding === 'reject'} reasonLabel={t('confirmNote')} running={deed.running} problem={deed.problem}
        onCancel={() => setDeciding(undefined)} onDo={(note) => void deed.run({ params: { id: proposal.id }, body: { confirm: deciding === 'confirm', note } })}
      />
    </article>
  )
}
