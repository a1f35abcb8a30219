// Limits that are data (sizes, hours, counts): versions with an effective date, a city's own file before the country's.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, readData } from './data.ts'

interface Version { version: number; effectiveFrom: string }
const read = new Map<string, Version[]>()

/** The version of `limits-<name>.json` in force at `at`; the files ship with the product and do not change while it runs. Throws when none is. */
export function limitsOf<T>(name: string, city: string, at: Date): T & Version {
  const key = `${city}/${name}`
  let versions = read.get(key)
  if (!versions) {
    const own = ['data', 'cities', city, `limits-${name}.json`]
    const path = /^\d{6}$/.test(city) && existsSync(join(projectRoot, ...own)) ? own : ['data', 'china', `limits-${name}.json`]
    versions = readData<{ versions: Version[] }>(...path).value.versions
    read.set(key, versions)
  }
  const inForce = versions.filter((one) => Date.parse(one.effectiveFrom) <= at.getTime()).sort((one, other) => Date.parse(other.effectiveFrom) - Date.parse(one.effectiveFrom) || other.version - one.version)[0]
  if (!inForce) throw new Error(`No version of limits-${name}.json is in force at ${at.toISOString()}`)
  return inForce as T & Version
}
