// Certificates on paper: prints that are counted, thousands at once, the keys they are signed with, and the seals they bear.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, FILE, Id, Nullable, OptionalLine, PUBLIC, Para, Paged, Strict, endpoint, pageQuery } from './base.ts'
import { CertificateState } from './certificates.ts'

/** The certificate itself on A4, or the poster for the door on A4 or A3. */
export const printLayouts = ['certificate', 'posterA4', 'posterA3'] as const
export const PrintLayout = Code(printLayouts)
export type PrintLayout = (typeof printLayouts)[number]

export const Print = Type.Object({ id: Type.String(), certificateId: Type.String(), /** Counts from 1 over all layouts. */ no: Type.Integer(), layout: PrintLayout, at: Type.String(), by: Nullable(Type.String()), unit: Nullable(Bilingual), batch: Nullable(Type.String()) })
export type Print = Static<typeof Print>
const print = { problems: ['not_found', 'certificates.print_refused'] } as const
export const printCertificate = endpoint({ method: 'POST', path: '/api/certificates/:id/prints', verb: 'certificate.print', summary: 'Put one more print on record; its PDF is then taken', params: Strict({ id: Id }), body: Strict({ layout: PrintLayout }), returns: Print, ...print, perMinute: 30 })
export const listPrints = endpoint({ method: 'GET', path: '/api/certificates/:id/prints', verb: 'certificate.read', summary: 'Prints of a certificate, newest first', params: Strict({ id: Id }), returns: Type.Object({ items: Type.Array(Print) }), problems: ['not_found'] })
export const takePrint = endpoint({ method: 'GET', path: '/api/certificate-prints/:id/file', verb: 'certificate.print', summary: 'The PDF of a print; taken again it is the same print', params: Strict({ id: Id }), returns: FILE, ...print, perMinute: 60 })

/** `ready` lies sealed until it expires; the others ended without a file. */
export const batchStates = ['queued', 'running', 'ready', 'failed', 'cancelled', 'expired'] as const
export const PrintBatch = Type.Object({
  id: Type.String(), number: Type.String(), layout: PrintLayout, filter: Bilingual, state: Code(batchStates),
  /** Certificates to print, known once the job has begun; and those printed. */
  expected: Nullable(Type.Integer()), done: Type.Integer(), size: Nullable(Type.Integer()),
  askedAt: Type.String(), finishedAt: Nullable(Type.String()), expiresAt: Nullable(Type.String()), takenAt: Nullable(Type.String()),
  failure: Nullable(Code(['right_lost', 'too_many', 'none', 'failed', 'interrupted'])), can: Type.Array(Type.String()),
})
export type PrintBatch = Static<typeof PrintBatch>
export const BeginPrintBatch = Strict({
  layout: PrintLayout,
  /** Chosen certificates; without them all that the filter finds and that hold. */
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })),
  filter: Strict({ state: Type.Optional(CertificateState), enterprise: Type.Optional(Id), q: Type.Optional(OptionalLine(60)) }),
})
export const beginPrintBatch = endpoint({ method: 'POST', path: '/api/certificate-batches', verb: 'certificate.print_many', summary: 'Print many certificates by a job: one PDF, or a ZIP of PDFs', body: BeginPrintBatch, returns: PrintBatch, problems: ['certificates.batch_running'], perMinute: 20 })
export const listPrintBatches = endpoint({ method: 'GET', path: '/api/certificate-batches', verb: 'certificate.print_many', summary: 'My batches of prints, newest first', query: Strict({ ...pageQuery }), returns: Paged(PrintBatch) })
const batch = { params: Strict({ id: Id }), problems: ['not_found', 'certificates.batch_state_refused'] } as const
export const getPrintBatch = endpoint({ method: 'GET', path: '/api/certificate-batches/:id', verb: 'certificate.print_many', summary: 'One of my batches', params: Strict({ id: Id }), returns: PrintBatch, problems: ['not_found'] })
export const takePrintBatch = endpoint({ method: 'GET', path: '/api/certificate-batches/:id/file', verb: 'certificate.print_many', summary: 'The PDF or ZIP of one of my batches', ...batch, returns: FILE, perMinute: 30 })
export const cancelPrintBatch = endpoint({ method: 'POST', path: '/api/certificate-batches/:id/cancel', verb: 'certificate.print_many', summary: 'Cancel a batch, or give its file up', ...batch, body: Strict({}), returns: PrintBatch })

