// The day of daily reports 每日申报情况: what a firm sees of its people and hands over, what a district counts by street and firm.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Id, Nullable, OptionalLine, Strict, endpoint } from './base.ts'

const firm = Strict({ id: Id })
const ofDay = Type.Optional(Day)
/** `mayWork` and `notYet` are of those who have reported; `evening` is of people who report twice. */
const tally = { expected: Type.Integer(), reported: Type.Integer(), mayWork: Type.Integer(), notYet: Type.Integer(), missing: Type.Integer() }
export const DayTally = Type.Object(tally)
export type DayTally = Static<typeof DayTally>
export const Handover = Type.Object({ no: Type.Integer(), sentence: Bilingual, hash: Type.String(), late: Type.Boolean(), signedBy: Type.String(), signedAt: Type.String(), ...tally })
export type Handover = Static<typeof Handover>
export const FirmDay = Type.Object({
  enterpriseName: Type.String(), day: Day, today: Day, ...tally, evening: Type.Object({ expected: Type.Integer(), reported: Type.Integer() }),
  workplaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), ...tally })), crews: Type.Array(Type.Object({ workplaceId: Type.String(), crew: Type.String(), ...tally })),
  /** When the day closes, and when people, the firm and its office are reminded, as `15:00` of that day; null where no table says. */
  closesAt: Nullable(Type.String()), closed: Type.Boolean(), stages: Type.Array(Type.Object({ stage: Type.Integer(), at: Type.String(), sentAt: Nullable(Type.String()), missing: Nullable(Type.Integer()) })),
  handover: Nullable(Handover), can: Type.Array(Type.String()),
})
export type FirmDay = Static<typeof FirmDay>
export const getFirmDay = endpoint({ method: 'GET', path: '/api/enterprises/:id/health-day', verb: 'health.firm', summary: 'My firm’s day: expected, reported, may work, may not yet, not reported', params: firm, query: Strict({ day: ofDay }), returns: FirmDay, problems: ['not_found', 'health.day_unknown'] })

export const dayGroups = ['missing', 'notYet', 'reported', 'all'] as const
export const DayGroup = Code(dayGroups)
export type DayGroup = (typeof dayGroups)[number]
/** `mayWork` is all that a firm learns; null while nothing was reported. `slots`: the receipts of the day. */
export const DayPerson = Type.Object({
  employmentId: Type.String(), name: Type.String(), workplaceName: Type.String(), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), shift: Nullable(Type.String()),
  reportedAt: Nullable(Type.String()), twice: Type.Boolean(), eveningAt: Nullable(Type.String()), mayWork: Nullable(Type.Boolean()), missed: Type.Integer(), bound: Type.Boolean(),
})
export type DayPerson = Static<typeof DayPerson>
export const listFirmDay = endpoint({
  method: 'GET', path: '/api/enterprises/:id/health-day/people', verb: 'health.firm', summary: 'People of my firm’s day by name', params: firm,
  query: Strict({ day: ofDay, group: Type.Optional(DayGroup), workplace: Type.Optional(Id), crew: Type.Optional(OptionalLine(40)), cursor: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  returns: Type.Object({ items: Type.Array(DayPerson), next: Nullable(Type.String()), total: Type.Integer(), totalIsMore: Type.Boolean() }), problems: ['not_found', 'health.day_unknown'],
})
/** `seen`: the numbers that stood on the page; others mean that something came in since. */
export const handOverDay = endpoint({
  method: 'POST', path: '/api/enterprises/:id/health-day/handovers', verb: 'health.hand_over', summary: 'Sign my firm’s day and hand it over', params: firm,
  body: Strict({ day: Day, seen: Strict({ expected: Type.Integer(), reported: Type.Integer() }) }), returns: Handover, problems: ['not_found', 'health.day_unknown', 'health.day_moved'],
})

// ── for districts and the city ──────────────────────────────────────────────
/** How many have a colour other than green; null where it is hidden: below five, or so that a hidden one cannot be worked out. */
export const Hidden = Nullable(Type.Integer())
const AreaDay = { expected: Type.Integer(), reported: Type.Integer(), missing: Type.Integer(), firms: Type.Integer(), raised: Hidden }
/** Levels stand with districts only. `handedOver`: firms whose day was signed. */
export const AreaRow = Type.Object({ code: Type.String(), ...AreaDay, handedOver: Type.Integer(), levels: Nullable(Type.Object({ yellow: Hidden, orange: Hidden, red: Hidden })) })
export type AreaRow = Static<typeof AreaRow>
const where = { day: ofDay, district: Type.Optional(AreaCode), street: Type.Optional(AreaCode) }
/** Sums of everything in reach, and the rows below the area that was asked for: districts, else streets. Worst first. */
export const DistrictDay = Type.Object({ day: Day, today: Day, at: Type.String(), expected: Type.Integer(), reported: Type.Integer(), missing: Type.Integer(), firms: Type.Integer(), handedOver: Type.Integer(), hideBelow: Type.Integer(), districts: Type.Array(AreaRow), streets: Type.Array(AreaRow) })
export type DistrictDay = Static<typeof DistrictDay>
export const getDistrictDay = endpoint({ method: 'GET', path: '/api/health-day', verb: 'health.count', summary: 'The day by district and street, worst first; numbers only', query: Strict(where), returns: DistrictDay, problems: ['health.day_unknown'] })
export const FirmRow = Type.Object({ enterpriseId: Type.String(), enterpriseName: Type.String(), streetCode: Type.String(), expected: Type.Integer(), reported: Type.Integer(), missing: Type.Integer(), raised: Hidden, handedOverAt: Nullable(Type.String()), late: Nullable(Type.Boolean()) })
export type FirmRow = Static<typeof FirmRow>
/** A page is named by its number: the order is that of the moment. */
export const listDistrictFirms = endpoint({
  method: 'GET', path: '/api/health-day/firms', verb: 'health.count', summary: 'Firms of the day, most of their people missing first', query: Strict({ ...where, missing: Type.Optional(Type.Boolean()), cursor: Type.Optional(Type.String({ pattern: '^\\d{1,5}$', issue: 'cursor' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
  returns: Type.Object({ items: Type.Array(FirmRow), next: Nullable(Type.String()), total: Type.Integer(), totalIsMore: Type.Boolean() }), problems: ['health.day_unknown'],
})
