// Emergencies: what hangs on one (packs of forms, tables and measures), its stages, its begin and end.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Id, Instant, Issue, Line, Nullable, OptionalLine, PUBLIC, Para, Strict, endpoint } from './base.ts'
import { provenance } from './rules.ts'

export const EmergencyKind = Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' })
export const Stage = Type.Object({ code: Type.String(), name: Bilingual, enteredAt: Type.String() })
export const Emergency = Type.Object({
  id: Type.String(), kind: Type.String(), name: Bilingual, areaCode: Type.String(), pack: Type.String(), packVersion: Type.Integer(),
  documentNo: Type.String(), begunAt: Type.String(), endedAt: Nullable(Type.String()), stages: Type.Array(Stage), sample: Type.Boolean(), can: Type.Array(Type.String()),
})
export type Emergency = Static<typeof Emergency>
/** Names and dates of emergencies are public; firms must know which one they declare under. */
export const listEmergencies = endpoint({
  method: 'GET', path: '/api/emergencies', verb: PUBLIC, summary: 'Emergencies, open ones first', returns: Type.Object({ items: Type.Array(Emergency) }),
})
export const BeginEmergency = Strict({ pack: Type.String({ pattern: '^[a-z0-9-]{1,60}$', issue: 'format' }), name: Strict({ zh: Line(80), en: Line(160) }), areaCode: AreaCode, documentNo: Line(80), begunAt: Instant })
export const beginEmergency = endpoint({
  method: 'POST', path: '/api/emergencies', verb: 'emergency.begin', summary: 'Begin an emergency from a pack', body: BeginEmergency, returns: Emergency, problems: ['emergencies.pack_unknown'],
})
export const enterStage = endpoint({
  method: 'POST', path: '/api/emergencies/:id/stages', verb: 'emergency.stage', summary: 'Enter the next stage', params: Strict({ id: Id }),
  body: Strict({ stage: Line(60), note: Para(500) }), returns: Emergency, problems: ['not_found', 'emergencies.already_ended', 'conflict.changed'],
})
export const endEmergency = endpoint({
  method: 'POST', path: '/api/emergencies/:id/end', verb: 'emergency.end', summary: 'End an emergency', params: Strict({ id: Id }),
  body: Strict({ documentNo: Line(80), note: Para(500) }), returns: Emergency, problems: ['not_found', 'emergencies.already_ended'],
})

export const PackFile = Strict({
  code: Type.String({ pattern: '^[a-z0-9-]{1,60}$', issue: 'format' }), version: Type.Integer({ minimum: 1 }), kind: EmergencyKind, name: Bilingual,
  stages: Type.Array(Strict({ code: Type.String({ minLength: 1, maxLength: 60 }), name: Bilingual }), { minItems: 1 }),
  tables: Type.Array(Type.String({ maxLength: 200 })), forms: Type.Array(Type.String({ maxLength: 200 })), measures: Type.Array(Type.String({ maxLength: 200 })),
  retention: Type.Array(Strict({ what: Type.String({ maxLength: 80 }), days: Type.Integer({ minimum: 1 }), name: Bilingual })), ...provenance, sample: Type.Optional(Type.Boolean()),
})
export type PackFile = Static<typeof PackFile>
export const Measure = Strict({ code: Type.String({ maxLength: 20 }), title: Bilingual, level: Type.Array(Code(['unlisted', 'none', 'low', 'medium', 'high'])), scene: Type.Array(Type.String({ maxLength: 40 })), star: Type.Optional(Type.Boolean()) })
export type Measure = Static<typeof Measure>
export const MeasuresFile = Strict({ code: Type.String({ maxLength: 60 }), version: Type.Integer({ minimum: 1 }), name: Bilingual, areaCode: AreaCode, effectiveFrom: Instant, ...provenance, items: Type.Array(Measure) })
export type MeasuresFile = Static<typeof MeasuresFile>

export const PackInfo = Type.Object({
  code: Type.String(), version: Type.Integer(), kind: Type.String(), name: Bilingual, tables: Type.Integer(), forms: Type.Integer(), measures: Type.Integer(),
  importedAt: Nullable(Type.String()), stages: Type.Array(Type.Object({ code: Type.String(), name: Bilingual })), faults: Type.Array(Issue),
})
export const listPacks = endpoint({
  method: 'GET', path: '/api/packs', verb: 'emergency.read_packs', summary: 'Packs on this server and their faults', returns: Type.Object({ items: Type.Array(PackInfo) }),
})
/** Measures in force for a workplace of a scene at a level, from the pack of an open emergency. */
export const listMeasures = endpoint({
  method: 'GET', path: '/api/measures', verb: PUBLIC, summary: 'Measures for a scene and level',
  query: Strict({ emergency: Id, scene: Type.Optional(OptionalLine(40)), level: Type.Optional(Code(['none', 'low', 'medium', 'high', 'unlisted'])) }),
  returns: Type.Object({ items: Type.Array(Measure) }), problems: ['not_found'],
})
