// Where a workplace stands: its latest declaration that still counts, and the certificate that came of it.
import type { Certificate } from '@fugong/contract/certificates'
import type { DeclarationRow } from '@fugong/contract/declarations'
import type { Workplace } from '@fugong/contract/enterprises'

export interface Standing { declaration: DeclarationRow | undefined; certificate: Certificate | undefined; mayDeclare: boolean }
/** Rows name their workplace; a withdrawn declaration counts only when there is no other. */
export function standingOf(workplace: Workplace, rows: readonly DeclarationRow[], certificates: readonly Certificate[]): Standing {
  const own = rows.filter((row) => row.workplaceName === workplace.name && row.streetCode === workplace.streetCode).sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  const declaration = own.find((row) => row.state !== 'withdrawn') ?? own[0]
  const certificate = declaration?.certificateNumber ? certificates.find((one) => one.number === declaration.certificateNumber) : undefined
  const under = declaration !== undefined && ['draft', 'underReview', 'returned', 'siteCheckPending'].includes(declaration.state)
  // Until its certificate is over a filing stands: a suspension ends by rectification, not by declaring again.
  const standing = declaration?.state === 'filed' && (certificate === undefined || certificate.state === 'valid' || certificate.state === 'suspended')
  return { declaration, certificate, mayDeclare: !under && !standing }
}
