// Which answers stand there because an earlier declaration of the firm gave them, so that each can be marked with its source.
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import type { Answers } from '@fugong/contract/forms'
import { day } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import type { Draft } from './draft.ts'

export interface Earlier { sourceOf: (code: string, answer: Answers[string] | undefined) => string | undefined; sourceOfPlan: (draft: Draft) => { headcount?: string | undefined } }
export function useEarlier(declaration: Declaration): Earlier {
  const t = useText('declarations')
  const list = useRead(listDeclarations, { query: { enterprise: declaration.enterpriseId, limit: 20 } }, { staleTime: 60_000 })
  const others = (list.data?.items ?? []).filter((row) => row.id !== declaration.id && row.state === 'filed' && row.createdAt < declaration.createdAt)
  // A draft is filled in from what the firm filed last.
  const id = others.sort((a, b) => (b.submittedAt ?? '').localeCompare(a.submittedAt ?? ''))[0]?.id
  const earlier = useRead(getDeclaration, { params: { id: id ?? '' } }, { enabled: id !== undefined, staleTime: 10 * 60_000 }).data
  const words = earlier ? t('source.earlier', { day: day(earlier.submittedAt), workplace: earlier.workplace.name }) : undefined
  const given = (value: unknown) => value !== null && value !== undefined && value !== ''
  return {
    sourceOf: (code, answer) => (earlier && given(answer) && JSON.stringify(earlier.answers[code]) === JSON.stringify(answer) ? words : undefined),
    sourceOfPlan: (draft) => ({ headcount: earlier && given(draft.headcount) && earlier.headcount === draft.headcount ? words : undefined }),
  }
}
