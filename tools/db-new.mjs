#!/usr/bin/env node
// Makes the next numbered migration of a module: `npm run db:new <module> [what]`.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repo = resolve(fileURLToPath(new URL('..', import.meta.url)))

/** Module names in their order, read as text so that this works before anything is installed. */
export function moduleNames(root) {
  const text = readFileSync(join(root, 'tools/house/order.ts'), 'utf8')
  const list = /order[^=]*= \[([^]*?)\n\]/.exec(text)?.[1] ?? ''
  return [...list.matchAll(/'([a-z]+)'/g)].map((match) => match[1])
}

/** Path of the next migration, relative to the root. */
export function nextMigration(root, module, what) {
  const folder = join(root, 'server/migrations')
  const taken = existsSync(folder) ? readdirSync(folder).map((file) => Number(/^\d{4}/.exec(file)?.[0] ?? 0)) : []
  const number = String(Math.max(0, ...taken) + 1).padStart(4, '0')
  return `server/migrations/${number}_${module}${what ? `_${what}` : ''}.sql`
}

/** Writes a file that must not exist yet, with its folders. */
export function writeNew(root, path, text) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text, { flag: 'wx' })
}

/** Ends with a sentence for the person at the terminal. */
export function refuse(text) {
  console.error(text)
  process.exit(1)
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [module, ...words] = process.argv.slice(2)
  if (!module) refuse('Usage: npm run db:new <module> [what], for example: npm run db:new identity delegations')
  if (module !== 'base' && !moduleNames(repo).includes(module)) refuse(`${module} is not a module: its place belongs into tools/house/order.ts first.`)
  const what = words.join('_').toLowerCase().replace(/[\s-]+/g, '_')
  if (!/^[a-z0-9_]*$/.test(what)) refuse('The second word names the change in lower-case letters, digits and hyphens.')
  const path = nextMigration(repo, module, what)
  writeNew(repo, path, `-- ${module}: ${what ? what.replaceAll('_', ' ') : 'what changes'}, and why the data that is already there stays right.\n`)
  console.log(`${path} is there. Write names with their schema (${module}.<table>), and change in two steps what running code still reads:\nfirst add, later remove.`)
}
