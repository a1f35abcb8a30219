// Where somebody comes back from: province, city or county, found by name at any level.
import { Cascader } from 'antd'
import { useText } from '../../base/i18n.ts'
import { useDivisions } from './people.ts'

interface Props { id?: string; value?: string | null; onChange?: (code: string | null) => void; 'aria-label'?: string; placeholder?: string; className?: string }
export function OriginPicker({ value, onChange, placeholder, ...rest }: Props) {
  const t = useText('people')
  const { tree, pathOf } = useDivisions()
  return <Cascader {...rest} options={tree} value={pathOf(value)} changeOnSelect allowClear showSearch={{ limit: 30 }} placeholder={placeholder ?? t('field.originChoose')} onChange={(path) => onChange?.((path as string[] | undefined)?.at(-1) ?? null)} />
}
