// Reads migrations far enough to say what they create and whether they stay inside their module's schema.
import { isBelow } from './order.ts'
import { type Fault, lineAt } from './tree.ts'

const blank = (text: string) => text.replace(/[^\n]/g, ' ')

/** Comments turned to blanks; positions stay true. */
export function blankComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[^]*?\*\//g, blank)
}
/** Quoted SQL strings turned to blanks; positions stay true. */
export function blankStrings(text: string): string {
  return text.replace(/'(?:[^']|'')*'/g, blank)
}

const kinds = 'table|view|function|procedure|type|sequence|domain|aggregate'
const name = '("?\\w+"?)(?:\\s*\\.\\s*("?\\w+"?))?'
const made = new RegExp(`\\b(create|alter|drop)\\s+(?:or\\s+replace\\s+)?(?:unlogged\\s+|materialized\\s+|recursive\\s+)?(?:${kinds})\\s+(?:if\\s+(?:not\\s+)?exists\\s+)?(?:only\\s+)?${name}`, 'gi')
const written = new RegExp(`\\b(insert\\s+into|update|delete\\s+from|truncate(?:\\s+table)?|merge\\s+into)\\s+(?:only\\s+)?(\\w+)\\.(\\w+)`, 'gi')
const placedOn = /\b((?:create\s+(?:unique\s+)?index|create\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger|(?:create|alter|drop)\s+policy|grant|revoke)\b[^;]*?\bon\s+(?:only\s+|table\s+)?)(\w+)\.(\w+)/gi
const referred = /\b(references|from|join)\s+(?:only\s+)?(\w+)\.(\w+)/gi
const inSchema = /\bschema\s+(?:if\s+(?:not\s+)?exists\s+)?(\w+)/gi

/** `schema.name` of everything that a migration creates. */
export function objectsOf(text: string): string[] {
  const code = blankStrings(blankComments(text)).toLowerCase()
  return [...code.matchAll(made)].flatMap(([, deed, schema, object]) => (deed === 'create' && schema && object ? [`${bare(schema)}.${bare(object)}`] : []))
}

/** Faults of one migration of `module`: nothing unqualified, nothing in another schema, keys only to lower modules. */
export function checkMigration(file: string, text: string, module: string): Fault[] {
  const code = blankStrings(blankComments(text)).toLowerCase()
  const faults: Fault[] = []
  const add = (at: number, message: string) => faults.push({ rule: 'schema', file, line: lineAt(text, at), text: message })

  for (const match of code.matchAll(made)) {
    const [whole, deed, schema = '', object] = match
    if (!object) add(match.index, `${whole.replace(/\s+/g, ' ')}: write the schema too, ${module}.${bare(schema)}`)
    else if (bare(schema) !== module) add(match.index, `${deed} ${bare(schema)}.${bare(object)}: a migration of ${module} stays in schema ${module}`)
  }
  for (const match of code.matchAll(written)) {
    const [, deed, schema, object] = match
    if (schema !== module) add(match.index, `${deed} ${schema}.${object}: a migration of ${module} writes in schema ${module} only`)
  }
  for (const match of code.matchAll(placedOn)) {
    const [, head = '', schema, object] = match
    if (schema !== module) add(match.index + head.length, `on ${schema}.${object}: a migration of ${module} stays in schema ${module}`)
  }
  for (const match of code.matchAll(inSchema)) {
    const [, schema = ''] = match
    // `grant … on all tables in schema base` and the like: only the migrations of base set up what is everyone's.
    if (schema !== module && module !== 'base' && schema !== 'pg_catalog') add(match.index, `schema ${schema}: a migration of ${module} sets up schema ${module}`)
  }
  for (const match of code.matchAll(referred)) {
    const [, word, schema = '', object] = match
    if (schema === module || schema.startsWith('pg_') || schema === 'information_schema') continue
    if (word === 'references' ? !isBelow(schema, module) : isModuleAbove(schema, module)) {
      add(match.index, `${word} ${schema}.${object}: ${module} may depend on lower modules only (tools/house/order.ts)`)
    }
  }
  return faults
}

function isModuleAbove(schema: string, module: string): boolean {
  return isBelow(module, schema) || (!isBelow(schema, module) && isBelow('areas', schema))
}

function bare(identifier: string): string {
  return identifier.replace(/"/g, '')
}
