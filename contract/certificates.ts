// Certificates of resumption: a number anyone can check with a phone, and what the check shows (nothing personal).
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Id, Nullable, OptionalLine, PUBLIC, Para, Paged, Strict, endpoint, pageQuery } from './base.ts'
import { RiskLevel } from './levels.ts'

/**
 * `valid` 有效; `suspended` 已暂停 must stop and may be resumed. The others are for good: `revoked` 已撤销 by an office, `superseded` 已被替换 by the
 * certificate of a new declaration, `expired` 已到期, `withdrawn` 已撤回 by the firm itself, `closed` 已关闭 with the firm or its workplace.
 */
export const certificateStates = ['valid', 'suspended', 'revoked', 'superseded', 'expired', 'withdrawn', 'closed'] as const
export const CertificateState = Code(certificateStates)
export type CertificateState = (typeof certificateStates)[number]
/** By what a certificate was decided; both unknown on those issued before this was kept, a level also where the area is not listed. */
const Basis = { level: Nullable(RiskLevel), procedure: Nullable(Code(['effective', 'review', 'reviewAndSite'])) }
/** Crockford base 32 without I, L, O, U; ten random characters and a check character, as `GY-XXXXX-XXXXX-C`. */
export const CertificateNumber = Type.String({ pattern: '^[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]$', issue: 'format' })

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Check character of ten base-32 characters (Luhn mod 32): finds every single wrong character and swaps of neighbours but one pair. */
export function certificateCheck(ten: string): string {
  let sum = 0
  for (let i = ten.length - 1, double = true; i >= 0; i--, double = !double) {
    const value = ALPHABET.indexOf(ten[i]!) * (double ? 2 : 1)
    sum += Math.floor(value / 32) + (value % 32)
  }
  return ALPHABET[(32 - (sum % 32)) % 32]!
}
/** What a person typed, in the canonical shape; undefined when it cannot be a number. */
export function readCertificateNumber(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  // The two letters of the city may themselves have been I, L or O: they are taken from what was typed.
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').slice(0, 2)
  const rest = plain.slice(2)
  if (!/^[A-Z]{2}$/.test(letters) || !/^[0-9A-HJKMNP-TV-Z]{11}$/.test(rest) || certificateCheck(rest.slice(0, 10)) !== rest[10]) return undefined
  return `${letters}-${rest.slice(0, 5)}-${rest.slice(5, 10)}-${rest[10]}`
}

export const Certificate = Type.Object({
  id: Type.String(), number: Type.String(), state: CertificateState, enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), address: Type.String(),
  /** The day from which work resumes; the emergency on whose rules it was decided. */
  plannedDate: Type.String(), emergency: Bilingual, ...Basis, unit: Nullable(Bilingual),
  /** The last day on which it holds; none when it is open-ended. */
  validUntil: Nullable(Type.String()), issuedAt: Type.String(), stateSince: Type.String(), stateReason: Nullable(Type.String()),
  /** The stop-work order by which it is suspended; and the number of the certificate that took its place. */
  orderNo: Nullable(Type.String()), supersededBy: Nullable(Type.String()), declarationId: Type.String(), can: Type.Array(Type.String()),
})
export type Certificate = Static<typeof Certificate>
export const PublicCertificate = Type.Object({
  number: Type.String(), state: CertificateState, enterpriseName: Type.String(), workplaceName: Type.String(), address: Type.String(), plannedDate: Type.String(), emergency: Bilingual, ...Basis, unit: Nullable(Bilingual), validUntil: Nullable(Type.String()),
  issuedAt: Type.String(), stateSince: Type.String(), supersededBy: Nullable(Type.String()), checkedAt: Type.String(), sample: Type.Boolean(),
})
export type PublicCertificate = Static<typeof PublicCertificate>
export const verifyCertificate = endpoint({ method: 'GET', path: '/api/public/certificates/:number', verb: PUBLIC, summary: 'Check a certificate', params: Strict({ number: OptionalLine(40) }), returns: PublicCertificate, problems: ['not_found'], perMinute: 120 })
export const listCertificates = endpoint({
  method: 'GET', path: '/api/certificates', verb: 'certificate.read', summary: 'Certificates within my scope',
  query: Strict({ ...pageQuery, state: Type.Optional(CertificateState), enterprise: Type.Optional(Id), q: Type.Optional(OptionalLine(60)) }), returns: Paged(Certificate),
})
export const getCertificate = endpoint({ method: 'GET', path: '/api/certificates/:id', verb: 'certificate.read', summary: 'One certificate, with its QR as SVG', params: Strict({ id: Id }), returns: Type.Object({ certificate: Certificate, url: Type.String(), qrSvg: Type.String() }), problems: ['not_found'] })
const deed = { params: Strict({ id: Id }), body: Strict({ reason: Para(500) }), returns: Certificate, problems: ['not_found', 'certificates.state_refused', 'certificates.under_order', 'session.own_firm'] } as const
export const suspendCertificate = endpoint({ method: 'POST', path: '/api/certificates/:id/suspend', verb: 'certificate.suspend', summary: 'Suspend (stop-work)', ...deed })
export const resumeCertificate = endpoint({ method: 'POST', path: '/api/certificates/:id/resume', verb: 'certificate.suspend', summary: 'End a suspension', ...deed })
export const revokeCertificate = endpoint({ method: 'POST', path: '/api/certificates/:id/revoke', verb: 'certificate.revoke', summary: 'Revoke for good', ...deed })
