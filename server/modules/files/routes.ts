// Endpoints of files, bound to the folder where their bytes lie.
import { downloadFile, uploadFile } from '@fugong/contract/files'
import { fileRoute, uploadRoute, type Module } from '../../base/routes.ts'
import { keepUpload, openFile } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

/** `folder`: where uploaded bytes lie; nothing below it is ever served by path. */
export function filesModule(options: { folder: string }): Module {
  return {
    name: 'files',
    routes: [
      uploadRoute(uploadFile, (ctx, file) => keepUpload(ctx, options, file)),
      fileRoute(downloadFile, (ctx, input) => openFile(ctx, options, input)),
    ],
    verbs, scopes, constraints,
  }
}
