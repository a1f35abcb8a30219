// Templates of notices: what holds, what is planned, what waits for a second administrator; read with examples filled in, changed by a proposal.
import { decideTemplate, listTemplates, type Template } from '@fugong/contract/notices.templates'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { NoticeCounts } from './NoticeCounts.tsx'
import { TemplateForm } from './TemplateForm.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'
import { templateWord } from './words.ts'
import './notices.css'

export function TemplatesPage() {
  const t = useText('notices')
  const { nameOf } = useAreas()
  const { filters, set } = useFilters(['q', 'template'])
  const read = useRead(listTemplates)
  const [editing, edit] = useState(false)
  const [refusing, refuse] = useState(false)
  const [counting, count] = useState(false)
  const decide = useDeed(decideTemplate, { invalidates: [listTemplates], onDone: () => refuse(false) })
  const all = read.data?.items ?? []
  const rows = all.filter((row) => !filters.q || `${templateWord(t, row.code)} ${row.title.zh} ${row.title.en} ${row.text.zh} ${row.text.en}`.toLowerCase().includes(filters.q.toLowerCase()))
  const shown = all.find(({ id }) => id === filters.template)
  const area = (row: Template) => (row.areaCode ? nameOf(row.areaCode) : t('templates.everywhere'))
  const state = (row: Template) => (row.state === 'proposed' ? <StatusTag tone="warn">{t('templates.states.proposed')}</StatusTag> : row.inForce ? <StatusTag tone="good">{t('templates.inForce')}</StatusTag> : <StatusTag tone="info">{t('templates.planned')}</StatusTag>)
  const columns: DataColumn<Template>[] = [
    { key: 'name', title: t('templates.name'), main: true, cell: (row) => pick(row.title) },
    { key: 'kind', title: t('preferences.kind'), nowrap: true, cell: (row) => t(`kind.${row.code.split('.')[0]!}`) },
    { key: 'area', title: t('templates.area'), nowrap: true, wideOnly: true, cell: area },
    { key: 'from', title: t('templates.from'), nowrap: true, cell: (row) => row.from },
    { key: 'sms', title: t('templates.sms'), nowrap: true, cell: (row) => t(`templates.modes.${row.smsMode}`) },
    { key: 'state', title: t('templates.state'), nowrap: true, cell: state },
  ]
  const withdrawing = shown?.can.includes('withdraw') ?? false
  return (
    <Page title={t('templates.title')} sub={t('templates.sub')} width="full" actions={<Button onClick={() => count(true)}>{t('templates.counts')}</Button>}>
      <DataTable<Template> label={t('templates.title')} columns={columns} rowKey={(row) => row.id} onOpen={(row) => set({ template: row.id })} openKey={filters.template} search={{ value: filters.q ?? '', placeholder: t('templates.name'), onSearch: (q) => set({ q: q || undefined }) }}
        list={{ rows, total: read.data ? rows.length : undefined, pending: read.isPending, error: read.data ? null : read.error, retry: () => void read.refetch() }} rowTone={(row) => (row.state === 'proposed' ? 'warn' : undefined)} empty={{ title: t('templates.empty'), text: t('templates.emptyText') }} />
      <Panel open={shown !== undefined && !editing} title={shown ? pick(shown.title) : ''} sub={shown ? t('templates.version', { version: shown.version }) : ''} onClose={() => set({ template: undefined })} foot={shown ? (
        <div className="fg-row">
          {shown.can.includes('decide') ? <><Button type="primary" loading={decide.running} onClick={() => void decide.run({ params: { id: shown.id }, body: { confirm: true, reason: '' } })}>{t('templates.confirm')}</Button><Button danger onClick={() => { decide.reset(); refuse(true) }}>{t('templates.reject')}</Button></> : null}
          {withdrawing ? <Button danger onClick={() => { decide.reset(); refuse(true) }}>{t('templates.withdraw')}</Button> : null}
          {shown.state === 'confirmed' ? <Button type="primary" onClick={() => edit(true)}>{t('templates.edit')}</Button> : null}
        </div>
      ) : null}>
        {shown ? (
          <>
            {decide.problem && !refusing ? <p role="alert" className="fg-error">{wordsOf(decide.problem)}</p> : null}
            <Facts columns={2} items={[
              { label: t('templates.state'), value: state(shown) }, { label: t('templates.from'), value: shown.from }, { label: t('templates.area'), value: area(shown) },
              { label: t('templates.sms'), value: t(`templates.modes.${shown.smsMode}`) }, { label: t('robots.title'), value: shown.robots ? t('templates.robots') : '–' }, { label: t('templates.source'), value: shown.proposedBy ? t('templates.by', { name: shown.proposedBy }) : t('templates.shipped') },
            ]} />
            <TemplatePreview code={shown.code} title={shown.title} text={shown.text} sms={shown.sms} />
          </>
        ) : null}
      </Panel>
      <Panel open={counting} width={760} title={t('templates.counts')} onClose={() => count(false)}><NoticeCounts /></Panel>
      <FormDialog open={editing && shown !== undefined} width={720} title={t('templates.edit')} onCancel={() => edit(false)}>{shown ? <TemplateForm template={shown} newest={Math.max(...all.filter(({ code }) => code === shown.code).map(({ version }) => version))} onDone={(id) => { edit(false); if (id) set({ template: id }) }} /> : null}</FormDialog>
      {shown && refusing ? <ReasonDialog open danger needsReason={!withdrawing} maxLength={300} title={t(withdrawing ? 'templates.withdrawTitle' : 'templates.decideTitle')} deed={t(withdrawing ? 'templates.withdraw' : 'templates.reject')} running={decide.running} problem={decide.problem} onCancel={() => refuse(false)} onDo={(reason) => void decide.run({ params: { id: shown.id }, body: { confirm: false, reason } })} /> : null}
    </Page>
  )
}
