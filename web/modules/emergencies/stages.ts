// Where an emergency stands among the stages of its pack.
import type { Bilingual, Returns } from '@fugong/contract/base'
import type { Emergency, listPacks } from '@fugong/contract/emergencies'
import { hasText, useText } from '../../base/i18n.ts'

export type Pack = Returns<typeof listPacks>['items'][number]
export interface Step { code: string; name: Bilingual; state: 'done' | 'now' | 'coming'; enteredAt: string | undefined }

/** The pack's stages in order; a stage that was entered but is no longer in the pack keeps its place before the coming ones. */
export function stepsOf(emergency: Emergency, packs: readonly Pack[]): Step[] {
  const entered = [...emergency.stages].sort((a, b) => Date.parse(a.enteredAt) - Date.parse(b.enteredAt))
  const latest = entered.at(-1)?.code
  const planned = packs.find((pack) => pack.code === emergency.pack)?.stages ?? []
  const reached = Math.max(-1, ...entered.map((stage) => planned.findIndex((plan) => plan.code === stage.code)))
  const done = entered.map((stage): Step => ({ code: stage.code, name: stage.name, state: stage.code === latest && emergency.endedAt === null ? 'now' : 'done', enteredAt: stage.enteredAt }))
  if (emergency.endedAt !== null) return done
  return [...done, ...planned.slice(reached + 1).map((plan): Step => ({ ...plan, state: 'coming', enteredAt: undefined }))]
}

/** The kind in words; a kind that a later pack brings stands as its code. */
export function useKind(): (kind: string) => string {
  const t = useText('emergencies')
  return (kind) => (hasText('emergencies', `kind.${kind}`) ? t(`kind.${kind}`) : kind)
}
