// Settings for every process of the server: the environment first, then the file .env, all faults told at once.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault, readConfig, type Config } from './base/config.ts'
import { projectRoot } from './base/data.ts'

/** Exit codes that tools and people can tell apart. */
export const EXIT = { portBusy: 71, config: 72, database: 73, disk: 74 } as const

/** Says what went wrong in both languages and ends the process. */
export function fail(code: number, zh: string, en: string): never {
  console.error(`\n${zh}\n${en}`)
  process.exit(code)
}

/** The values of `.env` that the environment does not set. */
export function readEnvFile(file: string, environment: Record<string, string | undefined>): Record<string, string | undefined> {
  const values = { ...environment }
  if (!existsSync(file)) return values
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const found = /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (found && values[found[1]!] === undefined) values[found[1]!] = found[2]!.replace(/^(['"])(.*)\1$/, '$2')
  }
  return values
}

export function settings(): Config {
  try {
    const config = readConfig(readEnvFile(join(projectRoot, '.env'), process.env))
    if (!existsSync(join(projectRoot, 'data', 'cities', config.CITY, 'areas.json'))) throw new ConfigFault([`CITY ${config.CITY}: there is no folder data/cities/${config.CITY} with its areas`])
    return config
  } catch (error) {
    if (error instanceof ConfigFault) fail(EXIT.config, `设置有误，请按 .env.example 修改：\n${error.faults.map((fault) => `  · ${fault}`).join('\n')}`, 'The settings are faulty; .env.example explains each of them.')
    throw error
  }
}
