// Construction projects that a firm builds or owns, with their sections; who may keep them right does it here.
import type { Enterprise } from '@fugong/contract/enterprises'
import { listProjectsOf, type Project } from '@fugong/contract/enterprises.places'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { AddProjectForm, ChangeProjectForm, EndSectionForm, SectionForm } from './ProjectForms.tsx'

const tones: Record<Project['state'], Tone> = { planned: 'neutral', building: 'good', suspended: 'warn', finished: 'info' }
type Asking = { deed: 'change'; project: Project } | { deed: 'addSection'; project: Project } | { deed: 'endSection'; project: Project; section: Project['sections'][number] } | undefined
export function ProjectsTab({ firm, page }: { firm: Enterprise; page: (id: string) => string }) {
  const t = useText('enterprises')
  const read = useRead(listProjectsOf, { params: { id: firm.id } })
  const [adding, add] = useState(false)
  const [asking, ask] = useState<Asking>(undefined)
  const done = () => ask(undefined)
  return (
    <Ready read={read}>{({ items, can }) => (
      <>
        {can.includes('add') ? <div className="fg-row"><Button onClick={() => add(true)}>{t('project.add')}</Button></div> : null}
        {items.length === 0 ? <Section><Empty title={t('project.none')} text={t(can.includes('add') ? 'project.noneOwn' : 'project.noneText')} /></Section> : items.map((project) => <OneProject key={project.id} project={project} page={page} ask={ask} />)}
        <FormDialog open={adding} title={t('project.add')} onCancel={() => add(false)}><AddProjectForm firm={firm} onClose={() => add(false)} /></FormDialog>
        <FormDialog open={asking !== undefined} title={asking ? t(`project.title.${asking.deed}`, { name: asking.deed === 'endSection' ? asking.section.name : asking.project.name }) : ''} onCancel={done}>
          {asking?.deed === 'change' ? <ChangeProjectForm project={asking.project} onClose={done} /> : asking?.deed === 'addSection' ? <SectionForm project={asking.project} onClose={done} /> : asking?.deed === 'endSection' ? <EndSectionForm project={asking.project} section={asking.section} onClose={done} /> : null}
        </FormDialog>
      </>
    )}</Ready>
  )
}
function OneProject({ project, page, ask }: { project: Project; page: (id: string) => string; ask: (what: Asking) => void }) {
  const t = useText('enterprises')
  const { whereIs, nameOf } = useAreas()
  const party = (firm: Project['owner'], name: string) => (firm?.visible ? <Link to={page(firm.id)}>{name}</Link> : name)
  const may = (deed: string) => project.can.includes(deed)
  return (
    <Section title={project.name} extra={<span className="fg-row"><StatusTag tone={tones[project.state]}>{t(`project.state.${project.state}`)}</StatusTag>{may('change') ? <Button onClick={() => ask({ deed: 'change', project })}>{t('check.change')}</Button> : null}</span>}>
      <Facts items={[
        { label: t('project.permitNumber'), value: project.permitNumber ?? t('project.permitNone') }, { label: t('project.stateSince'), value: project.stateSince },
        { label: t('project.contractor'), value: party(project.contractor, project.contractorName) }, { label: t('project.owner'), value: party(project.owner, project.ownerName) },
        { label: t('workplace.address'), value: `${whereIs(project)}${project.zoneCode ? ` · ${nameOf(project.zoneCode)}` : ''}`, wide: true },
        { label: t('project.planned'), value: project.plannedFrom || project.plannedUntil ? t('flag.span', { from: project.plannedFrom ?? '…', until: project.plannedUntil ?? '…' }) : '' },
      ]} />
      <div className="fg-check-head fg-sections"><h3>{t('project.sections')}</h3>{may('addSection') ? <Button onClick={() => ask({ deed: 'addSection', project })}>{t('project.addSection')}</Button> : null}</div>
      {project.sections.length === 0 ? <p className="fg-quiet">{t('project.sectionsNone')}</p> : (
        <ul className="fg-rows">
          {project.sections.map((section) => (
            <li key={section.id} className={section.until ? 'fg-over' : undefined}>
              <strong>{section.name}</strong><span>{party(section.contractor, section.contractorName)}</span>
              <span className="fg-quiet">{section.until ? t('flag.span', { from: section.from, until: section.until }) : t('flag.since', { from: section.from })}</span>
              {may('endSection') && !section.until ? <Button type="link" danger aria-label={t('project.endSectionNamed', { name: section.name })} onClick={() => ask({ deed: 'endSection', project, section })}>{t('project.endSection')}</Button> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
