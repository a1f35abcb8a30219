// Reference data that ships with the product (areas, holidays, industries, packs): where it lies and when it was last loaded.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Ctx } from './context.ts'
import { sha256 } from './crypto.ts'
import { sql } from './db.ts'

/** The project's folder; the source (server/base) and the build (server/dist) lie at the same depth. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** Reads a JSON file below the project; throws with the path when it is missing or unreadable. */
export function readData<T>(...path: string[]): { value: T; hash: Buffer } {
  const file = join(projectRoot, ...path)
  if (!existsSync(file)) throw new Error(`Data file missing: ${path.join('/')}`)
  const text = readFileSync(file, 'utf8')
  try {
    return { value: JSON.parse(text) as T, hash: sha256(text) }
  } catch (error) {
    throw new Error(`Data file is not JSON: ${path.join('/')} (${(error as Error).message})`)
  }
}
/** Runs `load` when this content was not loaded before; in the caller's transaction. */
export async function loadOnce(ctx: Ctx, name: string, hash: Buffer, load: () => Promise<void>): Promise<boolean> {
  const before = (await sql<{ hash: Buffer }>`select hash from base.loaded_data where name = ${name}`.execute(ctx.db)).rows[0]
  if (before?.hash.equals(hash)) return false
  await load()
  await sql`insert into base.loaded_data (name, hash, at) values (${name}, ${hash}, ${ctx.now}) on conflict (name) do update set hash = excluded.hash, at = excluded.at`.execute(ctx.db)
  return true
}
