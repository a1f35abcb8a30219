// Risk levels of areas, effective-dated; an area without a record is "not listed", which is not "none".
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Instant, Line, Nullable, PUBLIC, Para, SIGNED_IN, Strict, endpoint } from './base.ts'

export const riskLevels = ['none', 'low', 'medium', 'high'] as const
export const RiskLevel = Code(riskLevels)
export type RiskLevel = (typeof riskLevels)[number]

/** `setBy` is the unit to everyone and the official, whose name is the same in both languages, to staff. */
export const LevelRecord = Type.Object({
  id: Type.String(), areaCode: Type.String(), level: RiskLevel, effectiveFrom: Type.String(),
  documentNo: Type.String(), reason: Type.String(), setBy: Bilingual, setAt: Type.String(), sample: Type.Boolean(),
})
export type LevelRecord = Static<typeof LevelRecord>
export const AreaLevel = Type.Object({ areaCode: Type.String(), current: Nullable(LevelRecord), coming: Nullable(LevelRecord) })
export type AreaLevel = Static<typeof AreaLevel>

/** The level of every district now, and the next change that is already set. */
export const listLevels = endpoint({
  method: 'GET', path: '/api/levels', verb: PUBLIC, summary: 'Risk level of each district',
  query: Strict({ at: Type.Optional(Instant) }),
  returns: Type.Object({ at: Type.String(), items: Type.Array(AreaLevel) }),
})
export const listLevelHistory = endpoint({
  method: 'GET', path: '/api/levels/:areaCode', verb: SIGNED_IN, summary: 'Every level an area has had', params: Strict({ areaCode: AreaCode }),
  returns: Type.Object({ items: Type.Array(LevelRecord), can: Type.Array(Type.String()) }), problems: ['not_found'],
})
export const SetLevel = Strict({ areaCode: AreaCode, level: RiskLevel, effectiveFrom: Instant, documentNo: Line(80), reason: Para(500) })
export const setLevel = endpoint({
  method: 'POST', path: '/api/levels', verb: 'level.set', summary: 'Set the risk level of an area from a moment on',
  body: SetLevel, returns: LevelRecord, problems: ['levels.unchanged', 'levels.backdated', 'not_found'],
})
