// The face of certificates: what other rooms may ask for.
export { certificatesOf, issueCertificate, type CertificateStanding, type NewCertificate } from './actions.ts'
export { certificatesSource } from './export.actions.ts'
