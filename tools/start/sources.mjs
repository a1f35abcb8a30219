// Tells in milliseconds whether sources changed since the last build: size and time first, contents only in doubt.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { root } from './paths.mjs'

const skipped = new Set(['node_modules', 'dist', 'test', '.git', 'coverage'])
const isSource = (name) => !/\.(test\.tsx?|md|tsbuildinfo|log)$/.test(name) && !name.startsWith('.')

/** Relative path → [mtime, size] of every source file below the given places. */
export function indexOf(places) {
  const index = {}
  const look = (place) => {
    const found = statSync(path.join(root, place), { throwIfNoEntry: false })
    if (!found) return
    if (found.isFile()) index[place] = [Math.round(found.mtimeMs), found.size]
    else if (found.isDirectory()) {
      for (const name of readdirSync(path.join(root, place)).sort()) {
        if (!skipped.has(name) && isSource(name)) look(`${place}/${name}`)
      }
    }
  }
  places.forEach(look)
  return index
}

export function hashOf(index) {
  const hash = createHash('sha256')
  for (const name of Object.keys(index)) hash.update(`${name}\0${index[name][1]}\0`).update(readFileSync(path.join(root, name)))
  return hash.digest('hex')
}

export function sameIndex(one, other) {
  return JSON.stringify(one) === JSON.stringify(other)
}
