// Endpoints of files, bound to the folder where their bytes lie.
import { downloadFile, getThumbnail, uploadFile } from '@fugong/contract/files'
import { fileRoute, uploadRoute, type Module } from '../../base/routes.ts'
import { keepUpload, openFile, openThumbnail } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import type { FilesOptions } from './ports.ts'

export function filesModule(options: FilesOptions): Module {
  return {
    name: 'files',
    routes: [
      uploadRoute(uploadFile, (ctx, file) => keepUpload(ctx, options, file)),
      fileRoute(downloadFile, (ctx, input) => openFile(ctx, options, input)),
      fileRoute(getThumbnail, (ctx, input) => openThumbnail(ctx, options, input)),
    ],
    verbs, scopes, constraints,
  }
}
