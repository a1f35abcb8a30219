// Chooses one area by name in either language or by code; which kinds are offered is the form's decision.
import type { Area, AreaKind } from '@fugong/contract/areas'
import type { SelectProps } from 'antd'
import { useMemo } from 'react'
import { useAreas } from './areas.ts'
import { useText } from './i18n.ts'
import { Choice } from '../ui/Choice.tsx'

export interface AreaPickerProps extends Omit<SelectProps<string>, 'options' | 'value' | 'onChange' | 'showSearch'> {
  value?: string | null
  onChange?: (code: string | undefined) => void
  /** Offered kinds; city, districts, zones and streets when left out. Communities are not known to lists and are never offered. */
  kinds?: readonly AreaKind[]
  /** Only areas directly below this one. */
  parent?: string
}
const ORDER: readonly AreaKind[] = ['province', 'city', 'district', 'devZone', 'street', 'community']
const OFFERED: readonly AreaKind[] = ['city', 'district', 'devZone', 'street']

export function AreaPicker({ value, onChange, kinds = OFFERED, parent, ...rest }: AreaPickerProps) {
  const t = useText('base')
  const { areas, pathOf, pending } = useAreas()
  const options = useMemo(() => areas
    .filter((area) => kinds.includes(area.kind) && (!parent || area.parent === parent))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.code.localeCompare(b.code))
    .map((area: Area) => ({ value: area.code, label: pathOf(area.code), search: `${area.name.zh} ${area.name.en} ${area.code}` })), [areas, kinds, parent, pathOf])
  return <Choice<string> placeholder={t('picker.area')} notFoundContent={t('picker.none')} {...rest} loading={pending} value={value || undefined} onChange={(code) => onChange?.(code)} options={options} showSearch={{ optionFilterProp: 'search' }} />
}
