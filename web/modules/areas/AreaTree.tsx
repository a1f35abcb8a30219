// The tree from city to community; what lies below a street is asked for when it is opened.
import { listAreas, type Area } from '@fugong/contract/areas'
import { useState, type KeyboardEvent } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { ChevronDown } from '../../ui/icons.tsx'
import { Ready } from '../../ui/states.tsx'

interface TreeProps { areas: Area[]; chosen: string | undefined; onChoose: (code: string) => void }
export function AreaTree({ areas, chosen, onChoose }: TreeProps) {
  const t = useText('areas')
  const city = areas.find((area) => area.kind === 'city')
  // The way to the chosen area is open from the beginning.
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([city?.code ?? '', ...(chosen ? wayTo(areas, chosen) : [])]))
  if (!city) return null
  const toggle = (code: string) => setOpen((before) => {
    const next = new Set(before)
    if (!next.delete(code)) next.add(code)
    return next
  })
  // Arrows work as in other trees: right opens or goes in, left closes or goes out, up and down follow the lines.
  const onKey = (event: KeyboardEvent<HTMLUListElement>) => {
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.ar-name')]
    const at = lines.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const code = lines[at]!.dataset['code'] ?? ''
    const opens = lines[at]!.dataset['opens'] === 'true'
    if (event.key === 'ArrowDown') lines[at + 1]?.focus()
    else if (event.key === 'ArrowUp') lines[at - 1]?.focus()
    else if (event.key === 'ArrowRight' && opens) { if (open.has(code)) lines[at + 1]?.focus(); else toggle(code) }
    else if (event.key === 'ArrowLeft') { if (opens && open.has(code)) toggle(code); else lines.findLast((line, i) => i < at && Number(line.dataset['depth']) < Number(lines[at]!.dataset['depth']))?.focus() }
    else return
    event.preventDefault()
  }
  return <ul className="ar-tree" aria-label={t('tree')} onKeyDown={onKey}><Branch area={city} depth={0} areas={areas} open={open} toggle={toggle} chosen={chosen} onChoose={onChoose} /></ul>
}

function wayTo(areas: Area[], code: string): string[] {
  const known = code.length === 12 ? code.slice(0, 9) : code
  const parent = areas.find((area) => area.code === known)?.parent
  return [...(known === code ? [] : [known]), ...(parent ? [parent, ...wayTo(areas, parent)] : [])]
}

interface BranchProps extends TreeProps { area: Area; depth: number; open: ReadonlySet<string>; toggle: (code: string) => void }
function Branch(props: BranchProps) {
  const { area, depth, areas, open, toggle, chosen, onChoose } = props
  const t = useText('areas')
  const children = areas.filter((other) => other.parent === area.code).sort((a, b) => Number(a.kind === 'devZone') - Number(b.kind === 'devZone') || a.code.localeCompare(b.code))
  const opens = area.kind === 'street' || children.length > 0
  const isOpen = open.has(area.code)
  const name = pick(area.name)
  return (
    <li>
      <div className="ar-line">
        {opens ? <button type="button" tabIndex={-1} className={isOpen ? 'ar-opener ar-opened' : 'ar-opener'} aria-expanded={isOpen} aria-label={t(isOpen ? 'collapse' : 'expand', { area: name })} onClick={() => toggle(area.code)}><ChevronDown /></button> : <span className="ar-opener" />}
        <button type="button" className={area.code === chosen ? 'ar-name ar-chosen' : 'ar-name'} aria-current={area.code === chosen} data-code={area.code} data-opens={opens} data-depth={depth} onClick={() => { onChoose(area.code); if (opens && !isOpen) toggle(area.code) }}>
          <span>{name}</span>{area.kind === 'devZone' ? <span className="ar-kind">{t('kind.devZone')}</span> : null}<span className="fg-mono fg-quiet">{area.code}</span>
        </button>
      </div>
      {opens && isOpen ? <ul>{area.kind === 'street' ? <Communities street={area} depth={depth + 1} chosen={chosen} onChoose={onChoose} /> : children.map((child) => <Branch key={child.code} {...props} area={child} depth={depth + 1} />)}</ul> : null}
    </li>
  )
}

function Communities({ street, depth, chosen, onChoose }: { street: Area; depth: number; chosen: string | undefined; onChoose: (code: string) => void }) {
  const t = useText('areas')
  const read = useRead(listAreas, { query: { parent: street.code } })
  if (!read.data) return <li><Ready read={read} lines={2}>{() => null}</Ready></li>
  if (read.data.items.length === 0) return <li className="ar-none fg-quiet">{t('communitiesNone')}</li>
  return read.data.items.map((area) => (
    <li key={area.code}>
      <div className="ar-line">
        <span className="ar-opener" />
        <button type="button" className={area.code === chosen ? 'ar-name ar-chosen' : 'ar-name'} aria-current={area.code === chosen} data-code={area.code} data-opens={false} data-depth={depth} onClick={() => onChoose(area.code)}><span>{pick(area.name)}</span><span className="fg-mono fg-quiet">{area.code}</span></button>
      </div>
    </li>
  ))
}
