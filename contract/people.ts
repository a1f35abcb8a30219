// The roster 员工名册: who works where in a firm, where they come back from and in which state; ID numbers, phones and addresses masked.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Id, Line, Nullable, OptionalLine, PUBLIC, Paged, Para, Phone, Strict, endpoint, pageQuery, type Issue } from './base.ts'
import { idTypes } from './people.ids.ts'

/** Not returned, on the way, under observation until a day, on duty, absent, left. */
export const rosterStates = ['notReturned', 'onTheWay', 'observing', 'onDuty', 'absent', 'left'] as const
export const RosterState = Code(rosterStates)
export type RosterState = (typeof rosterStates)[number]
/** How people travelled: 0 rail, 1 aeroplane, 2 coach, 3 own car, 4 ferry. */
export const vehicles = ['0', '1', '2', '3', '4'] as const
export const Vehicle = Code(vehicles)
export type Vehicle = (typeof vehicles)[number]
/** What of the last 14 days could have infected somebody: been to a key area, near people from one, near a case or suspect, in one vehicle with a case, a case in the same compound. */
export const exposures = ['keyArea', 'keyAreaContact', 'caseContact', 'sharedVehicle', 'caseInCompound'] as const
export const Exposure = Code(exposures)
export type Exposure = (typeof exposures)[number]
export const sexes = ['male', 'female', 'unknown'] as const
export const entrySources = ['import', 'hand', 'self'] as const
/** What is shown whole one at a time, with a reason, and written down. */
export const sealedFields = ['idNumber', 'phone', 'address', 'vehicleNo', 'exposure'] as const
export const SealedField = Code(sealedFields)
export type SealedField = (typeof sealedFields)[number]

/** Province, city or county; the name is whole: 湖北省武汉市江汉区. */
export const Division = Type.Object({ code: Type.String(), name: Bilingual })
export type Division = Static<typeof Division>
const RosterWho = {
  id: Type.String(), name: Type.String(), sex: Code(sexes), idType: Code(idTypes), idMasked: Type.String(), phoneMasked: Nullable(Type.String()),
  workplaceId: Type.String(), staffNo: Nullable(Type.String()), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), shift: Nullable(Type.String()),
  state: RosterState, stateSince: Type.String(), observingUntil: Nullable(Type.String()), origin: Nullable(Division), expectedOn: Nullable(Type.String()), returnedOn: Nullable(Type.String()),
  source: Code(entrySources), revision: Type.Integer(), changedAt: Type.String(),
}
export const RosterRow = Type.Object(RosterWho)
export type RosterRow = Static<typeof RosterRow>
/** One entry of a person's history in the firm; what was personal is named, never repeated. */
export const RosterChange = Type.Object({
  id: Type.String(), kind: Code(['entered', 'moved', 'placed', 'corrected', 'undone']), effectiveOn: Type.String(), recordedAt: Type.String(), by: Nullable(Type.String()), note: Nullable(Type.String()),
  from: Nullable(RosterState), to: Nullable(RosterState), until: Nullable(Type.String()), fields: Type.Array(Type.String()),
})
export type RosterChange = Static<typeof RosterChange>
export const RosterPerson = Type.Object({
  ...RosterWho, leftOn: Nullable(Type.String()), vehicle: Nullable(Vehicle), addressMasked: Nullable(Type.String()), vehicleNoMasked: Nullable(Type.String()),
  /** Whether the questions on exposure were answered at all; the answers are shown one person at a time. */
  exposureAnswered: Type.Boolean(), history: Type.Array(RosterChange), moves: Type.Array(RosterState), can: Type.Array(Type.String()),
})
export type RosterPerson = Static<typeof RosterPerson>

const short = (max: number) => Type.Optional(Nullable(OptionalLine(max)))
const IdNumber = Type.String({ minLength: 4, maxLength: 40, pattern: '^[\\p{Script=Han}A-Za-z0-9() （）-]+$', issue: 'id_letters' })
/** What is asked of everybody; the rest only where it is needed. */
const facts = {
  sex: Type.Optional(Code(sexes)), phone: Type.Optional(Nullable(Phone)), address: short(120), staffNo: short(30), crew: short(40), dormitory: short(40), shift: short(40),
  originCode: Type.Optional(Nullable(Type.String({ pattern: '^\\d{6}$', issue: 'area' }))), leftOn: Type.Optional(Nullable(Day)), returnedOn: Type.Optional(Nullable(Day)), expectedOn: Type.Optional(Nullable(Day)),
  vehicle: Type.Optional(Nullable(Vehicle)), vehicleNo: short(40), exposure: Type.Optional(Nullable(Type.Array(Exposure, { maxItems: exposures.length, uniqueItems: true }))),
}
const dates = (body: { leftOn?: string | null; returnedOn?: string | null } | undefined): Issue[] =>
  body?.leftOn && body.returnedOn && body.returnedOn < body.leftOn ? [{ path: '/returnedOn', code: 'issue.end_before_begin' }] : []
