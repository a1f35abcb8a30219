// Files that people hand in: uploaded once, checked for harm, kept with the thing they belong to and removed with it.
import { Type, type Static } from 'typebox'
import { Code, FILE, Id, Strict, endpoint } from './base.ts'

/** `waiting` for the safety check, `clean` or `refused` by it; `unscanned` where the city has not set up a scanner. */
export const FileState = Code(['waiting', 'clean', 'refused', 'unscanned'])
export const FileInfo = Type.Object({
  id: Type.String(), name: Type.String(), type: Type.String(),
  /** Bytes. */
  size: Type.Integer(), sha256: Type.String(), state: FileState, uploadedAt: Type.String(),
  /** Whether a small picture of it can be had. */
  thumbnail: Type.Boolean(),
})
export type FileInfo = Static<typeof FileInfo>
/** Whether its bytes may be had. */
export const isOpen = (file: Pick<FileInfo, 'state'>): boolean => file.state === 'clean' || file.state === 'unscanned'

export const uploadFile = endpoint({
  method: 'POST', path: '/api/files', verb: 'file.upload', summary: 'Upload one file as multipart/form-data, field `file`',
  body: FILE, returns: FileInfo, problems: ['files.empty', 'files.type_refused', 'files.name_differs', 'files.document_refused', 'files.too_large', 'files.too_many_waiting', 'request.too_large'], perMinute: 60,
})
export const downloadFile = endpoint({
  method: 'GET', path: '/api/files/:id', verb: 'file.read', summary: 'The bytes of a file; pictures may be shown, everything else is saved',
  params: Strict({ id: Id }), returns: FILE, problems: ['not_found', 'files.not_ready', 'files.infected'],
})
export const getThumbnail = endpoint({
  method: 'GET', path: '/api/files/:id/thumbnail', verb: 'file.read', summary: 'A small picture of a picture, upright and without anything else that the original says of its maker',
  params: Strict({ id: Id }), returns: FILE, problems: ['not_found', 'files.not_ready', 'files.no_thumbnail'],
})
