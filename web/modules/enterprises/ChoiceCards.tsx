// A choice among a few kinds, each with a line that says what it covers; native radio buttons underneath.
import { useId } from 'react'

export interface ChoiceCardsProps { id?: string; value?: string | undefined; onChange?: (value: string) => void; options: { value: string; title: string; text: string }[]; status?: string; role?: string; tabIndex?: number }
export function ChoiceCards({ id, value, onChange, options, status: _status, role: _role, tabIndex: _tabIndex, ...aria }: ChoiceCardsProps) {
  const name = useId()
  return (
    <div {...aria} id={id} role="radiogroup" className="fg-cards">
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'fg-card fg-card-chosen' : 'fg-card'}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange?.(option.value)} />
          <span><strong>{option.title}</strong><span className="fg-quiet">{option.text}</span></span>
        </label>
      ))}
    </div>
  )
}
