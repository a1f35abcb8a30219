// Packs: reading their folders with every fault, recording what was found, and listing them.
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Issue, Returns } from '@fugong/contract/base'
import { MeasuresFile, PackFile, type listPacks } from '@fugong/contract/emergencies'
import type { Ctx } from '../../base/context.ts'
import { documentChecker } from '../../base/validate.ts'
import { findPack, insertPack, selectChecks, selectNewestPacks, upsertCheck } from './packs.store.ts'
import { isInsideName, measuresIssues, packIssues } from './rules.ts'

/** A file of a pack: its name below the pack's folder, and what it holds. */
export interface PackPart { file: string; value: unknown }
export interface PackFolder {
  /** Name of the folder, which is the pack's code. */
  code: string
  /** Set when pack.json itself is without fault. */
  pack: PackFile | undefined
  tables: PackPart[]
  forms: PackPart[]
  measures: MeasuresFile[]
  /** Paths are `<file>#<pointer>`; params name the file. */
  faults: Issue[]
}
const LARGEST = 2_000_000
const checkPack = documentChecker(PackFile)
const checkMeasures = documentChecker(MeasuresFile)

/** Puts the file's name before the paths of its faults. */
export function inFile(file: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: `${file}#${issue.path}`, params: { file, ...issue.params } }))
}

/** Reads `<folder>/pack.json` and the files it names. Tables and forms are checked by their own rooms, everything else here. */
export function readPackFiles(folder: string): PackFolder {
  const code = basename(folder)
  const found: PackFolder = { code, pack: undefined, tables: [], forms: [], measures: [], faults: [] }
  const raw = readPart(folder, 'pack.json', found.faults)
  if (raw === undefined) return found
  const shape = checkPack(raw)
  const wrong = new Set(shape.map((issue) => issue.path))
  const own = [...shape, ...packIssues(raw, code).filter((issue) => !wrong.has(issue.path))]
  found.faults.push(...inFile('pack.json', own))
  if (!shape.length) found.pack = raw as PackFile
  const named = (list: 'tables' | 'forms' | 'measures'): PackPart[] => {
    const names = (raw as Record<string, unknown> | null)?.[list]
    return (Array.isArray(names) ? [...new Set(names)] : []).flatMap((file) => {
      const value = typeof file === 'string' ? readPart(folder, file, found.faults) : undefined
      return value === undefined ? [] : [{ file: file as string, value }]
    })
  }
  found.tables = named('tables')
  found.forms = named('forms')
  for (const { file, value } of named('measures')) {
    const faults = [...checkMeasures(value), ...measuresIssues(value)]
    found.faults.push(...inFile(file, faults))
    if (!faults.length) found.measures.push(value as MeasuresFile)
  }
  return found
}

/** One JSON file of a pack; undefined with a fault when it is outside the folder, missing, too large or not JSON. */
function readPart(folder: string, file: string, faults: Issue[]): unknown {
  const refuse = (code: string, params: Record<string, unknown> = {}) => void faults.push({ path: file.slice(0, 200), code, params: { file: file.slice(0, 200), ...params } })
  if (!isInsideName(file)) return refuse('issue.file_outside')
  const path = join(folder, file)
  if (!existsSync(path) || !statSync(path).isFile()) return refuse('issue.file_missing')
  // A link may lead out although the name does not.
  if (!realpathSync(path).startsWith(realpathSync(folder) + sep)) return refuse('issue.file_outside')
  if (statSync(path).size > LARGEST) return refuse('issue.file_too_large', { limit: '2 MB' })
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (error) {
    return refuse('issue.file_not_json', { detail: (error as Error).message.slice(0, 200) })
  }
}

/** A fault when this version of the pack was imported with other content: versions never change. */
export async function packConflicts(ctx: Ctx, pack: PackFile, measures: readonly MeasuresFile[]): Promise<Issue[]> {
  const before = await findPack(ctx, pack.code, pack.version)
  if (!before || (isDeepStrictEqual(before.body, pack) && isDeepStrictEqual(before.measures, measures))) return []
  return [{ path: 'pack.json#/version', code: 'issue.version_content', params: { file: 'pack.json', code: pack.code, version: pack.version } }]
}

/** Records a pack: with faults only what was found, without any also the version itself, once. Answers whether it is new. */
export async function recordPack(ctx: Ctx, pack: PackFile, measures: readonly MeasuresFile[], faults: readonly Issue[]): Promise<boolean> {
  await upsertCheck(ctx, { code: pack.code, version: pack.version, kind: pack.kind, nameZh: pack.name.zh, nameEn: pack.name.en, tables: pack.tables.length, forms: pack.forms.length, faults: [...faults] })
  if (faults.length || (await findPack(ctx, pack.code, pack.version))) return false
  await insertPack(ctx, pack, measures)
  ctx.announce('pack.imported', { kind: 'pack', id: pack.code }, { code: pack.code, version: pack.version })
  return true
}
/** Records a folder whose pack.json cannot be used, under the folder's name. */
export async function recordUnreadablePack(ctx: Ctx, folder: PackFolder): Promise<void> {
  const code = folder.code.slice(0, 60)
  await upsertCheck(ctx, { code, version: 0, kind: '', nameZh: code, nameEn: code, tables: folder.tables.length, forms: folder.forms.length, faults: folder.faults })
}

export async function listPacksOf(ctx: Ctx): Promise<Returns<typeof listPacks>> {
  const imported = new Map((await selectNewestPacks(ctx)).map((pack) => [pack.code, pack]))
  const checks = await selectChecks(ctx)
  return {
    // What is imported is shown as imported; faults of a newer or broken file stand beside it.
    items: checks.map((check) => {
      const pack = imported.get(check.code)
      return {
        code: check.code, version: pack?.version ?? check.version, kind: pack?.kind ?? check.kind, name: pack?.body.name ?? { zh: check.nameZh, en: check.nameEn },
        tables: pack?.body.tables.length ?? check.tables, forms: pack?.body.forms.length ?? check.forms,
        measures: (pack?.measures ?? []).reduce((count, file) => count + file.items.length, 0),
        importedAt: pack?.importedAt ?? null, stages: pack?.body.stages ?? [], faults: check.faults,
      }
    }),
  }
}
