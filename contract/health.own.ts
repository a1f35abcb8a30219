// One's own data 我的信息: what is held of a person, what was reported by whom, who has looked, what they agreed to; shown on a bound phone.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Nullable, PUBLIC, Strict, endpoint } from './base.ts'
import { HealthLevel, Slot } from './health.ts'
import { PhoneToken, relations } from './health.phones.ts'
import { rosterStates } from './people.ts'

const Version = Type.Object({ number: Type.String(), version: Type.Integer(), acceptedAt: Type.String(), level: HealthLevel, because: Bilingual, by: Code(relations) })
/** Everything that was received for a slot, the latest version first. */
export const OwnReport = Type.Object({ day: Day, slot: Slot, versions: Type.Array(Version) })
/** Somebody looked: at which value, for which reason; `office` when it was not the firm. */
export const OwnRead = Type.Object({ at: Type.String(), field: Type.String(), reason: Type.String(), by: Type.String(), office: Type.Boolean() })
export const OwnConsent = Type.Object({ relation: Code(relations), at: Type.String(), endedAt: Nullable(Type.String()), version: Type.Integer(), text: Bilingual, /** Whether it is the phone that asks. */ here: Type.Boolean() })
export const OwnRecord = Type.Object({
  name: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), state: Code(rosterStates), since: Type.String(),
  /** Values that are sealed, masked; null when nothing is held. */
  held: Type.Object({ idNumber: Type.String(), phone: Nullable(Type.String()), address: Nullable(Type.String()), vehicleNo: Nullable(Type.String()), exposure: Type.Boolean(), origin: Nullable(Bilingual), leftOn: Nullable(Type.String()), returnedOn: Nullable(Type.String()), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), shift: Nullable(Type.String()), staffNo: Nullable(Type.String()) }),
  reports: Type.Array(OwnReport), reads: Type.Array(OwnRead), consents: Type.Array(OwnConsent),
  /** The notice as it reads now. */
  notice: Type.Object({ version: Type.Integer(), text: Bilingual }), /** Days that reports are shown for. */ days: Type.Integer(),
})
export type OwnRecord = Static<typeof OwnRecord>
export const readOwnRecord = endpoint({ method: 'POST', path: '/api/health/own', verb: PUBLIC, summary: 'What is held of a bound phone’s person, what was reported, who has looked, what was agreed to', body: Strict({ token: PhoneToken }), returns: OwnRecord, problems: ['health.binding_unknown', 'health.not_on_roster'], perMinute: 20 })
