// Limits that are data (sizes, hours, counts), and privacy notices: versions with an effective date; of limits a city's own file before the country's.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bilingual } from '@fugong/contract/base'
import { projectRoot, readData } from './data.ts'

interface Version { version: number; effectiveFrom: string }
const read = new Map<string, Version[]>()

/** The version of `limits-<name>.json` in force at `at`; the files ship with the product and do not change while it runs. Throws when none is. */
export function limitsOf<T>(name: string, city: string, at: Date): T & Version {
  const own = ['data', 'cities', city, `limits-${name}.json`]
  return inForce<T>(`${city}/${name}`, () => (/^\d{6}$/.test(city) && existsSync(join(projectRoot, ...own)) ? own : ['data', 'china', `limits-${name}.json`]), at)
}
/** The privacy notice `notice-<name>.json` in force at `at`: who agrees agrees to this version. */
export function noticeOf(name: string, at: Date): { version: number; text: Bilingual } {
  const { version, text } = inForce<{ text: Bilingual }>(`notice ${name}`, () => ['data', 'china', `notice-${name}.json`], at)
  return { version, text }
}
/** The wording of a version of a notice that somebody agreed to. */
export function noticeVersion(name: string, version: number): Bilingual {
  return readOnce<{ text: Bilingual }>(`notice ${name}`, () => ['data', 'china', `notice-${name}.json`]).find((one) => one.version === version)!.text
}
/** The version in force of a file, which is read once. */
function inForce<T>(key: string, pathOf: () => string[], at: Date): T & Version {
  const found = readOnce<T>(key, pathOf).filter((one) => Date.parse(one.effectiveFrom) <= at.getTime()).sort((one, other) => Date.parse(other.effectiveFrom) - Date.parse(one.effectiveFrom) || other.version - one.version)[0]
  if (!found) throw new Error(`No version of ${pathOf().at(-1)} is in force at ${at.toISOString()}`)
  return found
}
function readOnce<T>(key: string, pathOf: () => string[]): (T & Version)[] {
  let versions = read.get(key)
  if (!versions) {
    versions = readData<{ versions: Version[] }>(...pathOf()).value.versions
    read.set(key, versions)
  }
  return versions as (T & Version)[]
}
