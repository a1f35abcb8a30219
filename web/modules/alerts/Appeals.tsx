// Appeals against a colour: what the person says, until when it must be decided, and the decision by somebody without a hand in it.
import { decideAppeal, listAppeals, type Appeal } from '@fugong/contract/alerts'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { Colour, Limit, Tabs } from './Parts.tsx'
import './alerts.css'

const tones: Record<Appeal['state'], Tone> = { waiting: 'warn', upheld: 'neutral', changed: 'good', relieved: 'good' }
export function Appeals() {
  const t = useText('alerts')
  const { filters, set } = useFilters(['all'] as const)
  const read = useRead(listAppeals, { query: filters.all ? {} : { open: true } }, { keepPrevious: true })
  const [deciding, decide] = useState<{ appeal: Appeal; uphold: boolean }>()
  const deed = useDeed(decideAppeal, { invalidates: [listAppeals], onDone: () => decide(undefined) })
  const now = new Date().toISOString()
  return (
    <Page title={t('tab.appeals')} sub={t('appeals.sub')} width="wide">
      <Tabs at="appeals" />
      <Checkbox checked={Boolean(filters.all)} onChange={(event) => set({ all: event.target.checked ? 'true' : undefined })}>{t('appeals.all')}</Checkbox>
      {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading lines={4} /> : read.data.items.length === 0 ? <Empty title={t('appeals.empty')} text={t('appeals.emptyText')} /> : (
        <div className="al-cards">{read.data.items.map((appeal) => (
          <article key={appeal.id} className="al-card">
            <div className="fg-row"><strong>{appeal.name}</strong><span className="fg-quiet">{appeal.enterpriseName}</span><Colour level={appeal.level} /><StatusTag tone={tones[appeal.state]}>{t(`appeals.state.${appeal.state}`)}</StatusTag></div>
            <p>{appeal.text}</p>
            <p className="fg-quiet">{instant(appeal.openedAt)}{appeal.state === 'waiting' && appeal.dueAt ? <> · {t('appeals.due')} <Limit at={appeal.dueAt} late={appeal.dueAt < now} /></> : null}{appeal.alertId ? <> · <Link to={`/console/alerts/${appeal.alertId}`}>{t('one')}</Link></> : null}</p>
            {appeal.reason ? <p>{appeal.decidedBy} · {appeal.reason}</p> : null}
            {appeal.state === 'waiting' ? (appeal.can.includes('decide') ? <div className="fg-row"><Button type="primary" onClick={() => { deed.reset(); decide({ appeal, uphold: false }) }}>{t('appeals.change')}</Button><Button onClick={() => { deed.reset(); decide({ appeal, uphold: true }) }}>{t('appeals.uphold')}</Button></div> : <p className="fg-quiet">{t('appeals.another')}</p>) : null}
          </article>
        ))}</div>
      )}
      {deciding ? <ReasonDialog open title={t(deciding.uphold ? 'appeals.upholdTitle' : 'appeals.changeTitle', { name: deciding.appeal.name })} text={t(deciding.uphold ? 'appeals.upholdText' : 'appeals.changeText')} deed={t(deciding.uphold ? 'appeals.uphold' : 'appeals.change')} running={deed.running} problem={deed.problem} onCancel={() => decide(undefined)}
        onDo={(reason) => void deed.run({ params: { id: deciding.appeal.id }, body: { uphold: deciding.uphold, ...(deciding.uphold ? {} : { level: 'green' as const }), reason } })} /> : null}
    </Page>
  )
}
