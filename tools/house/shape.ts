// The shape of single files: how long, how they open, how they are named, what they export.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { roles } from './floors.ts'
import { type Fault, type Source, type Tree, lineAt } from './tree.ts'

const warnAbove = 300
const failAbove = 400
const always = ['routes', 'actions', 'policy', 'store']

export function checkShape(tree: Tree): { faults: Fault[]; warnings: Fault[] } {
  const faults: Fault[] = []
  const warnings: Fault[] = []
  const texts = tree.sources.map(({ path, text }) => ({ path, text }))
  for (const path of tree.others) if (path.endsWith('.sql')) texts.push({ path, text: readFileSync(join(tree.root, path), 'utf8') })
  for (const { path, text } of texts) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    const fault: Fault = { rule: 'size', file: path, text: `${lines} lines; above ${warnAbove} split it, above ${failAbove} the check fails` }
    if (lines > failAbove) faults.push(fault)
    else if (lines > warnAbove) warnings.push(fault)
    if (!opensWithPurpose(path, text)) {
      faults.push({ rule: 'purpose', file: path, line: 1, text: 'open with one comment sentence that says what this file is for' })
    }
  }
  for (const source of tree.sources) faults.push(...checkName(source), ...checkExports(source))
  const missing = checkModules(tree)
  return { faults: [...faults, ...missing.faults], warnings: [...warnings, ...missing.warnings] }
}

/** True when one of the opening comments, directives to tools left out, is a sentence of some length. */
function opensWithPurpose(path: string, text: string): boolean {
  const comments = path.endsWith('.sql')
    ? (/^\s*((?:--[^\n]*\n\s*)+)/.exec(text)?.[1] ?? '').split('\n').map((line) => line.replace(/^\s*--/, ''))
    : (ts.getLeadingCommentRanges(text, ts.getShebang(text)?.length ?? 0) ?? []).map(({ pos, end }) => text.slice(pos, end).replace(/^\/[/*]+|\*\/$/g, ''))
  const sentences = comments.map((comment) => comment.trim()).filter((comment) => !/^(@|eslint|global |<reference)/.test(comment))
  return sentences.join(' ').replace(/\s*\n\s*\*?\s*/g, ' ').length >= 20
}

function checkName({ path, place }: Source): Fault[] {
  const name = path.split('/').at(-1) ?? ''
  const fault = (text: string): Fault[] => [{ rule: 'names', file: path, text }]
  if (!/\.(ts|tsx|mjs)$/.test(name)) return fault('sources are .ts and .tsx; .mjs only for tools that run before anything is installed')
  if (name.endsWith('.mjs') && place.space !== 'tools') return fault('.mjs is for tools only')
  if (place.space === 'server' && place.room === 'module') {
    if (path.split('/').length !== 4) return fault('folders do not nest: a module that grew too large becomes two modules or <what>.<role>.ts')
    if (!place.test && !(place.role && place.role in roles)) return fault(`a module holds ${Object.keys(roles).join(', ')} (or <what>.<role>.ts) and tests`)
    if (/[A-Z_]/.test(name)) return fault('file names are lower-case, words joined by hyphens')
  }
  if (place.space === 'server' && place.room === 'other') return fault('server holds base, modules, migrations, test, and the files that compose them')
  if (place.space === 'web' && place.room === 'module') {
    if (path.split('/').length !== 4) return fault('folders do not nest')
    if (name.endsWith('.tsx') && !place.test && !/^[A-Z][A-Za-z0-9]*\.tsx$/.test(name)) return fault('screens are named like their component, TicketList.tsx')
  }
  return []
}

function checkExports({ path, ast, text }: Source): Fault[] {
  if (/\.config\.(ts|mjs|js)$/.test(path) || path.endsWith('.d.ts')) return []
  return ast.statements
    .filter((node) => {
      if (ts.isExportAssignment(node)) return true
      if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
        return node.exportClause.elements.some((element) => element.name.text === 'default')
      }
      return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) === true
    })
    .map((node) => ({ rule: 'names' as const, file: path, line: lineAt(text, node.getStart()), text: 'named exports only: one thing, one name' }))
}

/** Who knows one room knows them all: a module without a face is a fault, without one of the other constant files a warning. */
function checkModules(tree: Tree): { faults: Fault[]; warnings: Fault[] } {
  const found = new Map<string, Set<string>>()
  for (const { place } of tree.sources) {
    if (place.space !== 'server' || place.room !== 'module' || !place.module) continue
    const set = found.get(place.module) ?? new Set()
    if (place.role && !place.test) set.add(place.role)
    found.set(place.module, set)
  }
  const faults: Fault[] = []
  const warnings: Fault[] = []
  for (const [module, has] of found) {
    const file = `server/modules/${module}`
    if (!has.has('index')) faults.push({ rule: 'names', file, text: 'index.ts is missing: every module has a face' })
    const without = always.filter((role) => !has.has(role))
    if (without.length > 0) warnings.push({ rule: 'names', file, text: `a room usually also has ${without.join(', ')}` })
  }
  return { faults, warnings }
}
