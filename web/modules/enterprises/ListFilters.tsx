// The filters of the list of firms: the usual ones in reach, the others in a panel, all of them in words when in force.
import { enterpriseClasses, enterpriseKinds, enterpriseOrders, enterpriseSizes, enterpriseStates } from '@fugong/contract/enterprises'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { placesLike, useAreas } from '../../base/areas.ts'
import { useText } from '../../base/i18n.ts'
import { Field } from '../../ui/Field.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { FilterIcon } from '../../ui/icons.tsx'
import { FilterChips } from '../../ui/SavedViews.tsx'
import { IndustryPicker, useIndustryPath } from './IndustryPicker.tsx'
import { useFlagNames } from './ListColumns.tsx'

export const filterNames = ['q', 'district', 'street', 'zone', 'industry', 'size', 'class', 'kind', 'state', 'codeState', 'flag', 'department', 'since', 'until', 'assignee', 'order'] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Record<FilterName, string>>
const codes: Partial<Record<FilterName, readonly string[]>> = { size: enterpriseSizes, class: enterpriseClasses, kind: enterpriseKinds, state: enterpriseStates, codeState: ['valid', 'pending', 'confirmed'], assignee: ['mine', 'none'], order: enterpriseOrders }
const departments = ['industry', 'commerce', 'housing', 'development', 'health', 'labour', 'market', 'emergency', 'agriculture', 'transport', 'culture', 'education', 'bigdata'] as const
/** What of the address the server knows; a word that somebody typed there is passed over. */
export function querySound(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name, value]) => codes[name as FilterName]?.includes(value) ?? true)) as Filters
}

