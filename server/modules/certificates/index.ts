// The face of certificates: what other rooms may ask for.
export { certificatesOf, issueCertificate, loadValidity, type CertificateStanding, type NewCertificate } from './actions.ts'
export { ensureKey, isSignedBy, listKeys, revokeKey, rotate } from './keys.actions.ts'
export { certificatesSource } from './export.actions.ts'
export { correctCertificate, type CertificateText } from './correct.actions.ts'
export { loadReminders } from './remind.actions.ts'
export { closeCertificate, resumeByOrder, revokeByOrder, supersedeCertificate, suspendByOrder, withdrawCertificate } from './state.actions.ts'