export const AddPerson = Strict({ name: Line(40), idType: Code(idTypes), idNumber: IdNumber, workplaceId: Id, state: RosterState, observingUntil: Type.Optional(Nullable(Day)), ...facts })
export type AddPerson = Static<typeof AddPerson>
export const ChangePerson = Strict({ revision: Type.Integer({ minimum: 1 }), effectiveOn: Type.Optional(Day), name: Type.Optional(Line(40)), workplaceId: Type.Optional(Id), ...facts })
export type ChangePerson = Static<typeof ChangePerson>

export const rosterFilters = {
  state: Type.Optional(RosterState), workplace: Type.Optional(Id), crew: Type.Optional(OptionalLine(40)), dormitory: Type.Optional(OptionalLine(40)),
  /** Everything below a province or city too. */
  origin: Type.Optional(Type.String({ pattern: '^\\d{6}$', issue: 'area' })),
}
export type RosterFilters = { [name in keyof typeof rosterFilters]?: string | undefined }
const firm = Strict({ id: Id })
const member = Strict({ id: Id, employmentId: Id })
export const listRoster = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster', verb: 'roster.read', summary: 'The roster of my firm, newest first', params: firm, query: Strict({ ...pageQuery, ...rosterFilters }), returns: Paged(RosterRow), problems: ['not_found'] })
/** What is sought names people, so it stands in the body and in no address. */
export const findInRoster = endpoint({
  method: 'POST', path: '/api/enterprises/:id/roster/find', verb: 'roster.read', summary: 'People by a part of their name, its initials in pinyin, or the last four of phone or ID number', params: firm,
  body: Strict({ text: Line(40), ...rosterFilters }), returns: Type.Object({ items: Type.Array(RosterRow), more: Type.Boolean() }), problems: ['not_found'], perMinute: 120,
})
export const RosterSummary = Type.Object({
  states: Type.Array(Type.Object({ state: RosterState, people: Type.Integer() })), workplaces: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), open: Type.Boolean(), people: Type.Integer() })),
  crews: Type.Array(Type.String()), dormitories: Type.Array(Type.String()), shifts: Type.Array(Type.String()), origins: Type.Array(Type.Object({ ...Division.properties, people: Type.Integer() })), waiting: Type.Integer(), can: Type.Array(Type.String()),
})
export type RosterSummary = Static<typeof RosterSummary>
export const rosterSummary = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster-summary', verb: 'roster.read', summary: 'How many are in which state and workplace, and what the roster can be filtered by', params: firm, returns: RosterSummary, problems: ['not_found'] })
export const addPerson = endpoint({ method: 'POST', path: '/api/enterprises/:id/roster', verb: 'roster.change', summary: 'Enter a person by hand', params: firm, body: AddPerson, check: dates, returns: RosterPerson, problems: ['not_found', 'people.already_there', 'people.too_many'] })
export const getPersonOfRoster = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster/:employmentId', verb: 'roster.read', summary: 'One person of my firm', params: member, returns: RosterPerson, problems: ['not_found'] })
export const changePerson = endpoint({ method: 'PATCH', path: '/api/enterprises/:id/roster/:employmentId', verb: 'roster.change', summary: 'Correct a person’s entry, or place them elsewhere from a day on', params: member, body: ChangePerson, check: dates, returns: RosterPerson, problems: ['not_found', 'conflict.changed'] })
/** Most people moved in one deed. */
export const MOST_MOVED = 500
export const movePeople = endpoint({
  method: 'POST', path: '/api/enterprises/:id/roster-moves', verb: 'roster.change', summary: 'Move people to another state', params: firm,
  body: Strict({ ids: Type.Array(Id, { minItems: 1, maxItems: MOST_MOVED, uniqueItems: true }), to: RosterState, effectiveOn: Type.Optional(Day), until: Type.Optional(Day), note: Type.Optional(OptionalLine(200)) }),
  returns: Type.Object({ moveId: Type.String(), moved: Type.Integer(), unchanged: Type.Integer(), refused: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), code: Type.String() })) }), problems: ['not_found'],
})
export const undoMove = endpoint({ method: 'POST', path: '/api/enterprises/:id/roster-moves/:moveId/undo', verb: 'roster.change', summary: 'Take back a move that I made, where nothing has changed since', params: Strict({ id: Id, moveId: Id }), body: Strict({}), returns: Type.Object({ undone: Type.Integer(), kept: Type.Integer() }), problems: ['not_found', 'people.undo_over'] })

