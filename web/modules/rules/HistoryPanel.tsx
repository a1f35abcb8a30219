// The history of a table: who changed what and why, differences between any two versions, and bringing an older one back.
import { getTable, listProposals, type DecisionTable } from '@fugong/contract/rules'
import { differencesOf } from '@fugong/contract/rules.differences'
import { getTableHistory, rollBackTable, type HistoryEntry } from '@fugong/contract/rules.editing'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { addressOfVersion } from '../../base/table-link.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Section } from '../../ui/Page.tsx'
import { Timeline } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ProposalChanges } from './ProposalChanges.tsx'
import { placeOf, PLACE_TONES } from './words.ts'

export function HistoryPanel({ code, kind }: { code: string; kind: string | undefined }) {
  const t = useText('rules')
  const navigate = useNavigate()
  const { nameOf } = useAreas()
  const read = useRead(getTableHistory, { params: { code }, query: { kind } })
  const [pair, setPair] = useState<{ before: number; after: number } | undefined>()
  const [returning, setReturning] = useState<HistoryEntry | undefined>()
  const back = useDeed(rollBackTable, { invalidates: [listProposals], onDone: () => void navigate('/console/tables?tab=proposals') })
  return (
    <Ready read={read}>{({ items }) => {
      const before = (entry: HistoryEntry) => entry.basedOn ?? items.find((one) => one.areaCode === entry.areaCode && one.version < entry.version)?.version ?? items.find((one) => one.version < entry.version)?.version
      const shown = pair ?? (items[1] ? { before: before(items[0]!) ?? items[1].version, after: items[0]!.version } : undefined)
      const options = items.map((one) => ({ value: one.version, label: t('history.option', { version: one.version, area: nameOf(one.areaCode), at: instant(one.effectiveFrom) }) }))
      return (
        <div className="ru-history">
          <Section title={t('history.title')}>
            <Timeline items={items.map((one) => {
              const place = placeOf(one)
              const from = before(one)
              return {
                key: String(one.version), at: t('history.from', { at: instant(one.effectiveFrom) }), tone: PLACE_TONES[place],
                title: <>{t('versionN', { version: one.version })} <StatusTag tone={PLACE_TONES[place]}>{t(`state.${place}`)}</StatusTag></>,
                by: one.proposedBy ? t('history.by', { proposer: one.proposedBy, decider: one.decidedBy }) : t('history.pack', { pack: one.pack ?? '–' }),
                children: (
                  <>
                    {one.note ? <p>{one.note}</p> : null}
                    <p className="fg-quiet">{t('history.about', { area: nameOf(one.areaCode), rows: one.rows })}{one.basedOn ? ` · ${t('history.basedOn', { version: one.basedOn })}` : ''}</p>
                    <div className="fg-row ru-gap">
                      <Link className="fg-button" to={addressOfVersion(code, one.version, one.emergencyKind)}>{t('seeVersion')}</Link>
                      {from === undefined ? null : <Button onClick={() => setPair({ before: from, after: one.version })}>{t('history.compareWith', { version: from })}</Button>}
                      {one.can.includes('bringBack') ? <Button onClick={() => { back.reset(); setReturning(one) }}>{t('history.bringBack')}</Button> : null}
                    </div>
                  </>
                ),
              }
            })} />
          </Section>
          {shown ? (
            <Section title={t('history.compare')}>
              <div className="fg-row ru-gap">
                <Choice aria-label={t('history.older')} className="ru-versions" value={shown.before} options={options} onChange={(version) => setPair({ ...shown, before: version })} />
                <span aria-hidden="true">→</span>
                <Choice aria-label={t('history.newer')} className="ru-versions" value={shown.after} options={options} onChange={(version) => setPair({ ...shown, after: version })} />
              </div>
              <Compared code={code} kind={kind} {...shown} />
            </Section>
          ) : null}
          <ReasonDialog open={returning !== undefined} title={t('history.returnTitle', { version: returning?.version ?? '' })} text={t('history.returnText')} deed={t('history.bringBack')} reasonLabel={t('proposeNote')} reasonHelp={t('proposeNoteHelp')} running={back.running} problem={back.problem}
            onCancel={() => setReturning(undefined)} onDo={(note) => void back.run({ params: { code, version: returning!.version }, body: { note, kind } })} />
        </div>
      )
    }}</Ready>
  )
}
function Compared({ code, kind, before, after }: { code: string; kind: string | undefined; before: number; after: number }) {
  const t = useText('rules')
  const [old, next] = [useRead(getTable, { params: { code, version: before }, query: { kind } }), useRead(getTable, { params: { code, version: after }, query: { kind } })]
  const both = old.data && next.data ? { old: old.data.table, next: next.data.table } : undefined
  return <Ready read={{ data: both, error: old.error ?? next.error, refetch: () => { void old.refetch(); void next.refetch() } }} lines={4}>{(tables: { old: DecisionTable; next: DecisionTable }) => <ProposalChanges before={tables.old} after={tables.next} changed={differencesOf(tables.old, tables.next)} heads={{ before: t('versionN', { version: before }), after: t('versionN', { version: after }) }} />}</Ready>
}
