// One Postgres schema per module: which code and which migration may name whose tables.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { isBelow, modules, stepOf } from './order.ts'
import { type Fault, type Source, type Tree, lineAt } from './tree.ts'
import { blankComments, blankStrings, objectsOf, checkMigration } from './sql.ts'

interface Mention { schema: string; name: string; at: number; writes: boolean }

const schemas = new Set([...modules, 'base'])
const kyselyReads = /^(selectFrom|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|innerJoinLateral|leftJoinLateral|using|from|table|withSchema)$/
const kyselyWrites = /^(insertInto|updateTable|deleteFrom|mergeInto|replaceInto)$/

export function checkSchemas(tree: Tree): Fault[] {
  const faults: Fault[] = []
  const known = new Set<string>()
  const numbers = new Map<string, string>()
  for (const path of tree.others.filter((file) => /^server\/migrations\/.+\.sql$/.test(file))) {
    const text = readFileSync(join(tree.root, path), 'utf8')
    const name = /^(\d{4})_([a-z]+)(_[a-z0-9_]+)?\.sql$/.exec(path.split('/').at(-1) ?? '')
    const [, number = '', module = ''] = name ?? []
    if (!name || !schemas.has(module)) {
      faults.push({ rule: 'schema', file: path, text: 'a migration is called NNNN_<module>.sql or NNNN_<module>_<what>.sql' })
      continue
    }
    const twin = numbers.get(number)
    if (twin) faults.push({ rule: 'schema', file: path, text: `number ${number} is taken by ${twin}` })
    numbers.set(number, path)
    for (const object of objectsOf(text)) known.add(object)
    faults.push(...checkMigration(path, text, module))
  }
  for (const source of tree.sources) faults.push(...checkSource(source, known))
  return faults
}

function checkSource(source: Source, known: ReadonlySet<string>): Fault[] {
  const { place, path, text } = source
  if (place.space !== 'server' || place.test || (place.room !== 'module' && place.room !== 'base')) return []
  const own = place.room === 'base' ? 'base' : (place.module ?? '')
  const reads = place.role === 'views' ? readsOf(source) : undefined
  const faults: Fault[] = []
  const used = new Set<string>()
  for (const { schema, name, at, writes } of mentionsOf(source, known)) {
    if (schema === own) continue
    used.add(schema)
    const where = { rule: 'schema' as const, file: path, line: lineAt(text, at) }
    if (place.role !== 'views') faults.push({ ...where, text: `${schema}.${name}: only views.ts reads the tables of other modules, and declares it` })
    else if (writes) faults.push({ ...where, text: `${schema}.${name}: no module writes another one's tables` })
    else if (!reads?.includes(schema)) faults.push({ ...where, text: `${schema}.${name}: declare it, export const reads = ['${schema}', …]` })
  }
  for (const schema of reads ?? []) {
    if (schema === own || !schemas.has(schema)) faults.push({ rule: 'schema', file: path, text: `reads: '${schema}' is not another module` })
    else if (stepOf(own) >= 0 && !isBelow(schema, own)) faults.push({ rule: 'schema', file: path, text: `reads: '${schema}' does not lie below ${own} (tools/house/order.ts)` })
    else if (!used.has(schema)) faults.push({ rule: 'schema', file: path, text: `reads: '${schema}' is declared and not read` })
  }
  return faults
}

/** The schemas listed in `export const reads = [...]`. */
function readsOf(source: Source): string[] {
  for (const statement of source.ast.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const declaration of statement.declarationList.declarations) {
      if (declaration.name.getText() !== 'reads' || !declaration.initializer) continue
      const names: string[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isStringLiteral(node)) names.push(node.text)
        ts.forEachChild(node, visit)
      }
      visit(declaration.initializer)
      return names
    }
  }
  return []
}

/** Every table of a known schema that strings of this file name, as SQL, as a Kysely table or as a column of a known table. */
function mentionsOf(source: Source, known: ReadonlySet<string>): Mention[] {
  const found: Mention[] = []
  const visit = (node: ts.Node): void => {
    const literal = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
    if (literal && !ts.isImportDeclaration(node.parent) && !ts.isExportDeclaration(node.parent)) {
      const start = node.getStart() + 1
      const call = callOf(node)
      const raw = blankSpans(source.text, node)
      if (call) found.push(...tableOf(raw, start, kyselyWrites.test(call)))
      else {
        const tagged = ts.isTaggedTemplateExpression(node.parent) && /^sql\b/.test(node.parent.tag.getText())
        const code = blankStrings(blankComments(raw))
        found.push(...namedIn(code, start, known, tagged || /\b(select|insert|update|delete|merge|truncate|create|alter)\b/i.test(code)))
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source.ast)
  return found
}

/** The Kysely method that takes this literal as its table, alone or in a list. */
function callOf(node: ts.Node): string | undefined {
  const holder = ts.isArrayLiteralExpression(node.parent) ? node.parent : node
  const call = holder.parent
  if (!ts.isCallExpression(call) || call.arguments[0] !== holder || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const method = call.expression.name.text
  return kyselyReads.test(method) || kyselyWrites.test(method) ? method : undefined
}

function tableOf(raw: string, start: number, writes: boolean): Mention[] {
  const [, schema = '', , name = ''] = /^\s*(\w+)(\.(\w+))?/.exec(raw) ?? []
  return schemas.has(schema) && (name || raw.trim() === schema) ? [{ schema, name: name || '*', at: start, writes }] : []
}

function namedIn(code: string, start: number, known: ReadonlySet<string>, isSql: boolean): Mention[] {
  const found: Mention[] = []
  for (const match of code.matchAll(/(?<![\w."])"?([a-z_]+)"?\s*\.\s*"?([a-z_][a-z0-9_]*)"?/g)) {
    const [, schema = '', name = ''] = match
    if (!schemas.has(schema)) continue
    const before = code.slice(0, match.index)
    const inTablePlace = isSql && /\b(from|join|into|update|table|truncate|only|references|lateral|using)\s+$/i.test(before)
    if (!inTablePlace && !known.has(`${schema}.${name}`)) continue
    const writes = isSql && /\b(insert\s+into|update|delete\s+from|truncate(\s+table)?|merge\s+into)\s+(only\s+)?$/i.test(before)
    found.push({ schema, name, at: start + match.index, writes })
  }
  return found
}

/** The text between the quotes, with `${…}` blanked so that positions stay true. */
function blankSpans(text: string, node: ts.Node): string {
  const raw = text.slice(node.getStart() + 1, node.getEnd() - 1)
  if (!ts.isTemplateExpression(node)) return raw
  const from = node.getStart() + 1
  let out = raw
  for (const { expression } of node.templateSpans) {
    const [a, b] = [expression.getFullStart() - from, expression.getEnd() - from]
    out = out.slice(0, a) + out.slice(a, b).replace(/[^\n]/g, ' ') + out.slice(b)
  }
  return out
}
