// The order in which data ships into a fresh database: reference data for every city, then the sample city.
import { join } from 'node:path'
import type { Ctx } from './base/context.ts'
import { projectRoot } from './base/data.ts'
import { loadAreas, seedCommunities } from './modules/areas/index.ts'
import { seedBatches } from './modules/batches/index.ts'
import { seedComplexes } from './modules/complexes/index.ts'
import { loadCalendar } from './modules/calendars/index.ts'
import { loadEscalation } from './modules/cases/index.ts'
import { seedEmergency } from './modules/emergencies/index.ts'
import { ensureKey, loadReminders, loadValidity } from './modules/certificates/index.ts'
import { adoptWaiting, loadAfter } from './modules/declarations/index.ts'
import { indexAllFirms, loadBulkLimits, loadFlagKinds, loadIndustries, loadSizeTables, seedEnterprises } from './modules/enterprises/index.ts'
import { loadDictionary } from './modules/forms/index.ts'
import { indexTails, loadUnits, seedPeople, seedUnits } from './modules/identity/index.ts'
import { loadImportRetention } from './modules/imports/index.ts'
import { seedLevels } from './modules/levels/index.ts'
import { loadTemplates } from './modules/notices/index.ts'
import { loadTerms } from './modules/orders/index.ts'
import { loadRates } from './modules/spotchecks/index.ts'
import { loadPacks } from './packs.ts'

type Step = (ctx: Ctx) => Promise<unknown>

/** Areas, units, calendar, industries with what sizes and flags go by, and packs; each step in a transaction of its own. */
export function loadReference(city: string): Step[] {
  return [
    (ctx) => loadAreas(ctx, city),
    (ctx) => loadUnits(ctx, city),
    (ctx) => indexTails(ctx),
    (ctx) => loadCalendar(ctx),
    (ctx) => loadIndustries(ctx),
    (ctx) => loadImportRetention(ctx),
    (ctx) => loadTemplates(ctx),
    (ctx) => loadSizeTables(ctx, city),
    (ctx) => loadEscalation(ctx, city),
    (ctx) => loadValidity(ctx, city),
    (ctx) => loadReminders(ctx, city),
    (ctx) => loadAfter(ctx, city),
    (ctx) => loadTerms(ctx, city),
    (ctx) => loadRates(ctx, city),
    (ctx) => ensureKey(ctx),
    (ctx) => loadFlagKinds(ctx),
    (ctx) => loadBulkLimits(ctx),
    (ctx) => indexAllFirms(ctx),
    (ctx) => loadDictionary(ctx, city),
    (ctx) => loadPacks(ctx, join(projectRoot, 'packs'), city),
    (ctx) => adoptWaiting(ctx),
  ]
}
/** Fictional communities, people and firms, the emergency and the real history of risk levels, a plan of batches, a complex with its tenants. */
export function loadSample(city: string): Step[] {
  return [
    (ctx) => seedCommunities(ctx, city),
    (ctx) => seedUnits(ctx, city),
    (ctx) => seedPeople(ctx, city),
    (ctx) => seedEmergency(ctx, city),
    (ctx) => seedLevels(ctx, city),
    (ctx) => seedEnterprises(ctx, city),
    (ctx) => seedBatches(ctx, city),
    (ctx) => seedComplexes(ctx, city),
  ]
}
