// Use cases of certificates: issue, check in public, list, show with its QR.
import { randomBytes } from 'node:crypto'
import QRCode from 'qrcode'
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import { readCertificateNumber, type Certificate, type CertificateState, type getCertificate, type listCertificates, type PublicCertificate, type verifyCertificate } from '@fugong/contract/certificates'
import type { RiskLevel } from '@fugong/contract/levels'
import type { DecisionTable } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { searchKey } from '../../base/grams.ts'
import { newId } from '../../base/ids.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { getEmergency } from '../emergencies/index.ts'
import { decide, importTable, isInForce } from '../rules/index.ts'
import { mayDo } from './policy.ts'
import { cityOf, lastDay, next, numberFrom, officeDeeds, readSearch, standingOn } from './rules.ts'
import { countUpToLimit, findByNumber, getCertificateRow, insertCertificate, insertGrams, insertHistory, selectOfDeclarations, selectPage, type CertificateRow, type ShownRow } from './store.ts'

export interface NewCertificate {
  declarationId: string
  enterprise: { id: string; name: string }
  workplace: { name: string; address: string; districtCode: string; streetCode: string; zoneCode: string | null }
  /** `district/department`. */
  departmentKey: string | null
  /** The day from which work resumes. */
  plannedDate: string
  /** The emergency that it was declared under; the certificate keeps its name. */
  emergencyId: string
  /** What the decision stood on; a level of null is an area that is not listed. */
  level: RiskLevel | null
  procedure: NonNullable<CertificateRow['procedure']>
  /** The unit that answers for it and whose seal it bears. */
  unit: { id: string; name: Bilingual } | null
  sample: boolean
}
export const VALIDITY_TABLE = 'certificate.validity'
/** Issues the certificate of a declaration in the caller's transaction; one declaration has at most one. */
export async function issueCertificate(ctx: Ctx, { declarationId, enterprise, workplace, departmentKey, plannedDate, emergencyId, level, procedure, unit, sample }: NewCertificate): Promise<{ id: string; number: string }> {
  const now = ctx.now.toISOString()
  const letters = lettersOf(cityOf(workplace.districtCode))
  const emergency = await getEmergency(ctx, emergencyId)
  const validUntil = await validityOf(ctx, { areaCode: workplace.districtCode, kind: emergency.kind, level, procedure })
  const row: CertificateRow = {
    id: newId(), number: numberFrom(letters, randomBytes(10)), state: 'valid', declarationId, enterpriseId: enterprise.id, enterpriseName: enterprise.name, nameKey: searchKey(enterprise.name),
    workplaceName: workplace.name, address: workplace.address, districtCode: workplace.districtCode, streetCode: workplace.streetCode, zoneCode: workplace.zoneCode, departmentKey,
    plannedDate, emergencyId, emergencyZh: emergency.nameZh, emergencyEn: emergency.nameEn,
    level, procedure, unitId: unit?.id ?? null, unitZh: unit?.name.zh ?? null, unitEn: unit?.name.en ?? null, validUntil, issuedAt: now, stateSince: now, stateReason: null, orderNo: null, supersededBy: null, sample,
  }
  // Among 32^10 numbers a second try is all but never needed.
  for (let tries = 0; !(await insertCertificate(ctx, row)); tries++) {
    if (tries === 3) throw new Error('No free certificate number was found')
    row.number = numberFrom(letters, randomBytes(10))
  }
  await Promise.all([insertGrams(ctx, row), insertHistory(ctx, row, 'issued', null)])
  ctx.announce('certificate.issued', { kind: 'certificate', id: row.id }, { number: row.number, declarationId })
  return { id: row.id, number: row.number }
}

/** The last day of what is issued now, by the table in force; open-ended where no table is. */
async function validityOf(ctx: Ctx, { areaCode, kind, level, procedure }: { areaCode: string; kind: string; level: RiskLevel | null; procedure: string }): Promise<string | null> {
  if (!(await isInForce(ctx, { table: VALIDITY_TABLE, areaCode, kind }))) return null
  const { outputs } = await decide(ctx, { table: VALIDITY_TABLE, areaCode, kind, inputs: { level: level ?? 'unlisted', procedure } })
  return lastDay(shanghaiDay(ctx.now), outputs['days'])
}
/** Loads the table of `data/china/tables` for a city, for every kind of emergency; officials change it there by a new version. */
export async function loadValidity(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${VALIDITY_TABLE}.json`)
  await loadOnce(ctx, `${VALIDITY_TABLE}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
}

