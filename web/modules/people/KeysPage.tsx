// Data keys for administrators: what is sealed under which, and replacing all of them with the progress shown.
import { getKeys, rotateKeys, type KeyState } from '@fugong/contract/people'
import { Button } from 'antd'
import { useState } from 'react'
import { instant, number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './people.css'

type Key = KeyState['keys'][number]
export function KeysPage() {
  const t = useText('people')
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  const [running, setRunning] = useState(false)
  const read = useRead(getKeys, {}, running ? { every: 2000 } : {})
  const rotate = useDeed(rotateKeys, { invalidates: [getKeys], onDone: () => setAsking(false) })
  const open = read.data?.rotation && read.data.rotation.finishedAt === null
  if (read.data && Boolean(open) !== running) setRunning(Boolean(open))
  return (
    <Page title={t('keys.title')} sub={t('keys.sub')} actions={may('keys.rotate') ? <Button type="primary" disabled={running} onClick={() => setAsking(true)}>{t('keys.rotate')}</Button> : null}>
      <Ready read={read}>{({ keys, rotation }) => (
        <div className="fg-stack">
          {rotation ? rotation.finishedAt === null
            ? <div className="fg-outcome" role="status"><progress max={Math.max(rotation.total, 1)} value={rotation.done} aria-label={t('keys.progress')} /><span>{t(rotation.done >= rotation.total ? 'keys.ending' : 'keys.running', { done: number(rotation.done), total: number(rotation.total) })}</span></div>
            : <Note tone="good">{t('keys.done', { at: instant(rotation.finishedAt), count: rotation.done })}</Note> : null}
          <DataTable<Key> label={t('keys.title')} list={{ rows: keys }} rowKey={(row) => row.id} columns={[
            { key: 'id', title: t('keys.id'), main: true, cell: (row) => <span className="fg-mono">{row.id}</span> }, { key: 'label', title: t('keys.label'), cell: (row) => <span className="fg-mono">{row.label}</span> },
            { key: 'made', title: t('keys.made'), nowrap: true, cell: (row) => instant(row.madeAt) }, { key: 'values', title: t('keys.values'), align: 'right', cell: (row) => number(row.values) },
            { key: 'state', title: t('keys.state'), nowrap: true, cell: (row) => <StatusTag tone={row.current ? 'good' : 'neutral'}>{t(row.current ? 'keys.current' : 'keys.old')}</StatusTag> },
          ]} empty={{ title: t('keys.empty'), text: t('keys.emptyText') }} />
        </div>
      )}</Ready>
      <ReasonDialog open={asking} needsReason={false} title={t('keys.rotate')} text={t('keys.rotateText')} deed={t('keys.rotate')} running={rotate.running} problem={rotate.problem} onCancel={() => setAsking(false)} onDo={() => void rotate.run({ body: {} })} />
    </Page>
  )
}
