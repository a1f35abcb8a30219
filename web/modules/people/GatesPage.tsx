// Thermometers at gates: a key for each, made and shown once, and revoked; how a device sends a reading.
import { listGates, makeGate, revokeGate, type Gate } from '@fugong/contract/health.others'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { instant } from '../../base/format.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { rosterPath } from './people.ts'
import './people.css'

const EXAMPLE = '{ "key": "k3Jx…22", "staffNo": "A0012", "temperature": 36.4 }'
export function GatesPage() {
  const t = useText('people')
  const { id = '' } = useParams()
  const read = useRead(listGates, { params: { id } }, { every: 30_000 })
  const [making, setMaking] = useState(false)
  const [shown, setShown] = useState<{ gate: Gate; key: string }>()
  const [ending, setEnding] = useState<Gate>()
  const revoke = useDeed(revokeGate, { invalidates: [listGates], onDone: () => setEnding(undefined) })
  const columns: DataColumn<Gate>[] = [
    { key: 'name', title: t('gates.name'), main: true, cell: (row) => <strong>{row.name}</strong> },
    { key: 'place', title: t('field.workplace'), cell: (row) => row.workplaceName },
    { key: 'state', title: t('field.state'), nowrap: true, cell: (row) => <StatusTag tone={row.revokedAt ? 'neutral' : 'good'}>{t(row.revokedAt ? 'gates.revoked' : 'gates.inForce')}</StatusTag> },
    { key: 'last', title: t('gates.last'), nowrap: true, cell: (row) => (row.lastAt ? instant(row.lastAt) : t('gates.never')) },
    { key: 'made', title: t('gates.made'), nowrap: true, wideOnly: true, cell: (row) => instant(row.madeAt) },
    { key: 'deeds', title: <span className="fg-hidden">{t('entries.deeds')}</span>, nowrap: true, cell: (row) => row.can.includes('revoke') ? <Button danger onClick={() => { revoke.reset(); setEnding(row) }}>{t('gates.revoke')}</Button> : null },
  ]
  return (
    <Page title={t('gates.title')} sub={t('gates.sub')} width="full" back={{ to: rosterPath(id), text: t('title') }} actions={read.data?.can.includes('make') ? <Button type="primary" onClick={() => setMaking(true)}>{t('gates.make')}</Button> : null}>
      {shown ? (
        <Section title={t('gates.keyOf', { name: shown.gate.name })}>
          <div className="fg-stack" role="status"><p><strong>{t('gates.once')}</strong></p><code className="pe-key fg-mono">{shown.key}</code><div className="fg-row"><Button onClick={() => void navigator.clipboard.writeText(shown.key)}>{t('gates.copy')}</Button><Button type="link" onClick={() => setShown(undefined)}>{t('gates.kept')}</Button></div></div>
        </Section>
      ) : null}
      <DataTable label={t('gates.title')} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.data ? undefined : read.error, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => row.id} empty={{ title: t('gates.empty'), text: t('gates.emptyText') }} />
      <Section title={t('gates.how')}><p className="fg-quiet">{t('gates.howText')}</p><pre className="pe-key fg-mono">{`POST ${location.origin}/api/health/gate-readings\nAuthorization: Bearer <key>\nContent-Type: application/json\n\n${EXAMPLE}`}</pre></Section>
      {making ? <MakeGate firm={id} workplaces={read.data?.workplaces ?? []} onClose={() => setMaking(false)} onMade={(made) => { setShown(made); setMaking(false) }} /> : null}
      <ReasonDialog open={ending !== undefined} danger needsReason={false} title={t('gates.revokeTitle', { name: ending?.name ?? '' })} text={t('gates.revokeText')} deed={t('gates.revoke')} running={revoke.running} problem={revoke.problem} onCancel={() => setEnding(undefined)} onDo={() => void revoke.run({ params: { id, gateId: ending!.id }, body: {} })} />
    </Page>
  )
}
function MakeGate({ firm, workplaces, onClose, onMade }: { firm: string; workplaces: { id: string; name: string }[]; onClose: () => void; onMade: (made: { gate: Gate; key: string }) => void }) {
  const t = useText('people')
  const form = useForm(makeGate, { initial: { workplaceId: workplaces.length === 1 ? workplaces[0]!.id : '', name: '' }, labels: { '/workplaceId': t('field.workplace'), '/name': t('gates.name') }, params: { id: firm }, invalidates: [listGates], onDone: onMade })
  return (
    <FormDialog open title={t('gates.make')} onCancel={onClose}>
      <DialogForm form={form} deed={t('gates.make')} onCancel={onClose} onDone={() => undefined}>
        <FormField form={form} path="/workplaceId"><Choice options={workplaces.map((place) => ({ value: place.id, label: place.name }))} /></FormField>
        <FormField form={form} path="/name" help={t('gates.nameHelp')}><Input maxLength={40} /></FormField>
      </DialogForm>
    </FormDialog>
  )
}
