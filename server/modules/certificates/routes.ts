// Endpoints of certificates.
import { getCertificate, listCertificates, resumeCertificate, revokeCertificate, suspendCertificate, verifyCertificate } from '@fugong/contract/certificates'
import { route, type Module } from '../../base/routes.ts'
import { lettersOf, list, showWithQr, verify } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { doing } from './state.actions.ts'

/** `publicUrl` is where passers-by reach the server; `city` must have its letters in the city's data folder, or the server does not boot. */
export function certificatesModule({ publicUrl, city }: { publicUrl: string; city: string }): Module {
  // Migrations build the house without a city.
  if (city) lettersOf(city)
  return {
    name: 'certificates',
    routes: [
      route(verifyCertificate, verify), route(listCertificates, list), route(getCertificate, showWithQr(publicUrl)),
      route(suspendCertificate, doing('suspend')), route(resumeCertificate, doing('resume')), route(revokeCertificate, doing('revoke')),
    ],
    verbs, scopes, constraints,
  }
}
