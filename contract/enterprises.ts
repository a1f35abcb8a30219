// Enterprises, their workplaces and contacts; with the check of the unified credit code that server and forms share.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Done, Id, Line, Nullable, OptionalLine, PUBLIC, Para, Paged, Phone, SIGNED_IN, Strict, endpoint, pageQuery, type Issue } from './base.ts'
import { Doer, EnterpriseClass, EnterpriseKind, FlagKind, IndustryCode, KnownFacts, enterpriseSizes, enterpriseStates, ownFacts } from './enterprises.facts.ts'

export * from './enterprises.facts.ts'

const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** The faults of a unified credit code (GB 32100-2015), first its shape, then the organisation code's digit, then the check digit. */
export function checkCreditCode(code: string, path = '/creditCode'): Issue[] {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return [{ path, code: 'issue.credit_code_shape' }]
  const organisation = expectedOrganisationDigit(code.slice(8, 16))
  if (organisation !== code[16]) return [{ path, code: 'issue.organisation_code_check', params: { expected: organisation } }]
  const expected = expectedCheckDigit(code.slice(0, 17))
  return expected === code[17] ? [] : [{ path, code: 'issue.credit_code_check', params: { expected } }]
}
/** A trader's registration number (工商注册号): 15 digits. Its own check digit is not verified: its standard is not among our sources. */
export const isRegistrationNumber = (code: string): boolean => /^\d{15}$/.test(code)
/** The faults of the code a firm of this kind gives: a unified credit code, or a trader's registration number. */
export function checkFirmCode(code: string, kind: EnterpriseKind | undefined, path = '/creditCode'): Issue[] {
  if (!isRegistrationNumber(code)) return checkCreditCode(code, path)
  return kind === 'trader' ? [] : [{ path, code: 'issue.registration_number' }]
}
export function expectedCheckDigit(first17: string): string {
  const sum = CODE_WEIGHTS.reduce((total, weight, i) => total + weight * CHARSET.indexOf(first17[i]!), 0)
  return CHARSET[(31 - (sum % 31)) % 31]!
}
/** GB 11714: letters count A=10 … Z=35. */
export function expectedOrganisationDigit(first8: string): string {
  const value = (c: string) => (/\d/.test(c) ? Number(c) : c.charCodeAt(0) - 55)
  const rest = 11 - (ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * value(first8[i]!), 0) % 11)
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest)
}

/** Where people work: each scene has measures of its own (offices, shops, parks, building sites, dwellings). */
export const scenes = ['office', 'commercial', 'park', 'site', 'residential'] as const
export const Scene = Code(scenes)
export type Scene = (typeof scenes)[number]

export const Workplace = Type.Object({ id: Type.String(), name: Type.String(), scene: Scene, districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()), address: Type.String() })
export type Workplace = Static<typeof Workplace>
export const Contact = Type.Object({ personId: Type.String(), name: Type.String(), phoneMasked: Type.String(), since: Type.String(), self: Type.Boolean() })
export type Contact = Static<typeof Contact>
export const Enterprise = Type.Object({
  id: Type.String(), ...KnownFacts, department: Nullable(Type.String()),
  /** Set when an office named another department than the table does. */
  departmentSet: Nullable(Type.Object({ reason: Type.String(), at: Type.String(), by: Doer })),
  /** Flags in force now. */
  flags: Type.Array(Type.Object({ code: Type.String(), name: Bilingual })),
  /** The day asked for, null for the present; `knownFrom` is the first day that the register can speak of. */
  at: Nullable(Day), knownFrom: Day, validFrom: Day, revision: Type.Integer(),
  /** `pending`: the code fails its check digit and waits for a reviewer's confirmation; who gave it is a unit to the firm and a person, the same in both languages, to offices. */
  codeState: Code(['valid', 'pending', 'confirmed']), codeReason: Nullable(Type.String()), codeConfirmedBy: Nullable(Bilingual),
  negativeList: Type.Boolean(),
  /** Open on that day and within the reader's scope. */
  workplaces: Type.Array(Workplace), registeredAt: Type.String(), sample: Type.Boolean(), can: Type.Array(Type.String()),
})
export type Enterprise = Static<typeof Enterprise>
export const EnterpriseRow = Type.Object({
  id: Type.String(), creditCode: Type.String(), name: Type.String(), industryCode: Type.String(), industry: Bilingual, class: EnterpriseClass, kind: EnterpriseKind, state: Code(enterpriseStates), size: Code(enterpriseSizes), districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()), department: Nullable(Type.String()), flags: Type.Array(Type.String()),
  /** Who of the reader's unit looks after the firm (联系干部); told to officials only. */
  assignee: Nullable(Type.String()),
  codeState: Code(['valid', 'pending', 'confirmed']), workplaces: Type.Integer(), registeredAt: Type.String(), sample: Type.Boolean(),
})
export type EnterpriseRow = Static<typeof EnterpriseRow>

