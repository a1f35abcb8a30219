// Files that people hand in: uploaded once, kept with the thing they belong to.
import { Type, type Static } from 'typebox'
import { Code, FILE, Id, Strict, endpoint } from './base.ts'

export const FileState = Code(['quarantined', 'ready', 'refused'])
export const FileInfo = Type.Object({
  id: Type.String(), name: Type.String(), type: Type.String(),
  /** Bytes. */
  size: Type.Integer(), sha256: Type.String(), state: FileState, uploadedAt: Type.String(),
})
export type FileInfo = Static<typeof FileInfo>

export const uploadFile = endpoint({
  method: 'POST', path: '/api/files', verb: 'file.upload', summary: 'Upload one file as multipart/form-data, field `file`',
  body: FILE, returns: FileInfo, problems: ['files.empty', 'files.type_refused', 'files.too_many_waiting', 'request.too_large'], perMinute: 60,
})
export const downloadFile = endpoint({
  method: 'GET', path: '/api/files/:id', verb: 'file.read', summary: 'The bytes of a file',
  params: Strict({ id: Id }), returns: FILE, problems: ['not_found', 'files.not_ready'],
})
