// What a proposed version changes: rows side by side with the version in force, and what changes in the head.
import type { DecisionTable, Proposal } from '@fugong/contract/rules'
import type { ReactNode } from 'react'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'
import { Condition, Result } from './RuleGrid.tsx'

type Row = DecisionTable['rows'][number]
const TONES = { added: 'good', removed: 'bad', changed: 'warn' } as const
interface ChangesProps { before: DecisionTable; after: DecisionTable; changed: Proposal['changedRows']; /** What the two sides are called; in force and proposed when left out. */ heads?: { before: string; after: string } }
export function ProposalChanges({ before, after, changed, heads: named }: ChangesProps) {
  const t = useText('rules')
  const sides = named ?? { before: t('before', { version: before.version }), after: t('after', { version: after.version }) }
  const counted = { added: 0, removed: 0, changed: 0 }
  for (const { change } of changed) counted[change] += 1
  const heads = useHeadChanges(before, after)
  return (
    <div className="ru-changes">
      <p>{changed.length === 0 ? t('changesNone') : t(named ? 'changesBetween' : 'changes', { version: before.version, ...counted })}</p>
      {heads.length > 0 ? (
        <table className="fg-table ru-diff" aria-label={t('headChanges')}>
          <thead><tr><th scope="col">{t('headChanges')}</th><th scope="col">{sides.before}</th><th scope="col">{sides.after}</th></tr></thead>
          <tbody>{heads.map(([key, old, next]) => <tr key={key}><th scope="row" className="fg-cell-main">{t(`headField.${key}`)}</th><td data-label={sides.before}>{old}</td><td data-label={sides.after}>{next}</td></tr>)}</tbody>
        </table>
      ) : null}
      {changed.length > 0 ? (
        <table className="fg-table ru-diff" aria-label={t('changesList')}>
          <thead><tr><th scope="col">{t('row')}</th><th scope="col">{sides.before}</th><th scope="col">{sides.after}</th></tr></thead>
          <tbody>{changed.map(({ row, change }) => {
            const old = before.rows.find((one) => one.id === row)
            const next = after.rows.find((one) => one.id === row)
            return (
              <tr key={row}>
                <th scope="row" className="fg-cell-main"><span className="fg-mono">{row}</span> <StatusTag tone={TONES[change]}>{t(`change.${change}`)}</StatusTag></th>
                <td data-label={sides.before}>{old ? <Rule table={before} row={old} other={next} mark="del" /> : <span className="fg-quiet">{t('absent')}</span>}</td>
                <td data-label={sides.after}>{next ? <Rule table={after} row={next} other={old} mark="ins" /> : <span className="fg-quiet">{t('absent')}</span>}</td>
              </tr>
            )
          })}</tbody>
        </table>
      ) : null}
    </div>
  )
}

/** One rule, cell by cell; what differs from the other side is marked. */
function Rule({ table, row, other, mark }: { table: DecisionTable; row: Row; other: Row | undefined; mark: 'ins' | 'del' }) {
  const t = useText('rules')
  const Mark = mark
  const shown = (differs: boolean, content: ReactNode) => (differs && other ? <Mark>{content}</Mark> : content)
  return (
    <dl className="ru-rule">
      {table.inputs.filter((column) => row.when[column.name] !== undefined || other?.when[column.name] !== undefined).map((column) => <div key={column.name}><dt>{pick(column.label)}</dt><dd>{shown(row.when[column.name] !== other?.when[column.name], <Condition column={column} row={row} />)}</dd></div>)}
      {table.outputs.map((column) => <div key={column.name}><dt>{pick(column.label)}</dt><dd className="ru-result">{shown(row.then[column.name] !== other?.then[column.name], <Result column={column} row={row} />)}</dd></div>)}
      <div><dt>{t('because')}</dt><dd>{shown(JSON.stringify(row.because) !== JSON.stringify(other?.because), row.because ? pick(row.because) : '–')}</dd></div>
    </dl>
  )
}

function useHeadChanges(before: DecisionTable, after: DecisionTable): [string, ReactNode, ReactNode][] {
  const t = useText('rules')
  const { nameOf } = useAreas()
  const differ = (a: unknown, b: unknown) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null)
  const examples = (table: DecisionTable) => t('examplesCount', { count: table.examples?.length ?? 0 })
  const all: [string, boolean, ReactNode, ReactNode][] = [
    ['name', differ(before.name, after.name), pick(before.name), pick(after.name)],
    ['effectiveFrom', differ(before.effectiveFrom, after.effectiveFrom), instant(before.effectiveFrom), instant(after.effectiveFrom)],
    ['areaCode', differ(before.areaCode, after.areaCode), nameOf(before.areaCode), nameOf(after.areaCode)],
    ['source', differ(before.source, after.source), pick(before.source), pick(after.source)],
    ['note', differ(before.note, after.note), before.note ? pick(before.note) : '–', after.note ? pick(after.note) : '–'],
    ['examples', differ(before.examples ?? [], after.examples ?? []), examples(before), examples(after)],
    ['columns', differ([before.inputs, before.outputs], [after.inputs, after.outputs]), '–', t('columnsChanged')],
  ]
  return all.filter(([, changed]) => changed).map(([key, , old, next]) => [key, old, next])
}
