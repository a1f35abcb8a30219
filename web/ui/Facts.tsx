// Labels and values, read in a glance; on a phone one under the other.
import type { ReactNode } from 'react'

export interface Fact { label: ReactNode; value: ReactNode; /** Takes the whole width. */ wide?: boolean; /** Where the value comes from. */ source?: ReactNode; key?: string }
export function Facts({ items, columns = 2 }: { items: (Fact | false | null | undefined)[]; columns?: 1 | 2 | 3 }) {
  const shown = items.filter((item): item is Fact => Boolean(item))
  return (
    <dl className={`fg-facts fg-facts-${columns}`}>
      {shown.map((item, i) => (
        <div key={item.key ?? i} className={item.wide ? 'fg-fact fg-fact-wide' : 'fg-fact'}>
          <dt>{item.label}</dt>
          <dd>{item.value === '' || item.value === null || item.value === undefined ? '–' : item.value}{item.source ? <span className="fg-fact-source">{item.source}</span> : null}</dd>
        </div>
      ))}
    </dl>
  )
}