// ── reading what is sealed ──────────────────────────────────────────────────
export const Unmasked = Type.Object({ field: SealedField, value: Nullable(Type.String()), exposure: Type.Array(Exposure) })
export type Unmasked = Static<typeof Unmasked>
export const unmaskField = endpoint({
  method: 'POST', path: '/api/enterprises/:id/roster/:employmentId/unmask', verb: 'roster.unmask', summary: 'Show one sealed value of one person; written down with its reason', params: member,
  body: Strict({ field: SealedField, reason: Para(200) }), returns: Unmasked, problems: ['not_found'], logsRead: true, perMinute: 30,
})
export const PersonRead = Type.Object({ field: Type.String(), reason: Type.String(), by: Type.String(), office: Type.Boolean(), at: Type.String() })
export type PersonRead = Static<typeof PersonRead>
export const listPersonReads = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster/:employmentId/reads', verb: 'roster.read', summary: 'Who of my firm has looked at what of a person', params: member, returns: Type.Object({ items: Type.Array(PersonRead) }), problems: ['not_found'] })

// ── return to work ──────────────────────────────────────────────────────────
/** `now`: may start at once; `from`: on a day; `ask`: a fact is missing that decides, see `missing`. */
export const ReturnCheck = Type.Object({
  employmentId: Type.String(), name: Type.String(), outcome: Code(['now', 'from', 'ask']), mayStartOn: Nullable(Type.String()), missing: Nullable(Code(['originCode', 'leftOn', 'exposure'])),
  level: Code(['none', 'low', 'medium', 'high', 'unlisted']), origin: Nullable(Division), daysSince: Nullable(Type.Integer()), place: Nullable(Code(['none', 'home', 'central'])), sentence: Bilingual,
})
export type ReturnCheck = Static<typeof ReturnCheck>
export const checkReturns = endpoint({
  method: 'POST', path: '/api/enterprises/:id/return-checks', verb: 'roster.read', summary: 'From which day people may start, and why', params: firm,
  body: Strict({ ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }), returns: Type.Object({ items: Type.Array(ReturnCheck) }), problems: ['not_found', 'rules.no_table', 'rules.no_row'],
})

// ── for the district ────────────────────────────────────────────────────────
export const RosterCount = Type.Object({ enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceId: Type.String(), workplaceName: Type.String(), districtCode: Type.String(), streetCode: Type.String(), total: Type.Integer(), states: Type.Array(Type.Object({ state: RosterState, people: Type.Integer() })) })
export type RosterCount = Static<typeof RosterCount>
const Totals = Type.Array(Type.Object({ state: RosterState, people: Type.Integer() }))
export const listRosterCounts = endpoint({
  method: 'GET', path: '/api/roster-counts', verb: 'roster.count', summary: 'How many people of which firm and workplace are in which state; no names',
  query: Strict({ ...pageQuery, district: Type.Optional(AreaCode), street: Type.Optional(AreaCode) }), returns: Type.Object({ ...Paged(RosterCount).properties, totals: Totals, firms: Type.Integer() }),
})
/** A person's file across firms, for whoever follows up their health. */
export const PersonFile = Type.Object({
  employments: Type.Array(Type.Object({ id: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), districtCode: Type.String(), within: Type.Boolean(), name: Nullable(Type.String()), state: RosterState, stateSince: Type.String(), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), shift: Nullable(Type.String()), phoneMasked: Nullable(Type.String()) })),
})
export type PersonFile = Static<typeof PersonFile>
export const findPersonFile = endpoint({
  method: 'POST', path: '/api/person-files', verb: 'roster.facts', summary: 'The file of a person by their whole ID number; written down with its reason',
  body: Strict({ idType: Code(idTypes), idNumber: IdNumber, reason: Para(200) }), returns: PersonFile, problems: ['not_found'], logsRead: true, perMinute: 30,
})
export const listDivisions = endpoint({ method: 'GET', path: '/api/divisions', verb: PUBLIC, summary: 'Provinces, cities and counties of China; with `below` only those right below one, of 000000 the provinces', query: Strict({ below: Type.Optional(Type.String({ pattern: '^\\d{6}$', issue: 'area' })) }), returns: Type.Object({ source: Bilingual, year: Type.Integer(), items: Type.Array(Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })) }) })

// ── keys ────────────────────────────────────────────────────────────────────
export const KeyRow = Type.Object({ id: Type.String(), label: Type.String(), madeAt: Type.String(), current: Type.Boolean(), values: Type.Integer() })
export const KeyState = Type.Object({ keys: Type.Array(KeyRow), rotation: Nullable(Type.Object({ id: Type.String(), begunAt: Type.String(), finishedAt: Nullable(Type.String()), total: Type.Integer(), done: Type.Integer() })) })
export type KeyState = Static<typeof KeyState>
export const getKeys = endpoint({ method: 'GET', path: '/api/system/keys', verb: 'keys.read', summary: 'Data keys in use, how many values each seals, and the last rotation', returns: KeyState })
export const rotateKeys = endpoint({ method: 'POST', path: '/api/system/keys/rotate', verb: 'keys.rotate', summary: 'Make new data keys and seal everything anew under them, while the system runs', body: Strict({}), returns: KeyState, problems: ['people.rotation_running'] })