/** How a certificate stands: since when, and why when it does not hold. */
export interface CertificateStanding { id: string; number: string; state: CertificateState; since: string; reason: string | null }
/** Certificates by declaration, within the caller's scope; a declaration without one is left out. */
export async function certificatesOf(ctx: Ctx, declarationIds: readonly string[]): Promise<Map<string, CertificateStanding>> {
  const rows = await selectOfDeclarations(ctx, declarationIds)
  const today = shanghaiDay(ctx.now)
  return new Map(rows.map((row) => {
    const { state, stateSince } = standingOn(row, today)
    return [row.declarationId, { id: row.id, number: row.number, state, since: stateSince, reason: row.stateReason }]
  }))
}

/** What anyone may know of a number, read afresh each time; a number with a wrong check character is not asked for at all. */
export async function verify(ctx: Ctx, { params }: Input<typeof verifyCertificate>): Promise<PublicCertificate> {
  const number = readCertificateNumber(params.number)
  const row = number && (await findByNumber(ctx, number))
  if (!row) throw problem('not_found')
  return {
    number: row.number, ...standingOn(row, shanghaiDay(ctx.now)), enterpriseName: row.enterpriseName, workplaceName: row.workplaceName, address: row.address,
    plannedDate: row.plannedDate, emergency: emergencyOf(row), level: row.level, procedure: row.procedure, unit: unitNameOf(row), validUntil: row.validUntil, issuedAt: row.issuedAt, supersededBy: row.successor, checkedAt: ctx.now.toISOString(), sample: row.sample,
  }
}

const ORDER = 'issued'
export async function list(ctx: Ctx, { query }: Input<typeof listCertificates>): Promise<Returns<typeof listCertificates>> {
  const limit = query.limit ?? PAGE_SIZE
  const after = readMark(ORDER, query.cursor)
  const filter = { today: shanghaiDay(ctx.now), state: query.state, enterprise: query.enterprise, search: query.q && searchKey(query.q) ? readSearch(query.q) : undefined }
  await planByValue(ctx)
  const [rows, counted] = await Promise.all([selectPage(ctx, filter, limit, after), countUpToLimit(ctx, filter)])
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.issuedAt, id: row.id }))
  return { items: page.items.map((row) => toCertificate(ctx, row)), next: page.next, ...totalOf(counted) }
}

/** Shows a certificate with the QR of its public page below `publicUrl`. */
export function showWithQr(publicUrl: string) {
  return async (ctx: Ctx, { params }: Input<typeof getCertificate>): Promise<Returns<typeof getCertificate>> => {
    const row = await getCertificateRow(ctx, params.id)
    const url = `${publicUrl.replace(/\/+$/, '')}/c/${row.number}`
    // Level M still reads when a seventh of the print is soiled.
    const qrSvg = await QRCode.toString(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
    return { certificate: toCertificate(ctx, row), url, qrSvg }
  }
}

export function toCertificate(ctx: Ctx, row: ShownRow): Certificate {
  const { id, number, enterpriseId, enterpriseName, workplaceName, address, plannedDate, level, procedure, validUntil, issuedAt, stateReason, orderNo, declarationId } = row
  const { state, stateSince } = standingOn(row, shanghaiDay(ctx.now))
  // What a stop-work order suspended is resumed by ending the order.
  const can = officeDeeds.filter((deed) => next(state, deed) && (deed !== 'resume' || orderNo === null) && mayDo(ctx, deed, row))
  return { id, number, state, enterpriseId, enterpriseName, workplaceName, address, plannedDate, emergency: emergencyOf(row), level, procedure, unit: unitNameOf(row), validUntil, issuedAt, stateSince, stateReason, orderNo, supersededBy: row.successor, declarationId, can }
}
const unitNameOf = ({ unitZh, unitEn }: CertificateRow) => (unitZh === null ? null : { zh: unitZh, en: unitEn ?? unitZh })
const emergencyOf = ({ emergencyZh, emergencyEn }: CertificateRow) => ({ zh: emergencyZh, en: emergencyEn })

const LETTERS = new Map<string, string>()
/** The two letters with which a city's certificates begin; from `data/cities/<code>/city.json`, which never changes while the server runs. */
export function lettersOf(city: string): string {
  let letters = LETTERS.get(city)
  if (letters === undefined) {
    letters = readData<{ letters: string }>('data', 'cities', city, 'city.json').value.letters
    if (!/^[A-Z]{2}$/.test(letters)) throw new Error(`data/cities/${city}/city.json: "letters" must be two capitals`)
    LETTERS.set(city, letters)
  }
  return letters
}
