// Endpoints of exports, bound to the sources that the rooms above bring.
import { approveExport, beginExport, cancelExport, countExports, getExport, listExportRequests, listExports, listExportSources, refuseExport, takeExport } from '@fugong/contract/exports'
import { fileRoute, route, type Module } from '../../base/routes.ts'
import { begin, cancel, counts, listMine, show } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import type { ExportOptions } from './ports.ts'
import { approve, listRequests, refuse } from './requests.actions.ts'
import { listSources } from './sources.actions.ts'
import { take } from './take.actions.ts'

export function exportsModule(options: ExportOptions): Module {
  return {
    name: 'exports',
    routes: [
      route(listExportSources, listSources(options)), route(beginExport, begin(options)), route(listExports, listMine(options)), route(countExports, counts),
      route(getExport, show(options)), fileRoute(takeExport, take(options)), route(cancelExport, cancel(options)),
      route(listExportRequests, listRequests(options)), route(approveExport, approve(options)), route(refuseExport, refuse(options)),
    ],
    verbs, scopes, constraints,
  }
}
