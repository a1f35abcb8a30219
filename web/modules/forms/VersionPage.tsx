// One version of a form as it is: its questions drawn, what it changed, its sisters, and the way to a new one.
import { exportVersion, getFormVersion, listDrafts, openDraft, type FormTitle } from '@fugong/contract/forms.edit'
import { Button } from 'antd'
import { useNavigate, useParams, Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Changes } from './Changes.tsx'
import { audience } from './FormsPage.tsx'
import { PreviewPane } from './PreviewPane.tsx'
import { ExportButton } from './XlsForm.tsx'
import './forms.css'

export function VersionPage() {
  const t = useText('forms')
  const { id = '' } = useParams()
  const { nameOf } = useAreas()
  const navigate = useNavigate()
  const { filters, set } = useFilters(['compare'])
  const read = useRead(getFormVersion, { params: { id } })
  const deed = useDeed(openDraft, { invalidates: [listDrafts], onDone: (draft) => void navigate(`/console/forms/drafts/${draft.id}`) })
  const data = read.data
  const older = data?.versions.filter((one) => one.version < data.title.version) ?? []
  const compared = older.find((one) => one.id === filters.compare) ?? older[0]
  const before = useRead(getFormVersion, { params: { id: compared?.id ?? '' } }, { enabled: compared !== undefined })
  const newer = data?.versions.some((one) => one.version > data.title.version)
  const place = (one: FormTitle) => (one.inForce ? 'good' : Date.parse(one.effectiveFrom) > Date.now() ? 'info' : 'neutral')
  return (
    <Page title={data ? pick(data.title.name) : t('form')} width="full" back={{ to: '/console/forms', text: t('title') }} sub={data ? t('versionSub', { code: data.title.code, version: data.title.version }) : undefined}
      tags={data ? <StatusTag tone={place(data.title)}>{t(data.title.inForce ? 'inForce' : place(data.title) === 'info' ? 'coming' : 'past')}</StatusTag> : undefined}
      actions={data ? <><ExportButton endpoint={exportVersion} id={id} />{data.can.includes('edit') ? <Button type="primary" loading={deed.running} onClick={() => void deed.run({ body: { what: 'form', from: id } })}>{t(newer ? 'bringBack' : 'changeForm')}</Button> : null}</> : null}>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      <Ready read={read} lines={10}>{({ title, form, versions, hints }) => (
        <div className="fm-version">
          <div className="fg-stack">
            {newer ? <Note tone="info"><p>{t('bringBackText')}</p></Note> : null}
            {hints.length > 0 ? <Note tone="warn" title={t('hintsTitle', { count: hints.length })}><p>{t('hintsText')}</p></Note> : null}
            <Section title={t('about')}>
              <Facts columns={1} items={[
                { label: t('for'), value: audience(title, t) }, { label: t('area'), value: nameOf(title.areaCode) }, { label: t('effectiveFrom'), value: instant(title.effectiveFrom) }, { label: t('fieldCount'), value: title.fields },
                { label: t('pack'), value: title.pack ?? t('ownForm') }, { label: t('sourceOf'), value: pick(form.source) }, form.note && { label: t('note'), value: pick(form.note) },
              ]} />
            </Section>
            <Section title={t('versions')}>
              <ol className="fm-versions">{versions.map((one) => <li key={one.id}>{one.id === id ? <strong>{t('versionNo', { version: one.version })}</strong> : <Link to={`/console/forms/${one.id}`}>{t('versionNo', { version: one.version })}</Link>} <StatusTag tone={place(one)}>{t(one.inForce ? 'inForce' : place(one) === 'info' ? 'coming' : 'past')}</StatusTag> <span className="fg-quiet">{instant(one.effectiveFrom)} · {nameOf(one.areaCode)}{one.appliesTo ? ` · ${audience(one, t)}` : ''}</span></li>)}</ol>
            </Section>
            {compared ? (
              <Section title={t('viewChanges')} extra={older.length > 1 ? <Choice<string> aria-label={t('compareWith')} value={compared.id} options={older.map((one) => ({ value: one.id, label: t('versionNo', { version: one.version }) }))} onChange={(compare) => set({ compare })} /> : null}>
                <Ready read={before}>{(old) => <Changes before={old.form} after={form} />}</Ready>
              </Section>
            ) : null}
          </div>
          <PreviewPane form={form} page={undefined} />
        </div>
      )}</Ready>
    </Page>
  )
}
