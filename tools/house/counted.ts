// Makes sure that the check looked at everything: a structure check that sees nothing passes, and that has happened.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, type Tree, spaces } from './tree.ts'

/** Compares what was read with what git lists, tracked or new; without git the comparison is a warning, in a working copy it is not. */
export function checkCounted(tree: Tree): { faults: Fault[]; warnings: Fault[] } {
  let listed: string[]
  try {
    const out = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...spaces], { cwd: tree.root, encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] })
    listed = [...new Set(out.split('\0'))].filter((path) => /\.tsx?$/.test(path) && !path.startsWith('tools/house/fixtures/') && existsSync(join(tree.root, path)))
  } catch {
    return { faults: [], warnings: [{ rule: 'counted', file: '.', text: 'git cannot list the files here, so their number was not compared' }] }
  }
  const faults: Fault[] = listed.filter((path) => !tree.byPath.has(path)).map((path) => ({ rule: 'counted', file: path, text: 'git lists this file and the check passed over it' }))
  if (tree.sources.length === 0) faults.push({ rule: 'counted', file: '.', text: 'no source file was found at all' })
  return { faults, warnings: [] }
}
