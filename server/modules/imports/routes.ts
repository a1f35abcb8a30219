// Endpoints of imports, bound to the targets that upper rooms bring and to the folder where files wait.
import {
  cancelImport, checkImport, downloadImportRejects, downloadImportTemplate, getImport, listImportRejects, listImports, listImportTargets, rematchImport, rereadImport, runImport, uploadImport,
} from '@fugong/contract/imports'
import { fileRoute, route, type Module, type ReceivedFile } from '../../base/routes.ts'
import { beginCheck, beginImport, beginRun, cancel, listMine, listTargets, lookAt, readAgain, rematch, type ImportsOptions } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { listRejects, rejectsFile, template } from './rejects.actions.ts'

export function importsModule(options: ImportsOptions): Module {
  return {
    name: 'imports',
    routes: [
      route(listImportTargets, async (ctx) => listTargets(ctx, options)),
      fileRoute(downloadImportTemplate, (ctx, input) => template(ctx, options, input)),
      route(uploadImport, (ctx, input) => beginImport(ctx, options, input, input.body as unknown as ReceivedFile)),
      route(listImports, (ctx, input) => listMine(ctx, options, input)),
      route(getImport, (ctx, input) => lookAt(ctx, options, input)),
      route(rereadImport, (ctx, input) => readAgain(ctx, options, input)),
      route(checkImport, (ctx, input) => beginCheck(ctx, options, input)),
      route(rematchImport, (ctx, input) => rematch(ctx, options, input as never)),
      route(runImport, (ctx, input) => beginRun(ctx, options, input as never)),
      route(cancelImport, (ctx, input) => cancel(ctx, options, input as never)),
      route(listImportRejects, (ctx, input) => listRejects(ctx, options, input)),
      fileRoute(downloadImportRejects, (ctx, input) => rejectsFile(ctx, options, input)),
    ],
    verbs, scopes, constraints,
  }
}
