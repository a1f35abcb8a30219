// The forms of construction projects: registering one, keeping it right, its sections.
import type { Enterprise } from '@fugong/contract/enterprises'
import { addProject, addSection, changeProject, endSection, getProject, listProjects, listProjectsOf, projectStates, type Project } from '@fugong/contract/enterprises.places'
import { Input, Radio } from 'antd'
import { useAreas } from '../../base/areas.ts'
import { today } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm, type AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { DialogForm } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Chosen } from './WorkplaceFields.tsx'

const stale = [listProjectsOf, listProjects, getProject]
interface Draft { name: string; permitNumber: string; ownerName: string; ownerCode: string; districtCode: string; streetCode: string; zoneCode: string; address: string; state: Project['state']; stateSince: string | null; plannedFrom: string | null; plannedUntil: string | null }
function useLabels(names: readonly string[]): Record<string, string> {
  const t = useText('enterprises')
  return Object.fromEntries(names.map((name) => [`/${name}`, t(`project.${name}`)]))
}
const named = ['name', 'permitNumber', 'ownerName', 'ownerCode', 'districtCode', 'streetCode', 'zoneCode', 'address', 'state', 'stateSince', 'plannedFrom', 'plannedUntil'] as const

export function AddProjectForm({ firm, onClose }: { firm: Enterprise; onClose: () => void }) {
  const t = useText('enterprises')
  const { areas, nameOf, childrenOf } = useAreas()
  const form = useForm(addProject, {
    initial: { name: '', permitNumber: '', ownerName: '', ownerCode: '', districtCode: '', streetCode: '', zoneCode: '', address: '', state: 'building', stateSince: today(), plannedFrom: null, plannedUntil: null } as Draft, params: { id: firm.id }, invalidates: stale, labels: useLabels(named),
    body: ({ permitNumber, ownerCode, zoneCode, ...rest }) => ({ ...rest, stateSince: rest.stateSince ?? '', name: rest.name.trim(), ownerName: rest.ownerName.trim(), address: rest.address.trim(), permitNumber: permitNumber.trim() || null, ownerCode: ownerCode.trim() || null, zoneCode: zoneCode || null }),
    check: (values) => missing(values, ['/name', '/ownerName', '/districtCode', '/streetCode', '/address', '/state', '/stateSince']).map((issue) => (issue.path === '/districtCode' || issue.path === '/streetCode' ? { ...issue, code: 'issue.area' } : issue)),
  })
  const { districtCode } = form.values
  const zones = areas.filter((area) => area.kind === 'devZone' && (area.hosts.includes(districtCode) || area.parent === districtCode))
  const choices = (codes: string[]) => codes.map((code) => ({ value: code, label: nameOf(code) }))
  return (
    <DialogForm form={form} deed={t('project.add')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/name"><Input maxLength={100} autoComplete="off" /></FormField>
      <Owner form={form} />
      <FormField form={form} path="/districtCode"><Chosen placeholder={t('workplace.choose')} options={choices(areas.filter((area) => area.kind === 'district').map((area) => area.code))} onChange={() => { form.set('/streetCode', ''); form.set('/zoneCode', '') }} /></FormField>
      <FormField form={form} path="/streetCode" help={districtCode ? undefined : t('workplace.districtFirst')}><Chosen placeholder={t('workplace.choose')} options={choices(childrenOf(districtCode, 'street').map((area) => area.code))} /></FormField>
      {zones.length ? <FormField form={form} path="/zoneCode" optional><Chosen placeholder={t('workplace.choose')} allowClear options={choices(zones.map((zone) => zone.code))} /></FormField> : null}
      <FormField form={form} path="/address"><Input maxLength={120} autoComplete="off" /></FormField>
      <State form={form} />
    </DialogForm>
  )
}
export function ChangeProjectForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(changeProject, {
    initial: { name: project.name, permitNumber: project.permitNumber ?? '', ownerName: project.ownerName, ownerCode: project.owner?.creditCode ?? '', address: project.address, state: project.state as Project['state'], stateSince: project.stateSince as string | null, plannedFrom: project.plannedFrom as string | null, plannedUntil: project.plannedUntil as string | null },
    params: { id: project.id }, invalidates: stale, labels: useLabels(named.filter((name) => !['districtCode', 'streetCode', 'zoneCode'].includes(name))),
    body: ({ permitNumber, ownerCode, stateSince, ...rest }) => ({ revision: project.revision, ...rest, name: rest.name.trim(), ownerName: rest.ownerName.trim(), address: rest.address.trim(), permitNumber: permitNumber.trim() || null, ownerCode: ownerCode.trim() || null, ...(stateSince ? { stateSince } : {}) }),
    check: (values) => missing(values, ['/name', '/ownerName', '/address', '/stateSince']),
  })
  return (
    <DialogForm form={form} deed={t('facts.save')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/name"><Input maxLength={100} autoComplete="off" /></FormField>
      <Owner form={form} />
      <FormField form={form} path="/address"><Input maxLength={120} autoComplete="off" /></FormField>
      <State form={form} />
    </DialogForm>
  )
}
function Owner({ form }: { form: AnyForm }) {
  const t = useText('enterprises')
  return (
    <>
      <FormField form={form} path="/permitNumber" optional help={t('project.permitHelp')}><Input className="fg-mono" maxLength={40} autoComplete="off" /></FormField>
      <FormField form={form} path="/ownerName"><Input maxLength={100} autoComplete="off" /></FormField>
      <FormField form={form} path="/ownerCode" optional help={t('project.codeHelp')}><Input className="fg-mono" maxLength={18} autoComplete="off" /></FormField>
    </>
  )
}
function State({ form }: { form: AnyForm }) {
  const t = useText('enterprises')
  return (
    <>
      <FormField form={form} path="/state" group><Radio.Group className="fg-choices" options={projectStates.map((state) => ({ value: state, label: t(`project.state.${state}`) }))} /></FormField>
      <FormField form={form} path="/stateSince"><DayInput className="fg-day" max={today()} /></FormField>
      <FormField form={form} path="/plannedFrom" optional><DayInput className="fg-day" /></FormField>
      <FormField form={form} path="/plannedUntil" optional><DayInput className="fg-day" /></FormField>
    </>
  )
}
export function SectionForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(addSection, {
    initial: { name: '', contractorName: '', contractorCode: '', from: today() as string | null }, params: { id: project.id }, invalidates: stale,
    labels: { '/name': t('project.sectionName'), '/contractorName': t('project.contractor'), '/contractorCode': t('project.contractorCode'), '/from': t('flag.from') },
    body: ({ name, contractorName, contractorCode, from }) => ({ revision: project.revision, name: name.trim(), contractorName: contractorName.trim(), contractorCode: contractorCode.trim() || null, from: from ?? '' }), check: (values) => missing(values, ['/name', '/contractorName', '/from']),
  })
  return (
    <DialogForm form={form} deed={t('project.addSection')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/name" help={t('project.sectionHelp')}><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/contractorName"><Input maxLength={100} autoComplete="off" /></FormField>
      <FormField form={form} path="/contractorCode" optional help={t('project.codeHelp')}><Input className="fg-mono" maxLength={18} autoComplete="off" /></FormField>
      <FormField form={form} path="/from"><DayInput className="fg-day" max={today()} /></FormField>
    </DialogForm>
  )
}
export function EndSectionForm({ project, section, onClose }: { project: Project; section: Project['sections'][number]; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(endSection, {
    initial: { until: today() as string | null }, params: { id: project.id, sectionId: section.id }, invalidates: stale, labels: { '/until': t('flag.until') },
    body: ({ until }) => ({ revision: project.revision, until: until ?? '' }), check: (values) => missing(values, ['/until']),
  })
  return <DialogForm form={form} deed={t('project.endSection')} danger note={t('flag.endNote')} onCancel={onClose} onDone={onClose}><FormField form={form} path="/until"><DayInput className="fg-day" min={section.from} max={today()} /></FormField></DialogForm>
}
