// What of a person is sealed, under which key, and by which keyed hashes people are found without opening anything.
import type { Exposure, SealedField } from '@fugong/contract/people'
import { maskId, tailOf } from '@fugong/contract/people.ids'
import type { Ctx } from '../../base/context.ts'
import { maskPhone } from '../../base/crypto.ts'
import { initialsOf } from '../../base/pinyin.ts'
import { joinInitials } from './rules.ts'

export interface Secrets { idNumber: string; phone: string | null; address: string | null; vehicleNo: string | null; exposure: Exposure[] | null }
/** One key for each district: losing one loses no other, and a district's keys can be replaced apart. */
export const labelOf = (districtCode: string): string => `people/${districtCode}`
const aboutOf = (employmentId: string): string => `people ${employmentId}`
const PACKED = ['idNumber', 'phone', 'address', 'vehicleNo', 'exposure'] as const

/** Seals for one batch: the key is asked for once. */
export function sealing(ctx: Ctx, districtCode: string): { keyId: string; seal(id: string, secrets: Secrets): Buffer } {
  const { keyId, seal } = ctx.sealer.envelope.under(labelOf(districtCode))
  return { keyId, seal: (id, secrets) => seal(aboutOf(id), JSON.stringify(PACKED.map((name) => secrets[name]))) }
}
export function openSecrets(ctx: Ctx, row: { id: string; sealed: Buffer }): Secrets {
  const [idNumber, phone, address, vehicleNo, exposure] = JSON.parse(ctx.sealer.envelope.open(aboutOf(row.id), row.sealed)) as [string, string | null, string | null, string | null, Exposure[] | null]
  return { idNumber, phone, address, vehicleNo, exposure }
}

export interface Blinds { person(idType: string, idNumber: string): Buffer; tail(enterpriseId: string, number: string): Buffer }
const known = new WeakMap<Ctx['sealer'], Blinds>()
/** Keyed hashes: of a document everywhere, and of last four characters apart for each firm, so that equal endings of two firms say nothing. */
export function blinds({ sealer }: Pick<Ctx, 'sealer'>): Blinds {
  let found = known.get(sealer)
  if (!found) {
    const [person, tail] = [sealer.blinder('people.person'), sealer.blinder('people.tail')]
    // A household register carries its holder's resident number: the same person.
    found = { person: (idType, idNumber) => person(`${idType === '02' ? '01' : idType} ${idNumber}`).subarray(0, 16), tail: (enterpriseId, number) => tail(`${enterpriseId} ${tailOf(number)}`).subarray(0, 8) }
    known.set(sealer, found)
  }
  return found
}

const letters = new Map<string, string[]>()
/** Initials of a person's name, character by character: each is read once for all names. */
export function initialsOfName(name: string): string {
  return joinInitials([...name].map((character) => {
    let found = letters.get(character)
    if (!found) {
      found = initialsOf(character)
      if (letters.size < 30_000) letters.set(character, found)
    }
    return found
  }))
}

export const maskedOf = ({ idNumber, phone, address, vehicleNo }: Secrets) => ({
  idMasked: maskId(idNumber), phoneMasked: phone && maskPhone(phone), addressMasked: address && maskLine(address), vehicleNoMasked: vehicleNo && maskLine(vehicleNo),
})
/** The beginning of a line: enough to know that it is there. */
const maskLine = (text: string): string => `${[...text].slice(0, 2).join('')}****`
/** The one value that is asked for. */
export function valueOf(secrets: Secrets, field: SealedField): { value: string | null; exposure: Exposure[] } {
  return field === 'exposure' ? { value: null, exposure: secrets.exposure ?? [] } : { value: secrets[field], exposure: [] }
}
