// Endpoints of certificates.
import { getCertificate, listCertificates, resumeCertificate, revokeCertificate, suspendCertificate, verifyCertificate } from '@fugong/contract/certificates'
import { beginPrintBatch, cancelPrintBatch, decideSeal, getPrintBatch, listPrintBatches, listPrints, listSeals, listSigningKeys, printCertificate, revokeSigningKey, rotateSigningKey, sealPicture, takePrint, takePrintBatch, uploadSeal } from '@fugong/contract/certificates.print'
import { fileRoute, route, type Module } from '../../base/routes.ts'
import { lettersOf, list, showWithQr, verify } from './actions.ts'
import * as batches from './batches.actions.ts'
import { listKeys, revokeKey, rotate } from './keys.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import * as prints from './prints.actions.ts'
import * as seals from './seals.actions.ts'
import { doing } from './state.actions.ts'

/** `publicUrl` is where passers-by reach the server; `city` must have its letters in the city's data folder, or the server does not boot. */
export function certificatesModule(options: batches.PrintingOptions): Module {
  const { publicUrl, city } = options
  // Migrations build the house without a city.
  if (city) lettersOf(city)
  return {
    name: 'certificates',
    routes: [
      route(verifyCertificate, verify), route(listCertificates, list), route(getCertificate, showWithQr(publicUrl)),
      route(suspendCertificate, doing('suspend')), route(resumeCertificate, doing('resume')), route(revokeCertificate, doing('revoke')),
      route(printCertificate, prints.print), route(listPrints, prints.list), fileRoute(takePrint, prints.take(publicUrl)),
      route(beginPrintBatch, batches.begin(options)), route(listPrintBatches, batches.listMine), route(getPrintBatch, batches.show), fileRoute(takePrintBatch, batches.take(options)), route(cancelPrintBatch, batches.cancel),
      route(listSigningKeys, listKeys), route(rotateSigningKey, rotate), route(revokeSigningKey, revokeKey),
      route(listSeals, seals.list), route(uploadSeal, seals.propose), route(decideSeal, seals.decide), fileRoute(sealPicture, seals.picture),
    ],
    verbs, scopes, constraints,
  }
}
