// The workshop of a form: its outline, the chosen part, and the form itself drawn beside it as it will be filled in.
import type { FormDraft } from '@fugong/contract/forms.edit'
import { exportDraft, listFields } from '@fugong/contract/forms.edit'
import { formIssues } from '@fugong/contract/forms.check'
import type { Form } from '@fugong/contract/forms'
import { useId, useMemo, useState } from 'react'
import { instant } from '../../base/format.ts'
import { labelOf } from '../../base/form-paths.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { wordsOfIssue } from '../../base/words.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Note, TabLinks } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { useFilters } from '../../base/filters.ts'
import { Changes } from './Changes.tsx'
import { DictionaryPicker } from './DictionaryPicker.tsx'
import { documentOf, fieldAt, fromDictionary, mergeFaults, pageAt, pathOf, spotOf, type Spot } from './document.ts'
import { DraftDeeds } from './DraftDeeds.tsx'
import { FieldPanel } from './FieldPanel.tsx'
import { HeadPanel, PagePanel } from './HeadPanel.tsx'
import { idOf } from './Bound.tsx'
import { addAfter, Outline } from './Outline.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { useDocument } from './useDocument.ts'
import { STATE_TONES, tomorrowMorning } from './words.ts'
import { ExportButton } from './XlsForm.tsx'

const readDocument = (body: unknown) => documentOf(body, tomorrowMorning())
export function FormEditor({ start }: { start: FormDraft }) {
  const t = useText('forms')
  const id = `fm${useId().replace(/[^A-Za-z0-9]/g, '')}`
  const view = useDocument<Form>(start, readDocument)
  const { document: form, draft } = view
  const [chosen, choose] = useState<Spot>('')
  const [picking, setPicking] = useState(false)
  const { filters } = useFilters(['view'])
  const shown = filters.view === 'changes' || filters.view === 'preview' ? filters.view : 'write'
  const dictionary = (useRead(listFields, {}, { staleTime: 30_000 }).data?.items ?? []).map((row) => row.field)
  const own = useMemo(() => formIssues(form), [form])
  const closed = ['published', 'rejected', 'discarded'].includes(draft.state)
  const locked = !draft.can.includes('save')
  const faults = closed ? [] : mergeFaults(own, draft.faults.filter((issue) => issue.path !== '/version'))
  // What was chosen may have been taken out by an undo.
  const spot: Spot = chosen === '' || (chosen.includes('/') ? fieldAt(form, chosen) : pageAt(form, chosen)) ? chosen : ''
  const change = (next: Form, at?: Spot) => { view.change(next); if (at !== undefined) choose(at) }
  const panel = { form, faults, locked, id, change: (next: Form) => change(next) }
  const name = pick(form.name) || draft.code
  const add = (next: Form, at: Spot) => { change(next, at); writeAt(`${pathOf(at)}/${at.includes('/') ? 'label' : 'title'}`) }
  const toFault = (path: string) => { choose(spotOf(path)); writeAt(path) }
  const writeAt = (path: string) => {
    // The panel of the chosen part is drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => { const control = document.getElementById(idOf(id, path)) ?? document.getElementById(`${idOf(id, path)}-zh`); control?.focus(); control?.scrollIntoView({ block: 'center' }) }))
  }
  return (
    <Page title={name} width="full" actions={faults.length === 0 ? <ExportButton endpoint={exportDraft} id={draft.id} /> : null} back={{ to: '/console/forms', text: t('title') }} tags={<StatusTag tone={STATE_TONES[draft.state]}>{t(`state.${draft.state}`)}</StatusTag>} sub={t('draftSub', { code: draft.code, base: draft.baseVersion === null ? t('newForm') : t('fromVersion', { version: draft.baseVersion }), by: draft.changedBy, at: instant(draft.changedAt) })}>
      {draft.note ? <Note tone="info" title={t('proposeNoteBy', { by: draft.proposedBy ?? '' })}><p>{draft.note}</p></Note> : null}
      {draft.decisionNote ? <Note tone={draft.state === 'published' ? 'good' : 'bad'} title={t('decisionBy', { by: draft.decidedBy ?? '' })}><p>{draft.decisionNote}</p></Note> : null}
      <TabLinks label={t('views')} items={[{ key: 'write', to: '?', text: t('viewWrite'), count: faults.length > 0 ? faults.length : undefined, active: shown === 'write' }, { key: 'preview', to: '?view=preview', text: t('preview'), active: shown === 'preview' }, { key: 'changes', to: '?view=changes', text: t('viewChanges'), active: shown === 'changes' }]} />
      {shown === 'changes' ? <Section title={t('viewChanges')}><Changes before={draft.before === null ? null : readDocument(draft.before)} after={form} /></Section> : shown === 'preview' ? <PreviewPane form={form} page={undefined} /> : (
        <div className="fm-editor">
          <Outline form={form} spot={spot} choose={choose} change={change} add={add} faults={faults} hints={draft.hints} locked={locked} pickField={() => setPicking(true)} />
          <section className="fm-middle" aria-label={t('part')}>
            {faults.length > 0 ? <details className="fm-faults"><summary>{t('faultSummary', { count: faults.length })}</summary><ul>{faults.slice(0, 60).map((issue) => <li key={`${issue.path}${issue.code}`}><button type="button" className="fm-link" onClick={() => toFault(issue.path)}>{wordsOfPath(form, issue.path, t)}</button>{t('colon')}{wordsOfIssue(issue, wordsOfPart(issue.path, t))}</li>)}</ul></details> : null}
            {spot === '' ? <HeadPanel {...panel} /> : spot.includes('/') ? <FieldPanel key={spot.split('/').length} {...panel} spot={spot} hints={draft.hints} dictionary={dictionary} /> : <PagePanel {...panel} spot={spot} />}
          </section>
          <div className="fm-beside"><PreviewPane form={form} page={spot === '' ? undefined : Number(spot.split('/')[0])} /></div>
        </div>
      )}
      <DraftDeeds view={view} name={name} faults={faults.length} onFaults={() => toFault(faults[0]!.path)} />
      <DictionaryPicker open={picking} onClose={() => setPicking(false)} onPick={(entry) => { const done = addAfter(form, spot, fromDictionary(form, entry)); setPicking(false); if (done) change(done.form, done.spot) }} />
    </Page>
  )
}
function wordsOfPath(form: Form, path: string, t: (key: string) => string): string {
  const spot = spotOf(path)
  if (spot === '') return t('head')
  const field = spot.includes('/') ? fieldAt(form, spot) : undefined
  return field ? pick(field.label) || field.code || t('untitled') : pick(pageAt(form, spot)?.title) || t('page')
}
/** The part of a question that a fault is about. */
function wordsOfPart(path: string, t: (key: string) => string): string | undefined {
  const labels: Record<string, string> = { '/name': t('name'), '/name/*': t('name'), '/source': t('sourceOf'), '/source/*': t('sourceOf'), '/areaCode': t('area'), '/effectiveFrom': t('effectiveFrom') }
  const part = path.split('/').findLast((one) => !/^\d+$|^zh$|^en$/.test(one)) ?? ''
  const known: Record<string, string> = { label: t('label'), title: t('pageTitle'), code: t('code'), codes: t('choices'), message: t('checkMessage'), value: t('choiceCode'), unit: t('unit'), max: t('max'), min: t('min'), pattern: t('pattern'), fields: t('type.group') }
  return labelOf(labels, path) ?? known[part]
}
