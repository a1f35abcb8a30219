// The face of certificates: what other rooms may ask for.
export { certificatesOf, issueCertificate, loadValidity, type CertificateStanding, type NewCertificate } from './actions.ts'
export { certificatesSource } from './export.actions.ts'
export { closeCertificate, expireCertificate, resumeByOrder, supersedeCertificate, suspendByOrder, withdrawCertificate } from './state.actions.ts'
