// Entering somebody by hand, or correcting an entry: what the purpose needs, the sealed values only where they are typed anew.
import { addPerson, changePerson, exposures, getPersonOfRoster, listRoster, rosterStates, rosterSummary, sexes, vehicles, type Exposure, type RosterPerson, type RosterState, type RosterSummary } from '@fugong/contract/people'
import { idTypes, type IdType } from '@fugong/contract/people.ids'
import { AutoComplete, Checkbox, Input } from 'antd'
import { useForm, type AnyForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { OriginPicker } from './OriginPicker.tsx'

const fields = ['name', 'idType', 'idNumber', 'sex', 'phone', 'workplaceId', 'state', 'observingUntil', 'staffNo', 'crew', 'shift', 'dormitory', 'originCode', 'leftOn', 'returnedOn', 'expectedOn', 'vehicle', 'vehicleNo', 'address', 'exposure', 'effectiveOn'] as const
interface Values { name: string; idType: IdType; idNumber: string; sex: string | null; phone: string; workplaceId: string; state: string; observingUntil: string; staffNo: string; crew: string; shift: string; dormitory: string; originCode: string | null; leftOn: string; returnedOn: string; expectedOn: string; vehicle: string | null; vehicleNo: string; address: string; exposure: Exposure[]; answered: boolean; effectiveOn: string }
const blank: Values = { name: '', idType: '01', idNumber: '', sex: null, phone: '', workplaceId: '', state: 'notReturned', observingUntil: '', staffNo: '', crew: '', shift: '', dormitory: '', originCode: null, leftOn: '', returnedOn: '', expectedOn: '', vehicle: null, vehicleNo: '', address: '', exposure: [], answered: false, effectiveOn: '' }
const given = (text: string | null) => text?.trim() || null

interface Props { firm: string; summary: RosterSummary | undefined; onClose: () => void; person?: RosterPerson }
export function PersonDialog(props: Props) {
  const t = useText('people')
  return <FormDialog open width={720} title={props.person ? t('edit.title', { name: props.person.name }) : t('add')} onCancel={props.onClose}>{props.person ? <EditForm {...props} person={props.person} /> : <AddForm {...props} />}</FormDialog>
}
function useLabels(): Record<string, string> {
  const t = useText('people')
  return Object.fromEntries(fields.map((field) => [`/${field}`, t(`field.${field}`)]))
}
const openPlaces = (summary: RosterSummary | undefined) => (summary?.workplaces ?? []).filter((place) => place.open)
function AddForm({ firm, summary, onClose }: Props) {
  const t = useText('people')
  const places = openPlaces(summary)
  const form = useForm(addPerson, {
    initial: { ...blank, workplaceId: places.length === 1 ? places[0]!.id : '' }, params: { id: firm }, labels: useLabels(), invalidates: [listRoster, rosterSummary],
    check: (values) => (['name', 'idNumber', 'workplaceId'] as const).filter((name) => !values[name].trim()).map((name) => ({ path: `/${name}`, code: 'issue.required' })),
    body: (values) => ({ name: values.name.trim(), idType: values.idType, idNumber: values.idNumber.trim(), workplaceId: values.workplaceId, state: values.state as RosterState, ...(values.state === 'observing' && values.observingUntil ? { observingUntil: values.observingUntil } : {}), ...factsOf(values), ...(values.answered ? { exposure: values.exposure } : {}), phone: given(values.phone), address: given(values.address), vehicleNo: given(values.vehicleNo) }) as never,
  })
  return (
    <DialogForm form={form} deed={t('add')} note={t('sealedNote')} onCancel={onClose} onDone={onClose}>
      <div className="pe-fields">
        <FormField form={form} path="/name"><Input maxLength={40} autoComplete="off" /></FormField>
        <FormField form={form} path="/phone" optional><Input type="tel" inputMode="numeric" maxLength={11} autoComplete="off" /></FormField>
        <FormField form={form} path="/idType"><Choice options={idTypes.map((type) => ({ value: type, label: t(`idType.${type}`) }))} /></FormField>
        <FormField form={form} path="/idNumber"><Input className="fg-mono" maxLength={40} autoComplete="off" /></FormField>
        {form.values.idType === '01' || form.values.idType === '02' ? null : <FormField form={form} path="/sex" optional><Choice allowClear options={sexes.map((sex) => ({ value: sex, label: t(`sex.${sex}`) }))} /></FormField>}
        <FormField form={form} path="/state"><Choice options={rosterStates.filter((state) => state !== 'left').map((state) => ({ value: state, label: t(`state.${state}`) }))} /></FormField>
        {form.values.state === 'observing' ? <FormField form={form} path="/observingUntil"><DayInput /></FormField> : null}
      </div>
      <Shared form={form} summary={summary} />
    </DialogForm>
  )
}
function EditForm({ firm, summary, person, onClose }: Props & { person: RosterPerson }) {
  const t = useText('people')
  const initial: Values = { ...blank, name: person.name, workplaceId: person.workplaceId, staffNo: person.staffNo ?? '', crew: person.crew ?? '', shift: person.shift ?? '', dormitory: person.dormitory ?? '', originCode: person.origin?.code ?? null, leftOn: person.leftOn ?? '', returnedOn: person.returnedOn ?? '', expectedOn: person.expectedOn ?? '', vehicle: person.vehicle }
  const form = useForm(changePerson, {
    initial, params: { id: firm, employmentId: person.id }, labels: useLabels(), invalidates: [listRoster, rosterSummary, getPersonOfRoster],
    check: ({ name }) => (name.trim() ? [] : [{ path: '/name', code: 'issue.required' }]),
    // A sealed value that was left empty stays as it is.
    body: (values) => ({ revision: person.revision, name: values.name.trim(), workplaceId: values.workplaceId, ...factsOf(values), ...(values.answered ? { exposure: values.exposure } : {}), ...(values.effectiveOn ? { effectiveOn: values.effectiveOn } : {}), ...Object.fromEntries((['phone', 'address', 'vehicleNo'] as const).flatMap((name) => (given(values[name]) ? [[name, given(values[name])]] : []))) }) as never,
  })
  const kept = (masked: string | null) => (masked ? t('edit.kept', { value: masked }) : undefined)
  return (
    <DialogForm form={form} deed={t('edit.deed')} onCancel={onClose} onDone={onClose}>
      <div className="pe-fields">
        <FormField form={form} path="/name"><Input maxLength={40} autoComplete="off" /></FormField>
        <FormField form={form} path="/phone" optional help={kept(person.phoneMasked)}><Input type="tel" inputMode="numeric" maxLength={11} autoComplete="off" /></FormField>
        <FormField form={form} path="/effectiveOn" optional help={t('edit.effectiveHelp')}><DayInput /></FormField>
      </div>
      <Shared form={form} summary={summary} kept={{ address: kept(person.addressMasked), vehicleNo: kept(person.vehicleNoMasked), exposure: person.exposureAnswered ? t('edit.exposureKept') : undefined }} />
    </DialogForm>
  )
}
const factsOf = (values: Values) => ({
  sex: values.sex ?? undefined, staffNo: given(values.staffNo), crew: given(values.crew), shift: given(values.shift), dormitory: given(values.dormitory), originCode: values.originCode, leftOn: given(values.leftOn), returnedOn: given(values.returnedOn), expectedOn: given(values.expectedOn), vehicle: values.vehicle ?? null,
})
function Shared({ form, summary, kept = {} }: { form: AnyForm; summary: RosterSummary | undefined; kept?: { address?: string | undefined; vehicleNo?: string | undefined; exposure?: string | undefined } }) {
  const t = useText('people')
  const values = form.values as Values
  const known = (words: readonly string[] | undefined) => (words ?? []).map((value) => ({ value }))
  return (
    <>
      <div className="pe-fields">
        <FormField form={form} path="/workplaceId"><Choice options={openPlaces(summary).map((place) => ({ value: place.id, label: place.name }))} /></FormField>
        <FormField form={form} path="/staffNo" optional><Input maxLength={30} /></FormField>
        <FormField form={form} path="/crew" optional><AutoComplete options={known(summary?.crews)} maxLength={40} showSearch={{ filterOption: true }} /></FormField>
        <FormField form={form} path="/shift" optional><AutoComplete options={known(summary?.shifts)} maxLength={40} showSearch={{ filterOption: true }} /></FormField>
        <FormField form={form} path="/dormitory" optional><AutoComplete options={known(summary?.dormitories)} maxLength={40} showSearch={{ filterOption: true }} /></FormField>
        <FormField form={form} path="/address" optional help={kept.address}><Input maxLength={120} autoComplete="off" /></FormField>
        <FormField form={form} path="/originCode" optional><OriginPicker /></FormField>
        <FormField form={form} path="/leftOn" optional><DayInput /></FormField>
        <FormField form={form} path="/returnedOn" optional><DayInput /></FormField>
        <FormField form={form} path="/expectedOn" optional><DayInput /></FormField>
        <FormField form={form} path="/vehicle" optional><Choice allowClear options={vehicles.map((vehicle) => ({ value: vehicle, label: t(`vehicle.${vehicle}`) }))} /></FormField>
        <FormField form={form} path="/vehicleNo" optional help={kept.vehicleNo}><Input maxLength={40} autoComplete="off" /></FormField>
      </div>
      <FormField form={form} path="/exposure" optional group help={kept.exposure ?? t('exposureHelp')}>
        <Checkbox.Group options={exposures.map((code) => ({ value: code, label: t(`exposure.${code}`) }))} onChange={() => form.set('/answered', true)} />
      </FormField>
      <Checkbox checked={values.answered && values.exposure.length === 0} onChange={(event) => { form.set('/exposure', []); form.set('/answered', event.target.checked) }}>{t('exposure.none')}</Checkbox>
    </>
  )
}
