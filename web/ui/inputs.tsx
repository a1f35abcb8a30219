// Controls for days, times and moments that keep the wire's strings; the browser's own pickers, which every phone knows.
import { Input, type InputProps } from 'antd'

type Own<T> = Omit<InputProps, 'value' | 'onChange' | 'type'> & { value?: T | null | undefined; onChange?: (value: T | null) => void }
/** A calendar day, `2020-02-24`; null when empty. */
export function DayInput({ value, onChange, ...rest }: Own<string>) {
  return <Input {...rest} type="date" value={value ?? ''} onChange={(event) => onChange?.(event.target.value || null)} />
}
/** A moment, given and taken as an ISO string, shown in Asia/Shanghai. */
export function MomentInput({ value, onChange, ...rest }: Own<string>) {
  return <Input {...rest} type="datetime-local" value={value ? toLocal(value) : ''} onChange={(event) => onChange?.(event.target.value ? new Date(`${event.target.value}:00+08:00`).toISOString() : null)} />
}
/** A time of day, `09:00`; null when empty. */
export function TimeInput({ value, onChange, ...rest }: Own<string>) {
  return <Input {...rest} type="time" value={value ?? ''} onChange={(event) => onChange?.(event.target.value.slice(0, 5) || null)} />
}
function toLocal(moment: string): string {
  const at = new Date(moment).getTime()
  return Number.isNaN(at) ? '' : new Date(at + 8 * 3600_000).toISOString().slice(0, 16)
}