const optionalLine = Type.Optional(Nullable(Line(60)))
export const NewWorkplace = Strict({ name: Line(60), scene: Scene, districtCode: AreaCode, streetCode: AreaCode, zoneCode: Type.Optional(Nullable(AreaCode)), address: Line(120), building: optionalLine, park: optionalLine })
export const RegisterEnterprise = Strict({
  creditCode: Type.String({ minLength: 1, maxLength: 18 }), name: Line(100), industryCode: IndustryCode, class: EnterpriseClass, kind: ownFacts.kind, workplace: NewWorkplace,
  /** Why a code that fails its check digit is nevertheless the issued one; a reviewer confirms. */
  creditCodeReason: Type.Optional(OptionalLine(200)),
})
export type RegisterEnterprise = Static<typeof RegisterEnterprise>
export const registerEnterprise = endpoint({
  method: 'POST', path: '/api/enterprises', verb: 'enterprise.register', summary: 'Register a firm with its first workplace; the caller becomes its contact',
  body: RegisterEnterprise, returns: Enterprise, problems: ['enterprises.already_registered'], perMinute: 60,
  check: (body) => {
    const found = checkFirmCode(body.creditCode, body.kind)
    // The shape cannot be argued with; the digits can, with a reason.
    return found[0]?.code.endsWith('_check') && body.creditCodeReason?.trim() ? [] : found
  },
})
/** Filters of the list as the address bar has them. */
export const enterpriseFilters = {
  /** Characters of the name, initials of its pinyin, or four and more consecutive characters of the code. */
  q: Type.Optional(OptionalLine(60)),
  /** A district or a development zone. */
  district: Type.Optional(AreaCode), street: Type.Optional(AreaCode), zone: Type.Optional(AreaCode),
  /** A section's letter or the beginning of a code. */
  industry: Type.Optional(IndustryCode), size: Type.Optional(Code(enterpriseSizes)), class: Type.Optional(EnterpriseClass), kind: Type.Optional(EnterpriseKind), state: Type.Optional(Code(enterpriseStates)),
  codeState: Type.Optional(Code(['valid', 'pending', 'confirmed'])), flag: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z0-9]{1,39}$', issue: 'choice' })),
  department: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z]{1,39}$', issue: 'choice' })), since: Type.Optional(Day), until: Type.Optional(Day),
  /** Firms that I look after, or that nobody of my unit does. */
  assignee: Type.Optional(Code(['mine', 'none'])),
}
export const enterpriseOrders = ['newest', 'name', 'size'] as const
/** `name`: by pinyin; `size`: large firms first. */
export type EnterpriseOrder = (typeof enterpriseOrders)[number]
export const listEnterprises = endpoint({
  method: 'GET', path: '/api/enterprises', verb: 'enterprise.read', summary: 'Firms within my scope', query: Strict({ ...pageQuery, ...enterpriseFilters, order: Type.Optional(Code(enterpriseOrders)) }), returns: Paged(EnterpriseRow),
})
export const listMyEnterprises = endpoint({ method: 'GET', path: '/api/me/enterprises', verb: SIGNED_IN, summary: 'Firms I am a contact of', returns: Type.Object({ items: Type.Array(EnterpriseRow) }) })
export const getEnterprise = endpoint({ method: 'GET', path: '/api/enterprises/:id', verb: 'enterprise.read', summary: 'One firm as it is known now, or as it was on a day', params: Strict({ id: Id }), query: Strict({ at: Type.Optional(Day) }), returns: Enterprise, problems: ['not_found', 'enterprises.not_known_then'] })
export const addWorkplace = endpoint({ method: 'POST', path: '/api/enterprises/:id/workplaces', verb: 'enterprise.change', summary: 'Add a workplace', params: Strict({ id: Id }), body: NewWorkplace, returns: Enterprise, problems: ['not_found', 'enterprises.not_active'] })
export const confirmCreditCode = endpoint({ method: 'POST', path: '/api/enterprises/:id/credit-code/confirm', verb: 'enterprise.confirm_code', summary: 'Confirm an issued code that fails its check digit', params: Strict({ id: Id }), body: Strict({ reason: Para(300) }), returns: Enterprise, problems: ['not_found', 'enterprises.code_not_pending', 'session.own_firm'] })
export const listContacts = endpoint({ method: 'GET', path: '/api/enterprises/:id/contacts', verb: 'enterprise.read', summary: 'Contacts of a firm', params: Strict({ id: Id }), returns: Type.Object({ items: Type.Array(Contact), can: Type.Array(Type.String()) }), problems: ['not_found'] })
export const addContact = endpoint({ method: 'POST', path: '/api/enterprises/:id/contacts', verb: 'enterprise.contacts', summary: 'Add a contact by phone; they sign in with a code', params: Strict({ id: Id }), body: Strict({ name: Line(40), phone: Phone }), returns: Contact, problems: ['not_found', 'enterprises.contact_refused', 'enterprises.too_many_contacts'], perMinute: 20 })
export const endContact = endpoint({ method: 'POST', path: '/api/enterprises/:id/contacts/:personId/end', verb: 'enterprise.contacts', summary: 'End a contact', params: Strict({ id: Id, personId: Id }), body: Strict({}), returns: Done, problems: ['not_found', 'identity.not_a_member', 'identity.last_contact'] })

export const Industry = Type.Object({ code: Type.String(), parent: Nullable(Type.String()), zh: Type.String(), en: Type.String() })
export type Industry = Static<typeof Industry>
export const listIndustries = endpoint({ method: 'GET', path: '/api/industries', verb: PUBLIC, summary: 'GB/T 4754-2017 industries', returns: Type.Object({ source: Type.String(), year: Type.Integer(), items: Type.Array(Industry) }) })
export const listFlagKinds = endpoint({ method: 'GET', path: '/api/enterprise-flags', verb: SIGNED_IN, summary: 'Flags that offices may put on firms', returns: Type.Object({ items: Type.Array(FlagKind) }) })
