// The table of contents: every room of the server, in their order, and what is collected from them.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from './base/auth.ts'
import { ground, redelivery } from './base/dead-letters.ts'
import { housekeeping } from './base/housekeeping.ts'
import type { JobKind } from './base/jobs.ts'
import type { Subscription } from './base/events.ts'
import type { Module, Route } from './base/routes.ts'
import type { ScopedTable } from './base/scope.ts'
import type { Poster } from './base/outgoing.ts'
import type { OutboxMessage, Sms } from './base/sms.ts'
import { alertKinds } from './modules/alerts/index.ts'
import { alertsJobs, alertsSubscriptions } from './modules/alerts/jobs.ts'
import { alertsModule } from './modules/alerts/routes.ts'
import { areas } from './modules/areas/routes.ts'
import { batchesSource } from './modules/batches/index.ts'
import { batches } from './modules/batches/routes.ts'
import { tenantsImport } from './modules/complexes/index.ts'
import { complexesSubscriptions } from './modules/complexes/jobs.ts'
import { complexes } from './modules/complexes/routes.ts'
import { calendars } from './modules/calendars/routes.ts'
import { getEmergency } from './modules/emergencies/index.ts'
import { emergencies } from './modules/emergencies/routes.ts'
import type { CaseKind } from './modules/cases/index.ts'
import { casesJobs, casesSubscriptions } from './modules/cases/jobs.ts'
import { casesModule } from './modules/cases/routes.ts'
import { certificatesSource } from './modules/certificates/index.ts'
import { certificatesJobs } from './modules/certificates/jobs.ts'
import { certificatesModule } from './modules/certificates/routes.ts'
import { appealPorts, declarationKinds, declarationsSource, declarationSubjects, decideFromList, runOut, type EarlierPort } from './modules/declarations/index.ts'
import { declarationsJobs, declarationsSubscriptions } from './modules/declarations/jobs.ts'
import { declarationsModule } from './modules/declarations/routes.ts'
import { enterprisesImport, enterprisesSource, enterpriseSubjects } from './modules/enterprises/index.ts'
import { enterprisesJobs, enterprisesSubscriptions } from './modules/enterprises/jobs.ts'
import { enterprises } from './modules/enterprises/routes.ts'
import { exportsJobs } from './modules/exports/jobs.ts'
import { exportsModule } from './modules/exports/routes.ts'
import { filesJobs } from './modules/files/jobs.ts'
import { filesModule } from './modules/files/routes.ts'
import { forms } from './modules/forms/routes.ts'
import { healthJobs, healthSubscriptions } from './modules/health/jobs.ts'
import { healthModule } from './modules/health/routes.ts'
import { identityJobs } from './modules/identity/jobs.ts'
import { identityModule } from './modules/identity/routes.ts'
import { importsJobs } from './modules/imports/jobs.ts'
import { importsModule } from './modules/imports/routes.ts'
import { levelAt } from './modules/levels/index.ts'
import { levels } from './modules/levels/routes.ts'
import { noticesJobs } from './modules/notices/jobs.ts'
import { noticesModule } from './modules/notices/routes.ts'
import { earlierOrders, orderKind } from './modules/orders/index.ts'
import { ordersJobs, ordersSubscriptions } from './modules/orders/jobs.ts'
import { orders } from './modules/orders/routes.ts'
import { peopleImport, rosterSource } from './modules/people/index.ts'
import { peopleJobs, peopleSubscriptions } from './modules/people/jobs.ts'
import { peopleModule } from './modules/people/routes.ts'
import type { TableSubjects } from './modules/rules/index.ts'
import { rulesJobs } from './modules/rules/jobs.ts'
import { rulesModule } from './modules/rules/routes.ts'
import { earlierChecks, spotcheckKind } from './modules/spotchecks/index.ts'
import { spotchecksJobs, spotchecksSubscriptions } from './modules/spotchecks/jobs.ts'
import { spotchecks } from './modules/spotchecks/routes.ts'
import { views } from './modules/views/routes.ts'