/** `active` signs; `retired` only verifies; `revoked` is not trusted any more. */
export const keyStates = ['active', 'retired', 'revoked'] as const
export const SigningKey = Type.Object({ id: Type.String(), algorithm: Type.Literal('Ed25519'), /** The 32 bytes in base64url. */ publicKey: Type.String(), state: Code(keyStates), createdAt: Type.String(), endedAt: Nullable(Type.String()), reason: Nullable(Type.String()) })
export type SigningKey = Static<typeof SigningKey>
export const listSigningKeys = endpoint({ method: 'GET', path: '/api/public/certificate-keys', verb: PUBLIC, summary: 'Public keys that certificates are or were signed with', returns: Type.Object({ items: Type.Array(SigningKey) }), perMinute: 120 })
export const rotateSigningKey = endpoint({ method: 'POST', path: '/api/certificate-keys', verb: 'certificate.keys', summary: 'Sign with a new key from now on; old ones go on verifying', body: Strict({ reason: Para(300) }), returns: SigningKey, perMinute: 10 })
export const revokeSigningKey = endpoint({ method: 'POST', path: '/api/certificate-keys/:id/revoke', verb: 'certificate.keys', summary: 'Trust a retired key no longer; what it signed is signed anew when printed', params: Strict({ id: Type.String({ pattern: '^[0-9a-f]{8}$', issue: 'format' }) }), body: Strict({ reason: Para(300) }), returns: SigningKey, problems: ['not_found', 'certificates.key_state_refused'], perMinute: 10 })

export const Seal = Type.Object({
  id: Type.String(), unitId: Type.String(), unit: Bilingual, effectiveFrom: Type.String(), state: Code(['proposed', 'confirmed', 'refused']),
  proposedBy: Type.String(), proposedAt: Type.String(), decidedBy: Nullable(Type.String()), decidedAt: Nullable(Type.String()), reason: Nullable(Type.String()), inForce: Type.Boolean(), can: Type.Array(Type.String()),
})
export type Seal = Static<typeof Seal>
export const listSeals = endpoint({ method: 'GET', path: '/api/seals', verb: 'certificate.seals', summary: 'Seals of units in all their versions', returns: Type.Object({ items: Type.Array(Seal) }) })
export const uploadSeal = endpoint({ method: 'POST', path: '/api/seals', verb: 'certificate.seals', summary: 'Propose a picture as the seal of a unit from a day on', query: Strict({ unit: Id, from: Day }), body: FILE, returns: Seal, mostBytes: 2 * 1024 * 1024, problems: ['not_found', 'files.type_refused', 'files.empty', 'request.too_large', 'certificates.seal_backdated'], perMinute: 20 })
export const decideSeal = endpoint({ method: 'POST', path: '/api/seals/:id/decide', verb: 'certificate.seals', summary: 'A second administrator confirms or refuses a seal', params: Strict({ id: Id }), body: Strict({ confirm: Type.Boolean(), reason: Para(300) }), returns: Seal, problems: ['not_found', 'certificates.seal_decided', 'certificates.seal_second_person', 'certificates.seal_backdated'] })
export const sealPicture = endpoint({ method: 'GET', path: '/api/seals/:id/picture', verb: 'certificate.seals', summary: 'The picture of a seal', params: Strict({ id: Id }), returns: FILE, problems: ['not_found'] })
