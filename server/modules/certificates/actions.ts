// Use cases of certificates: issue, check in public, list, show with its QR, suspend, resume, revoke.
import { randomBytes } from 'node:crypto'
import QRCode from 'qrcode'
import type { Input, Returns } from '@fugong/contract/base'
import { readCertificateNumber, type Certificate, type CertificateState, type getCertificate, type listCertificates, type PublicCertificate, type suspendCertificate, type verifyCertificate } from '@fugong/contract/certificates'
import { isOwnFirm } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { readData } from '../../base/data.ts'
import { searchKey } from '../../base/grams.ts'
import { newId } from '../../base/ids.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { getEmergency } from '../emergencies/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { mayDo, unitOf } from './policy.ts'
import { cityOf, deeds, next, numberFrom, readSearch, type Deed } from './rules.ts'
import { countUpToLimit, findByNumber, getCertificateRow, insertCertificate, insertGrams, insertHistory, lockCertificate, selectOfDeclarations, selectPage, updateState, type CertificateRow, type HistoryEvent } from './store.ts'

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
  sample: boolean
}
/** Issues the certificate of a declaration in the caller's transaction; one declaration has at most one. */
export async function issueCertificate(ctx: Ctx, { declarationId, enterprise, workplace, departmentKey, plannedDate, emergencyId, sample }: NewCertificate): Promise<{ id: string; number: string }> {
  const now = ctx.now.toISOString()
  const letters = lettersOf(cityOf(workplace.districtCode))
  const emergency = await getEmergency(ctx, emergencyId)
  const row: CertificateRow = {
    id: newId(), number: numberFrom(letters, randomBytes(10)), state: 'valid', declarationId, enterpriseId: enterprise.id, enterpriseName: enterprise.name, nameKey: searchKey(enterprise.name),
    workplaceName: workplace.name, address: workplace.address, districtCode: workplace.districtCode, streetCode: workplace.streetCode, zoneCode: workplace.zoneCode, departmentKey,
    plannedDate, emergencyId, emergencyZh: emergency.nameZh, emergencyEn: emergency.nameEn, issuedAt: now, stateSince: now, stateReason: null, sample,
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

/** How a certificate stands: since when, and why when it does not hold. */
export interface CertificateStanding { id: string; number: string; state: CertificateState; since: string; reason: string | null }
/** Certificates by declaration, within the caller's scope; a declaration without one is left out. */
export async function certificatesOf(ctx: Ctx, declarationIds: readonly string[]): Promise<Map<string, CertificateStanding>> {
  const rows = await selectOfDeclarations(ctx, declarationIds)
  return new Map(rows.map(({ declarationId, id, number, state, stateSince, stateReason }) => [declarationId, { id, number, state, since: stateSince, reason: stateReason }]))
}

/** What anyone may know of a number, read afresh each time; a number with a wrong check character is not asked for at all. */
export async function verify(ctx: Ctx, { params }: Input<typeof verifyCertificate>): Promise<PublicCertificate> {
  const number = readCertificateNumber(params.number)
  const row = number && (await findByNumber(ctx, number))
  if (!row) throw problem('not_found')
  return {
    number: row.number, state: row.state, enterpriseName: row.enterpriseName, workplaceName: row.workplaceName, address: row.address,
    plannedDate: row.plannedDate, emergency: emergencyOf(row), issuedAt: row.issuedAt, stateSince: row.stateSince, checkedAt: ctx.now.toISOString(), sample: row.sample,
  }
}

const ORDER = 'issued'
export async function list(ctx: Ctx, { query }: Input<typeof listCertificates>): Promise<Returns<typeof listCertificates>> {
  const limit = query.limit ?? PAGE_SIZE
  const after = readMark(ORDER, query.cursor)
  const filter = { state: query.state, enterprise: query.enterprise, search: query.q && searchKey(query.q) ? readSearch(query.q) : undefined }
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

const told = { suspend: 'suspended', resume: 'resumed', revoke: 'revoked' } as const satisfies Record<Deed, HistoryEvent>
/** The action of one deed: suspend, resume or revoke, with a reason that the firm sees. */
export function doing(deed: Deed) {
  return async (ctx: Ctx, { params, body }: Input<typeof suspendCertificate>): Promise<Certificate> => {
    const row = await lockCertificate(ctx, params.id)
    if (isOwnFirm(ctx.actor, row.enterpriseId) || (await isRegistrant(ctx, row.enterpriseId))) throw problem('session.own_firm')
    ctx.unit = unitOf(ctx, deed, row)
    const state = next(row.state, deed)
    if (!state) throw problem('certificates.state_refused', { state: row.state })
    const change = { state, stateSince: ctx.now.toISOString(), stateReason: body.reason }
    await Promise.all([updateState(ctx, row.id, change), insertHistory(ctx, row, told[deed], body.reason)])
    ctx.announce(`certificate.${told[deed]}`, { kind: 'certificate', id: row.id }, { reason: body.reason })
    return toCertificate(ctx, { ...row, ...change })
  }
}

function toCertificate(ctx: Ctx, row: CertificateRow): Certificate {
  const { id, number, state, enterpriseId, enterpriseName, workplaceName, address, plannedDate, issuedAt, stateSince, stateReason, declarationId } = row
  const can = deeds.filter((deed) => next(state, deed) && mayDo(ctx, deed, row))
  return { id, number, state, enterpriseId, enterpriseName, workplaceName, address, plannedDate, emergency: emergencyOf(row), issuedAt, stateSince, stateReason, declarationId, can }
}
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
