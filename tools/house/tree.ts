// Reads the source tree once: which files there are, where each belongs and what it imports; all house rules work on this picture.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import ts from 'typescript'

export type Rule =
  | 'floor' | 'face' | 'order' | 'contract' | 'web' | 'cycle' | 'schema' | 'size' | 'purpose' | 'names'
  | 'pure' | 'ambient' | 'docs' | 'texts' | 'resolve' | 'counted'

/** One breach: `file` is relative to the root, `line` counts from 1. */
export interface Fault { rule: Rule; file: string; line?: number; text: string }

/** One import; exactly one of `target` (repo path), `library` (package name) and `builtin` is set, none when it cannot be followed. */
export interface Import { specifier: string; line: number; typeOnly: boolean; target?: string; library?: string; builtin?: boolean }

/** Where a file belongs. `room` is the part of its workspace, `role` the last dotted part of a module file's name. */
export interface Place {
  space: 'contract' | 'server' | 'web' | 'tools'
  room: 'ground' | 'module' | 'base' | 'composition' | 'test' | 'ui' | 'h5' | 'root' | 'tools' | 'other'
  module?: string
  role?: string
  test: boolean
}

export interface Source { path: string; text: string; ast: ts.SourceFile; place: Place; imports: Import[] }
export interface Tree { root: string; sources: Source[]; byPath: Map<string, Source>; others: string[] }

export const spaces = ['contract', 'server', 'web', 'tools'] as const
/** Folders with code that no one wrote here, and the trees that are broken on purpose. */
const passedOver = new Set(['node_modules', 'dist', 'coverage', 'web/public', 'tools/house/fixtures'])
const ground = new Set(['base', 'problems', 'events', 'expressions', 'expressions.judge', 'expressions.work', 'fields', 'forms', 'forms.engine', 'forms.faults', 'forms.places', 'forms.work', 'rules'])
const alwaysGround = new Set(['base', 'problems', 'events'])

export function readTree(root: string): Tree {
  const sources: Source[] = []
  const others: string[] = []
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.name.startsWith('.') || passedOver.has(entry.name) || passedOver.has(path)) continue
      if (entry.isDirectory()) visit(path)
      else if (/\.(ts|tsx|mjs|mts|cts|js|jsx|cjs)$/.test(entry.name)) sources.push(readSource(root, path))
      else others.push(path)
    }
  }
  for (const space of spaces) if (existsSync(join(root, space))) visit(space)
  sources.sort((a, b) => (a.path < b.path ? -1 : 1))
  return { root, sources, byPath: new Map(sources.map((source) => [source.path, source])), others: others.sort() }
}

function readSource(root: string, path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const kind = /\.[jt]sx$/.test(path) ? ts.ScriptKind.TSX : /\.[mc]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, kind)
  return { path, text, ast, place: placeOf(path), imports: importsOf(root, path, ast) }
}

export function placeOf(path: string): Place {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const test = /\.test\.tsx?$/.test(name)
  const stem = name.replace(/\.(ts|tsx|mjs)$/, '')
  const role = stem.split('.').at(-1) ?? stem
  if (parts[0] === 'contract') {
    const head = stem.split('.')[0] ?? stem
    // `forms.ts` and `rules.ts` are grammar for everyone; `rules.tables.ts` is the wire shape of the module of that name.
    const isGround = alwaysGround.has(head) || ground.has(stem.replace(/\.test$/, ''))
    return isGround ? { space: 'contract', room: 'ground', test } : { space: 'contract', room: 'module', module: head, test }
  }
  if (parts[0] === 'server') {
    if (parts[1] === 'modules') return { space: 'server', room: 'module', module: parts[2] ?? '', role: parts.length === 4 ? role : undefined, test }
    if (parts[1] === 'base') return { space: 'server', room: 'base', test }
    if (parts[1] === 'test') return { space: 'server', room: 'test', test: true }
    // main, worker, app, cli and what they are split into: whatever lies directly here composes.
    if (parts.length === 2) return { space: 'server', room: 'composition', role, test }
    return { space: 'server', room: 'other', test }
  }
  if (parts[0] === 'web') {
    if (parts[1] === 'modules') return { space: 'web', room: 'module', module: parts[2] ?? '', test }
    if (parts[1] === 'test') return { space: 'web', room: 'test', test: true }
    if (parts[1] === 'base' || parts[1] === 'ui' || parts[1] === 'h5') return { space: 'web', room: parts[1], test }
    return { space: 'web', room: 'root', test }
  }
  return { space: 'tools', room: 'tools', test }
}

const builtins = new Set(builtinModules)

function importsOf(root: string, path: string, ast: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (literal: ts.Node | undefined, typeOnly: boolean) => {
    if (!literal) return
    const line = ast.getLineAndCharacterOfPosition(literal.getStart(ast)).line + 1
    if (ts.isStringLiteralLike(literal)) {
      found.push({ specifier: literal.text, line, typeOnly, ...follow(root, path, literal.text) })
    } else if (ts.isTemplateExpression(literal) && /^@?[a-z]/.test(literal.head.text)) {
      // A package chosen by platform: the name is known as far as the first blank, and that is enough for the walls.
      found.push({ specifier: literal.getText(ast), line, typeOnly, library: literal.head.text })
    } else found.push({ specifier: literal.getText(ast), line, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, true)
    else if (ts.isExternalModuleReference(node)) add(node.expression, false)
    else if (ts.isCallExpression(node)) {
      const callee = node.expression
      if (callee.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false)
      else if (ts.isIdentifier(callee) && callee.text === 'require') add(node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}

function follow(root: string, path: string, raw: string): Pick<Import, 'target' | 'library' | 'builtin'> {
  const specifier = raw.replace(/\?(raw|url|inline|worker)$/, '')
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier))
    return existsSync(join(root, target)) && posix.extname(target) !== '' ? { target } : {}
  }
  const contract = /^@fugong\/contract\/(.+)$/.exec(specifier)
  if (contract) {
    const file = contract[1] ?? ''
    const target = `contract/${file.endsWith('.json') ? file : `${file}.ts`}`
    return existsSync(join(root, target)) ? { target } : {}
  }
  if (specifier.startsWith('@fugong/')) return {}
  if (specifier.startsWith('node:') || builtins.has(specifier)) return { builtin: true }
  if (specifier.startsWith('/')) return {}
  const [scope = '', name = ''] = specifier.split('/')
  return { library: specifier.startsWith('@') ? `${scope}/${name}` : scope }
}

export function lineAt(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line++
  return line
}
