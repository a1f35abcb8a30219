// Loading packs: each folder is read and checked by the rooms its parts belong to, and imported whole or not at all.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Issue } from '@fugong/contract/base'
import type { Form } from '@fugong/contract/forms'
import type { DecisionTable } from '@fugong/contract/rules'
import type { Ctx } from './base/context.ts'
import { sha256 } from './base/crypto.ts'
import { loadOnce } from './base/data.ts'
import { inFile, packConflicts, readPackFiles, recordPack, recordUnreadablePack, type PackFolder, type PackPart } from './modules/emergencies/index.ts'
import { checkForm, formConflicts, importForm } from './modules/forms/index.ts'
import { checkTable, importTable, tableConflicts } from './modules/rules/index.ts'

/** Loads every pack below a folder; safe to repeat. Faults are recorded and shown to administrators, they stop nothing else. */
export async function loadPacks(ctx: Ctx, folder: string, city: string): Promise<{ code: string; faults: Issue[] }[]> {
  const names = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name).sort() : []
  const loaded = []
  for (const name of names) loaded.push({ code: name, faults: await loadPack(ctx, forCity(readPackFiles(join(folder, name)), city)) })
  return loaded
}

/**
 * What a pack lays down for the whole of the city it was written for holds for the whole of this one, so that a new city
 * begins with rules and changes them; what it lays down for a district or a province stays there.
 */
function forCity(found: PackFolder, city: string): PackFolder {
  const here = <T>(value: T): T => (isForWholeCity(value) ? { ...value, areaCode: city } : value)
  const parts = (list: readonly PackPart[]) => list.map(({ file, value }) => ({ file, value: here(value) }))
  return { ...found, tables: parts(found.tables), forms: parts(found.forms), measures: found.measures.map(here) }
}
function isForWholeCity(value: unknown): boolean {
  const code = (value as { areaCode?: unknown } | null)?.areaCode
  return typeof code === 'string' && /^\d{2}(?!00)\d{2}00$/.test(code)
}

async function loadPack(ctx: Ctx, found: PackFolder): Promise<Issue[]> {
  const { pack, measures } = found
  const tables = partsOf<DecisionTable>(found.tables, checkTable)
  const forms = partsOf<Form>(found.forms, checkForm)
  const faults = [...found.faults, ...tables.faults, ...forms.faults]
  const kind = pack?.kind ?? null
  // Against what is already there only when the pack is sound in itself: broken parts differ anyway.
  if (pack && !faults.length) {
    for (const { file, value } of tables.sound) faults.push(...inFile(file, await tableConflicts(ctx, value, { kind })))
    for (const { file, value } of forms.sound) faults.push(...inFile(file, await formConflicts(ctx, value, { kind })))
    faults.push(...await packConflicts(ctx, pack, measures))
  }
  // A pack that says it is another one must not take that one's place.
  if (!pack || pack.code !== found.code) await recordUnreadablePack(ctx, { ...found, faults })
  else await recordPack(ctx, pack, measures, faults)
  if (faults.length) ctx.log.warn({ pack: found.code, faults: faults.length, first: `${faults[0]!.path} ${faults[0]!.code}` }, 'pack not imported')
  if (!pack || faults.length) return faults
  await loadOnce(ctx, `packs/${pack.code}`, sha256(JSON.stringify([pack, measures, found.tables, found.forms])), async () => {
    for (const { value } of tables.sound) await importTable(ctx, value, { kind, pack: pack.code })
    for (const { value } of forms.sound) await importForm(ctx, value, { kind, pack: pack.code })
  })
  return []
}

/** Checks parts with their room's own check; a code that appears twice in a pack is a fault of the later file. */
function partsOf<T extends { code: string }>(parts: readonly PackPart[], check: (value: unknown) => Issue[]): { sound: { file: string; value: T }[]; faults: Issue[] } {
  const faults: Issue[] = []
  const sound: { file: string; value: T }[] = []
  for (const { file, value } of parts) {
    const own = check(value)
    if (!own.length && sound.some((other) => other.value.code === (value as T).code)) own.push({ path: '/code', code: 'issue.duplicate', params: { field: (value as T).code } })
    faults.push(...inFile(file, own))
    if (!own.length) sound.push({ file, value: value as T })
  }
  return { sound, faults }
}
