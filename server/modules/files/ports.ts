// What files are told by the composition, and the limits that are data.
import type { FileKind } from './rules.ts'

export interface FilesOptions {
  /** Where uploaded bytes lie; nothing below it is ever served by path. */
  folder: string
  city: string
  /** Address of the scanner; without one files stay `unscanned`, and readers are told so. */
  clamd?: string | undefined
}
/** `limits-files.json`. */
export interface FileLimits { version: number; maxBytes: Record<FileKind, number>; pixels: { jpg: number; png: number }; thumbnailSide: number; thumbnailSeconds: number; scanSeconds: number }