interface ListFiltersProps { filters: Filters; set: (changes: Filters & Partial<Record<FilterName, undefined>>) => void; assigns: boolean }
export function ListFilters({ filters, set, more, onMore }: Pick<ListFiltersProps, 'filters' | 'set'> & { more: boolean; onMore: () => void }) {
  const t = useText('enterprises')
  const ui = useText('ui')
  const { areas, nameOf } = useAreas()
  return (
    <>
      <Select allowClear className="fg-filter" aria-label={t('list.districtFilter')} placeholder={t('list.districtFilter')} value={filters.district ?? null} onChange={(district: string | null) => set({ district: district ?? undefined, street: undefined } as never)} options={areas.filter((area) => area.kind === 'district' || area.kind === 'devZone').map((area) => ({ value: area.code, label: nameOf(area.code) }))} showSearch={{ optionFilterProp: 'label' }} />
      <Select className="fg-sort" aria-label={t('list.order')} value={filters.order ?? 'newest'} onChange={(order: string) => set({ order: order === 'newest' ? undefined : order } as never)} options={enterpriseOrders.map((order) => ({ value: order, label: t(`list.orders.${order}`) }))} />
      <Button icon={<FilterIcon />} aria-expanded={more} onClick={onMore}>{ui(more ? 'fewerFilters' : 'moreFilters')}</Button>
    </>
  )
}
export function MoreFilters({ filters, set, assigns }: ListFiltersProps) {
  const t = useText('enterprises')
  const { areas, nameOf, childrenOf } = useAreas()
  const flags = useFlagNames()
  const change = (name: FilterName) => (value: string | null | undefined) => set({ [name]: value ?? undefined } as never)
  const chooser = (name: FilterName, label: string, options: { value: string; label: string }[]) => (
    <Field id={`filter-${name}`} label={label}><Select id={`filter-${name}`} allowClear value={filters[name] ?? null} onChange={change(name)} options={options} showSearch={{ optionFilterProp: 'label' }} /></Field>
  )
  const of = (values: readonly string[], text: string) => values.map((value) => ({ value, label: t(`${text}.${value}`) }))
  const streets = filters.district ? childrenOf(filters.district, 'street') : areas.filter((area) => area.kind === 'street')
  return (
    <div className="fg-more">
      {chooser('street', t('list.street'), streets.map(({ code }) => ({ value: code, label: nameOf(code) })))}
      {chooser('zone', t('list.zone'), areas.filter((area) => area.kind === 'devZone').map(({ code }) => ({ value: code, label: nameOf(code) })))}
      <Field id="filter-industry" label={t('firm.industryCode')}><IndustryPicker id="filter-industry" value={filters.industry} onChange={change('industry')} /></Field>
      {chooser('size', t('list.size'), of(enterpriseSizes, 'list.sizes'))}
      {chooser('class', t('firm.class'), of(enterpriseClasses, 'class'))}
      {chooser('kind', t('list.kind'), of(enterpriseKinds, 'list.kinds'))}
      {chooser('flag', t('list.flags'), [...flags].map(([value, label]) => ({ value, label })))}
      {chooser('department', t('list.department'), of(departments, 'department'))}
      {chooser('state', t('list.stateTitle'), of(enterpriseStates, 'list.state'))}
      {chooser('codeState', t('list.codeState'), of(['valid', 'pending', 'confirmed'], 'codeState'))}
      {assigns ? chooser('assignee', t('list.assignee'), of(['mine', 'none'], 'list.assignees')) : null}
      <Field id="filter-since" label={t('list.since')}><DayInput id="filter-since" value={filters.since} onChange={change('since')} /></Field>
      <Field id="filter-until" label={t('list.until')}><DayInput id="filter-until" value={filters.until} onChange={change('until')} /></Field>
    </div>
  )
}
/** What was typed may be the name of a place: then its firms are one press away. */
export function PlacesTyped({ filters, set }: Pick<ListFiltersProps, 'filters' | 'set'>) {
  const t = useText('enterprises')
  const { areas, pathOf } = useAreas()
  const places = placesLike(areas, filters.q ?? '')
  if (places.length === 0) return null
  return (
    <div className="fg-chips" role="group" aria-label={t('list.places')}>
      <span className="fg-quiet">{t('list.places')}</span>
      {places.map(({ code, kind }) => <button key={code} type="button" className="fg-chip" onClick={() => set({ q: undefined, street: kind === 'street' ? code : undefined, district: kind === 'street' ? undefined : code } as never)}>{pathOf(code)}</button>)}
    </div>
  )
}
/** Filters in force in words, each removable. */
export function FiltersInForce({ filters, set, clear }: Pick<ListFiltersProps, 'filters' | 'set'> & { clear: () => void }) {
  const t = useText('enterprises')
  const { nameOf } = useAreas()
  const industryPath = useIndustryPath()
  const flags = useFlagNames()
  const words: Partial<Record<FilterName, (value: string) => string>> = {
    q: (value) => t('list.chip.q', { value }), district: nameOf, street: nameOf, zone: nameOf, industry: industryPath, size: (value) => t(`list.sizes.${value}`), class: (value) => t(`class.${value}`), kind: (value) => t(`list.kinds.${value}`), state: (value) => t(`list.state.${value}`),
    codeState: (value) => t(`codeState.${value}`), flag: (value) => flags.get(value) ?? value, department: (value) => t(`department.${value}`), since: (value) => t('list.chip.since', { value }), until: (value) => t('list.chip.until', { value }), assignee: (value) => t(`list.assignees.${value}`),
  }
  const items = (Object.entries(filters) as [FilterName, string][]).filter(([name]) => words[name]).map(([name, value]) => ({ key: name, text: words[name]!(value), onRemove: () => set({ [name]: undefined } as never) }))
  return <FilterChips items={items} onClear={clear} />
}
/** Whether the panel of further filters is open; it opens by itself when one of its filters is in force. */
export function useMore(filters: Filters): { more: boolean; toggle: () => void } {
  const [more, setMore] = useState(() => Object.keys(filters).some((name) => !['q', 'district', 'order'].includes(name)))
  return { more, toggle: () => setMore(!more) }
}
