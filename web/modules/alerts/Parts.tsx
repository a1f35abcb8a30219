// Parts that the pages of alerts share: a colour as shape and word, a limit that has passed or not, and why a colour is as it is.
import type { HealthLevel } from '@fugong/contract/health'
import type { HealthFacts } from '@fugong/contract/health.status'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { TabLinks } from '../../ui/parts.tsx'
import { LevelShape, type Grade } from '../../ui/tags.tsx'

const shapes: Record<HealthLevel, Grade> = { green: 'none', yellow: 'low', orange: 'medium', red: 'high' }
export function Colour({ level }: { level: HealthLevel }) {
  const t = useText('alerts')
  return <span className={`al-level al-level-${level}`}><LevelShape level={shapes[level]} />{t(`level.${level}`)}</span>
}
export function Limit({ at, late }: { at: string; late: boolean }) {
  const t = useText('alerts')
  return <span className={late ? 'al-late' : undefined}>{instant(at)}{late ? ` ${t('late')}` : ''}</span>
}
export function Tabs({ at }: { at: 'alerts' | 'appeals' | 'outbreaks' }) {
  const t = useText('alerts')
  return <TabLinks label={t('title')} items={(['alerts', 'appeals', 'outbreaks'] as const).map((key) => ({ key, to: key === 'alerts' ? '/console/alerts' : `/console/alerts/${key}`, text: t(`tab.${key}`), active: key === at }))} />
}
/** Colour, rule and inputs, then every report with its answers. */
export function Facts({ facts }: { facts: HealthFacts }) {
  const t = useText('alerts')
  const { why } = facts
  return (
    <>
      <div className="al-report">
        <div className="fg-row"><Colour level={why.level} /><span>{pick(why.sourceName)}</span>{why.since ? <span className="fg-quiet">{instant(why.since)}</span> : null}</div>
        {why.because ? <p>{pick(why.because)}{why.rule ? <span className="fg-quiet"> {t('facts.rule', { table: why.rule.table, version: why.rule.version, row: why.rule.row })}</span> : null}</p> : null}
        {why.reason ? <p>{t('facts.reason', { reason: why.reason })}{why.by ? ` · ${why.by}` : ''}{why.until ? ` · ${t('facts.until', { day: why.until })}` : ''}</p> : null}
        {why.inputs.length ? <dl>{why.inputs.flatMap(({ label, value }, at) => [<dt key={`l${at}`}>{pick(label)}</dt>, <dd key={`v${at}`}>{pick(value)}</dd>])}</dl> : null}
      </div>
      {facts.reports.map((report) => (
        <div key={`${report.day} ${report.slot} ${report.version}`} className="al-report">
          <div className="fg-row"><strong>{report.day} {t(`facts.slot.${report.slot}`)}</strong><Colour level={report.level} /><span className="fg-quiet">{instant(report.at)}{report.version > 1 ? ` · ${t('facts.version', { version: report.version })}` : ''}{report.relation ? ` · ${t(`facts.relation.${report.relation}`)}` : ''}</span></div>
          {report.erased ? <p className="fg-quiet">{t('facts.erased')}</p> : <dl>{report.answers.flatMap(({ label, value }, at) => [<dt key={`l${at}`}>{pick(label)}</dt>, <dd key={`v${at}`}>{pick(value)}</dd>])}</dl>}
        </div>
      ))}
      {facts.reports.length ? null : <p className="fg-quiet">{t('facts.none')}</p>}
      {facts.changes.length ? <ul>{facts.changes.map((change) => <li key={change.at}>{instant(change.at)} <Colour level={change.before} /> → <Colour level={change.level} /> {pick(change.sourceName)}{change.by ? ` · ${change.by}` : ''}{change.agreedBy ? ` · ${t('facts.agreed', { name: change.agreedBy })}` : ''}{change.reason ? ` · ${change.reason}` : ''}</li>)}</ul> : null}
    </>
  )
}
