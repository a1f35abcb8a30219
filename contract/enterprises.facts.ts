// The facts of a firm: what is known of it, in which words, and the shapes in which they travel.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Line, Nullable, OptionalLine, Phone } from './base.ts'

/** What a firm is: 企业, 个体工商户, 合作社, 机关事业单位, 其他. Only a trader may still hold a registration number of 15 digits instead of a credit code. */
export const enterpriseKinds = ['company', 'trader', 'cooperative', 'publicBody', 'other'] as const
export const EnterpriseKind = Code(enterpriseKinds)
export type EnterpriseKind = (typeof enterpriseKinds)[number]
export const enterpriseStates = ['active', 'closed', 'merged'] as const
export type EnterpriseState = (typeof enterpriseStates)[number]
/** 统计上大中小微型企业划分办法（2017）; `notApplicable` for trades that it does not cover, `undetermined` while a figure is missing. */
export const enterpriseSizes = ['large', 'medium', 'small', 'micro', 'notApplicable', 'undetermined'] as const
export type EnterpriseSize = (typeof enterpriseSizes)[number]
/** What the size may wait for: a figure, or an industry finer than a section or division. */
export const sizeInputs = ['industryCode', 'staff', 'revenue', 'assets'] as const
export type SizeInput = (typeof sizeInputs)[number]

/** `class`: `vital` keeps running at high risk (State Council press conference of 2020-02-25); `firstBatch`: trades that resumed first (筑府办发电〔2020〕5号). */
export const enterpriseClasses = ['general', 'firstBatch', 'vital'] as const
export const EnterpriseClass = Code(enterpriseClasses)

/** Figures of a firm, each with the year it is of: people in numbers, money in 万元 (10,000 yuan). */
export const figures = ['staff', 'insured', 'revenue', 'assets'] as const
export type Figure = (typeof figures)[number]
const Count = Type.Integer({ minimum: 0, maximum: 5_000_000 })
const Money = Type.Number({ minimum: 0, maximum: 10_000_000_000 })
const Year = Type.Integer({ minimum: 1949, maximum: 2199 })
const some = <T extends Parameters<typeof Nullable>[0]>(schema: T) => Type.Optional(Nullable(schema))

/** Any code that an industry can have: a section's letter, or two to four digits. */
export const IndustryCode = Type.String({ pattern: '^[A-T]$|^\\d{2,4}$', issue: 'industry' })
/** What the firm itself says and keeps right; null takes an answer back, what is left out stays. Name, code and area change by an event of the firm's life. */
export const ownFacts = {
  kind: Type.Optional(EnterpriseKind), class: Type.Optional(EnterpriseClass), industryCode: Type.Optional(IndustryCode), formerNames: Type.Optional(Type.Array(Line(100), { maxItems: 10 })),
  legalName: some(Line(40)), legalPhone: some(Phone),
  /** May lie in another city or province: six digits of GB/T 2260. */
  registeredDistrictCode: some(Type.String({ pattern: '^\\d{6}$', issue: 'area' })), registeredAddress: some(Line(120)),
  address: Type.Optional(Line(120)), building: some(Line(60)), park: some(Line(60)),
  staff: some(Count), staffYear: some(Year), insured: some(Count), insuredYear: some(Year), revenue: some(Money), revenueYear: some(Year), assets: some(Money), assetsYear: some(Year),
  /** Hazardous chemicals kept on the premises, what and how much; an empty text says that there are none. */
  hazardous: some(OptionalLine(300)), centralAir: some(Type.Boolean()),
}
export const OperatingArea = { districtCode: AreaCode, streetCode: AreaCode, zoneCode: Type.Optional(Nullable(AreaCode)) }

/** The size with what it was decided by; `sentence` is the decision in words, null while it is undetermined. */
export const SizeOf = Type.Object({
  grade: Code(enterpriseSizes), missing: Type.Array(Code(sizeInputs)), sentence: Nullable(Bilingual), table: Nullable(Type.String()), version: Nullable(Type.Integer()), row: Nullable(Type.String()), at: Nullable(Type.String()),
})
export type SizeOf = Static<typeof SizeOf>
/** A firm that another one names: enough to recognise it; `visible` says whether its page is open to the reader. */
export const FirmName = Type.Object({ id: Type.String(), name: Type.String(), creditCode: Type.String(), visible: Type.Boolean() })
export type FirmName = Static<typeof FirmName>
/** Who did something: the firm, an office or a clock; the name is a person's among officials, a unit's for firms, none for the firm's own people among officials. */
export const Doer = Type.Object({ side: Code(['firm', 'office', 'system']), name: Nullable(Bilingual) })
export type Doer = Static<typeof Doer>

/** What is known of a firm on a day; personal values are masked. */
export const KnownFacts = {
  name: Type.String(), creditCode: Type.String(), kind: EnterpriseKind, class: EnterpriseClass, industryCode: Type.String(), industry: Bilingual,
  state: Code(enterpriseStates), stateSince: Nullable(Day), mergedInto: Nullable(FirmName), foundedOn: Nullable(Day), formerNames: Type.Array(Type.String()),
  legalName: Nullable(Type.String()), legalPhone: Nullable(Type.String()), registeredDistrictCode: Nullable(Type.String()), registeredAddress: Nullable(Type.String()),
  districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()), address: Nullable(Type.String()), building: Nullable(Type.String()), park: Nullable(Type.String()),
  staff: Nullable(Type.Integer()), staffYear: Nullable(Type.Integer()), insured: Nullable(Type.Integer()), insuredYear: Nullable(Type.Integer()),
  revenue: Nullable(Type.Number()), revenueYear: Nullable(Type.Integer()), assets: Nullable(Type.Number()), assetsYear: Nullable(Type.Integer()),
  hazardous: Nullable(Type.String()), centralAir: Nullable(Type.Boolean()), size: SizeOf,
}
/** A mark that an office puts on a firm (四上, 重点企业, …), with who put it and until when. */
export const Flag = Type.Object({
  id: Type.String(), code: Type.String(), name: Bilingual, reason: Type.String(), from: Day, setAt: Type.String(), setBy: Doer, unit: Nullable(Bilingual),
  until: Nullable(Day), endedAt: Nullable(Type.String()), endedBy: Nullable(Doer), endReason: Nullable(Type.String()), can: Type.Array(Type.String()),
})
export type Flag = Static<typeof Flag>
export const FlagKind = Type.Object({ code: Type.String(), name: Bilingual, text: Bilingual })
export type FlagKind = Static<typeof FlagKind>