/** What rooms need to know of where they stand. */
export interface RoomOptions {
  sampleCity: boolean
  /** Six-digit code of the city. */
  city: string
  publicUrl: string
  /** Folder for uploaded files. */
  filesFolder: string
  /** Address of the virus scanner, where one is set up. */
  clamd?: string | undefined
  /** Folder for written exports. */
  exportsFolder: string
  /** Folder for written batches of prints. */
  printsFolder: string
  /** Folder where files wait while they are imported. */
  importsFolder: string
  sms: Sms
  /** Carries what robots are told; in the sample city it stays in the outbox. */
  poster: Poster
  /** Messages of the sample city's outbox. */
  messages(): OutboxMessage[]
}
export interface House {
  routes: readonly Route[]
  verbs: VerbTable
  /** Verbs of rooms whose records lie in areas: only these open areas to a request. */
  recordVerbs: ReadonlySet<string>
  scopes: readonly ScopedTable[]
  constraints: Record<string, ProblemCode>
  jobs: readonly JobKind[]
  subscriptions: readonly Subscription[]
}

export function buildHouse(options: RoomOptions): House {
  const importing = { folder: options.importsFolder, targets: [enterprisesImport, peopleImport(options), tenantsImport], verbs: () => verbs }
  const noticing = { city: options.city, publicUrl: options.publicUrl, poster: options.poster }
  // What tables decide lies in the rooms above them.
  const subjects: readonly TableSubjects[] = [enterpriseSubjects, declarationSubjects]
  const filing = { folder: options.filesFolder, city: options.city, clamd: options.clamd }
  const printing = { publicUrl: options.publicUrl, city: options.city, folder: options.printsFolder }
  // Whose records are dealt with as cases: each room brings its kind.
  const kinds: readonly CaseKind[] = [
    ...declarationKinds({ decide: decideFromList, onBreach: runOut }, appealPorts),
    orderKind,
    spotcheckKind,
    ...alertKinds,
  ]
  // What rooms above declarations know of a firm that a reviewer should see.
  const earlier: readonly EarlierPort[] = [earlierOrders, earlierChecks]
  // Asked for when an export begins: by then every room has said what it holds.
  const exporting = { folder: options.exportsFolder, city: options.city, sources: [enterprisesSource, declarationsSource, certificatesSource, rosterSource, batchesSource], rights: () => ({ verbs, recordVerbs }) }
  const modules: readonly Module[] = [
    ground,
    areas,
    identityModule({ sampleCity: options.sampleCity, city: options.city, publicUrl: options.publicUrl, messages: options.messages, allVerbs: () => verbs, getEmergency }),
    views,
    noticesModule(noticing),
    emergencies,
    calendars,
    rulesModule({ subjects }),
    forms,
    filesModule(filing),
    importsModule(importing),
    exportsModule(exporting),
    casesModule({ kinds, city: options.city }),
    enterprises,
    peopleModule({ city: options.city, publicUrl: options.publicUrl, levelAt }),
    levels,
    certificatesModule(printing),
    declarationsModule({ earlier }),
    orders,
    spotchecks,
    batches,
    complexes,
    healthModule({ city: options.city }),
    alertsModule({ city: options.city }),
  ]
  const subscriptions: readonly Subscription[] = [
    ...casesSubscriptions,
    ...enterprisesSubscriptions,
    ...peopleSubscriptions,
    ...declarationsSubscriptions,
    ...ordersSubscriptions,
    ...spotchecksSubscriptions,
    ...complexesSubscriptions,
    ...healthSubscriptions,
    ...alertsSubscriptions,
  ]
  const jobs: readonly JobKind[] = [
    ...housekeeping, redelivery(subscriptions), ...identityJobs(options.sms), ...filesJobs(filing), ...importsJobs(importing), ...exportsJobs(exporting), ...rulesJobs({ subjects }),
    ...noticesJobs({ ...noticing, sms: options.sms }),
    ...casesJobs,
    ...enterprisesJobs,
    ...peopleJobs(options),
    ...certificatesJobs(printing),
    ...declarationsJobs,
    ...ordersJobs,
    ...spotchecksJobs,
    ...healthJobs(options),
    ...alertsJobs,
  ]
  const verbs: VerbTable = Object.assign({}, ...modules.map((module) => module.verbs)) as VerbTable
  const recordVerbs: ReadonlySet<string> = new Set(modules.filter((module) => module.scopes.some((table) => table.areas)).flatMap((module) => module.recordVerbs ?? Object.keys(module.verbs)))
  return {
    routes: modules.flatMap((module) => module.routes),
    verbs,
    recordVerbs,
    scopes: modules.flatMap((module) => module.scopes),
    constraints: Object.assign({}, ...modules.map((module) => module.constraints)) as Record<string, ProblemCode>,
    jobs,
    subscriptions,
  }
}
