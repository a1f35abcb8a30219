// Chooses a trade of GB/T 4754 by code or words; every choice shows what stands above it.
import { listIndustries } from '@fugong/contract/enterprises'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useLanguage, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { industryChoices, matchesIndustry, ranksIndustry } from './industries.ts'

export interface IndustryPickerProps { id?: string; value?: string | undefined; onChange?: (code: string | undefined) => void; status?: '' | 'error' }
export function IndustryPicker({ id, value, onChange, status, ...aria }: IndustryPickerProps) {
  const t = useText('enterprises')
  const language = useLanguage()
  const [typed, type] = useState('')
  const read = useRead(listIndustries, {}, { staleTime: 60 * 60_000 })
  const choices = useMemo(() => industryChoices(read.data?.items ?? [], language), [read.data, language])
  const options = useMemo(() => choices.map((choice) => ({ value: choice.value, label: `${choice.value} ${choice.name}`, choice })), [choices])
  const searching = typed.trim() !== ''
  return (
    <Select
      {...aria} id={id ?? ''} value={value || null} options={options} loading={read.isPending} placeholder={t('industry.placeholder')} allowClear virtual listHeight={360} popupMatchSelectWidth {...(status ? { status } : {})}
      onChange={(code: string | null | undefined) => onChange?.(code ?? undefined)} onOpenChange={(open) => { if (!open) type('') }}
      showSearch={{ onSearch: type, filterOption: (asked, option) => option !== undefined && matchesIndustry(option.choice, asked), filterSort: (a, b, { searchValue }) => ranksIndustry(a.choice, b.choice, searchValue) }}
      notFoundContent={<span className="fg-industry-none">{read.isPending ? t('industry.loading') : read.error ? t('industry.failed') : t('industry.notFound')}</span>}
      optionRender={(option) => {
        const { choice } = option.data as (typeof options)[number]
        return <div className={searching ? undefined : `fg-industry-${choice.depth}`}><span className="fg-mono">{choice.value}</span> {choice.name}{searching && choice.path ? <div className="fg-quiet fg-industry-path">{choice.path}</div> : null}</div>
      }}
    />
  )
}
/** The chosen trade with what stands above it, in one line. */
export function useIndustryPath(): (code: string | undefined) => string {
  const language = useLanguage()
  const read = useRead(listIndustries, {}, { staleTime: 60 * 60_000 })
  const choices = useMemo(() => new Map(industryChoices(read.data?.items ?? [], language).map((choice) => [choice.value, choice])), [read.data, language])
  return (code) => {
    const choice = code ? choices.get(code) : undefined
    return choice ? [choice.path, `${choice.value} ${choice.name}`].filter(Boolean).join(' › ') : (code ?? '')
  }
}
