// Chooses one organisation unit by name in either language or by code; units that were dissolved are not offered.
import { listUnits, type Unit } from '@fugong/contract/identity'
import type { SelectProps } from 'antd'
import { useMemo } from 'react'
import { pick, useLanguage, useText } from './i18n.ts'
import { useRead } from './query.tsx'
import { Choice } from '../ui/Choice.tsx'

export interface UnitPickerProps extends Omit<SelectProps<string>, 'options' | 'value' | 'onChange' | 'showSearch'> {
  value?: string | null
  onChange?: (id: string | undefined) => void
  /** Hears the whole unit, so that a form can take over its area. */
  onPick?: (unit: Unit | undefined) => void
  /** A unit that cannot be chosen, such as the one being edited. */
  except?: string
}
export function UnitPicker({ value, onChange, onPick, except, ...rest }: UnitPickerProps) {
  const t = useText('base')
  const language = useLanguage()
  const read = useRead(listUnits, {}, { staleTime: 5 * 60_000 })
  const units = useMemo(() => (read.data?.items ?? []).filter((unit) => unit.dissolvedAt === null && unit.id !== except), [read.data, except])
  const options = useMemo(() => units.map((unit) => ({ value: unit.id, label: pick(unit.name), search: `${unit.name.zh} ${unit.name.en} ${unit.code}` })), [units, language])
  const choose = (id: string | undefined) => {
    onChange?.(id)
    onPick?.(units.find((unit) => unit.id === id))
  }
  return <Choice<string> placeholder={t('picker.unit')} notFoundContent={t('picker.none')} {...rest} loading={read.isPending} value={value || undefined} onChange={choose} options={options} showSearch={{ optionFilterProp: 'search' }} />
}
