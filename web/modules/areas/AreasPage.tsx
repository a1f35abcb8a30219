// The areas of the city as a tree, found by name or code, with what is known of the chosen one.
import type { Area } from '@fugong/contract/areas'
import { listAreas } from '@fugong/contract/areas'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAreas } from '../../base/areas.ts'
import { useFilters } from '../../base/filters.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { SearchIcon } from '../../ui/icons.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { AreaDetail } from './AreaDetail.tsx'
import { AreaTree } from './AreaTree.tsx'
import './areas.css'

export function AreasPage() {
  const t = useText('areas')
  const read = useRead(listAreas, {}, { staleTime: 30 * 60_000 })
  const { filters, set } = useFilters(['code', 'q'])
  const [typed, setTyped] = useState(filters.q ?? '')
  const chosen = useChosen(read.data?.items ?? [], filters.code)
  const choose = (code: string) => {
    set({ code })
    // On a narrow screen the details stand below the tree; there one is led to them.
    if (matchMedia('(max-width: 960px)').matches) setTimeout(() => document.getElementById('area-detail')?.scrollIntoView({ block: 'start' }), 60)
  }
  return (
    <Page title={t('title')} sub={t('sub')}>
      <div className="fg-two ar-two">
        <Section title={t('tree')}>
          <div className="ar-search" role="search">
            <Input prefix={<SearchIcon />} allowClear value={typed} placeholder={t('search')} aria-label={t('search')} aria-describedby="ar-hint" onChange={(event) => { setTyped(event.target.value); set({ q: event.target.value.trim() || undefined }) }} />
            <span className="fg-quiet" id="ar-hint">{t('searchHint')}</span>
          </div>
          <Ready read={read} lines={10}>{({ items }) => filters.q
            ? <Found text={filters.q} areas={items} chosen={filters.code} onChoose={choose} onClear={() => { setTyped(''); set({ q: undefined }) }} />
            : <AreaTree areas={items} chosen={filters.code} onChoose={choose} />}</Ready>
        </Section>
        <div className="ar-detail" id="area-detail">{chosen ? <AreaDetail area={chosen} onChoose={choose} /> : <Section><Empty title={t('choose')} text={t('chooseText')} /></Section>}</div>
      </div>
      <p className="fg-quiet">{t('source')}</p>
    </Page>
  )
}

/** Communities are not in the general list; the street of a 12-digit code knows them. */
function useChosen(areas: Area[], code: string | undefined): Area | undefined {
  const street = code?.length === 12 ? code.slice(0, 9) : undefined
  const below = useRead(listAreas, { query: { parent: street } }, { enabled: Boolean(street) })
  return areas.find((area) => area.code === code) ?? below.data?.items.find((area) => area.code === code)
}

function Found({ text, areas, chosen, onChoose, onClear }: { text: string; areas: Area[]; chosen: string | undefined; onChoose: (code: string) => void; onClear: () => void }) {
  const t = useText('areas')
  const { nameOf } = useAreas()
  const street = /^\d{10,12}$/.test(text) ? text.slice(0, 9) : undefined
  const communities = useRead(listAreas, { query: { parent: street } }, { enabled: Boolean(street) && areas.some((area) => area.code === street) })
  const wanted = text.toLowerCase()
  const found = [...areas, ...(street ? (communities.data?.items ?? []).filter((area) => area.kind === 'community') : [])].filter((area) => area.code.startsWith(wanted) || area.name.zh.includes(text) || area.name.en.toLowerCase().includes(wanted)).slice(0, 60)
  if (found.length === 0 && !communities.isFetching) return <Empty title={t('foundNone', { text })} text={t('foundNoneText')} action={<Button onClick={onClear}>{t('clear')}</Button>} />
  return (
    <>
      <p className="fg-quiet" role="status">{t('found', { count: found.length })}</p>
      <ul className="ar-found">
        {found.map((area) => (
          <li key={area.code}>
            <button type="button" className={area.code === chosen ? 'ar-name ar-chosen' : 'ar-name'} aria-current={area.code === chosen} onClick={() => onChoose(area.code)}>
              <span>{pick(area.name)}</span><span className="fg-quiet">{[nameOf(area.parent), t(`kind.${area.kind}`)].filter(Boolean).join(' · ')}</span><span className="fg-mono fg-quiet">{area.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
