// Checks requests against their contract: all faults at once, as issues with codes that screens can put into words.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import type { AnyEndpoint, Issue } from '@fugong/contract/base'
import { FILE } from '@fugong/contract/base'
import { invalid } from './problem.ts'

// A form with sixty wrong fields gets sixty answers.
Settings.Set({ maxErrors: 400 })

type Fault = { keyword: string; schemaPath: string; instancePath: string; params: Record<string, unknown> }
export type Parsed = { params: unknown; query: unknown; body: unknown }
export type Parse = (raw: Parsed) => Parsed

/** Builds the parser of an endpoint; it throws `validation.failed` with every issue. */
export function parserOf(endpoint: AnyEndpoint): Parse {
  const params = endpoint.params && check(endpoint.params, true)
  const query = check(endpoint.query ?? EMPTY, true)
  const body = endpoint.body && endpoint.body !== FILE ? check(endpoint.body, false) : undefined
  return (raw) => {
    const issues: Issue[] = []
    const parsed = {
      params: params ? params(raw.params, issues) : {},
      query: query(raw.query ?? {}, issues),
      body: body ? body(raw.body, issues) : undefined,
    }
    if (endpoint.check && parsed.body !== undefined) {
      const wrong = new Set(issues.map((issue) => issue.path))
      // The contract's own checks run also beside schema faults, on whatever part is sound.
      for (const issue of soundly(() => endpoint.check!(parsed.body))) if (!wrong.has(issue.path)) issues.push(issue)
    }
    if (issues.length) throw invalid(issues)
    return parsed
  }
}
const EMPTY: TSchema = { type: 'object', additionalProperties: false, properties: {} } as TSchema

function soundly(run: () => Issue[]): Issue[] {
  try {
    return run()
  } catch {
    // A check that stumbles over a wrong type has nothing to add to the schema's own fault.
    return []
  }
}

/** One compiled schema; `text` converts from strings as they come in addresses. */
function check(schema: TSchema, text: boolean): (value: unknown, issues: Issue[]) => unknown {
  const compiled = Compile(schema)
  return (value, issues) => {
    const candidate = text ? Value.Convert(schema, value) : value
    if (compiled.Check(candidate)) return candidate
    for (const issue of toIssues(schema, compiled.Errors(candidate) as Fault[])) issues.push(issue)
    return candidate
  }
}

const CODES: Record<string, string> = {
  required: 'issue.required', type: 'issue.type', minLength: 'issue.too_short', maxLength: 'issue.too_long', pattern: 'issue.format', format: 'issue.format',
  enum: 'issue.choice', const: 'issue.choice', minimum: 'issue.too_small', exclusiveMinimum: 'issue.too_small', maximum: 'issue.too_large', exclusiveMaximum: 'issue.too_large',
  minItems: 'issue.too_few', maxItems: 'issue.too_many', uniqueItems: 'issue.duplicate', additionalProperties: 'issue.unknown',
}
/** One issue per path: the first fault of a place is what the person must mend first. */
export function toIssues(schema: TSchema, faults: readonly Fault[]): Issue[] {
  const found = new Map<string, Issue>()
  const add = (path: string, code: string, params?: Record<string, unknown>) => {
    if (!found.has(path)) found.set(path, params ? { path, code, params } : { path, code })
  }
  const unions = faults.filter((fault) => fault.keyword === 'anyOf')
  for (const fault of faults) {
    const { keyword, instancePath, params } = fault
    if (keyword === 'boolean') continue
    if (keyword === 'required') for (const name of params['requiredProperties'] as string[]) add(`${instancePath}/${name}`, 'issue.required')
    else if (keyword === 'additionalProperties') for (const name of params['additionalProperties'] as string[]) add(`${instancePath}/${name}`, 'issue.unknown', { name: name.slice(0, 60) })
    else if (keyword === 'anyOf') add(instancePath, 'issue.choice')
    else if (keyword === 'type' && unions.some((union) => fault.schemaPath.startsWith(`${union.schemaPath}/anyOf/`)) && params['type'] === 'null') continue
    else {
      const at = resolve(schema, fault.schemaPath) as { issue?: string; minLength?: number } | undefined
      const limit = params['limit']
      if (keyword === 'minLength' && limit === 1) add(instancePath, 'issue.required')
      else if (keyword === 'pattern' && at?.issue) add(instancePath, `issue.${at.issue}`)
      else add(instancePath, CODES[keyword] ?? 'issue.format', limit === undefined ? undefined : { limit })
    }
  }
  return [...found.values()]
}
function resolve(schema: unknown, path: string): unknown {
  let at: unknown = schema
  for (const step of path.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return at
}

/**
 * Checks documents that come as files (packs, tables, forms): all faults of a value against a schema, and of its texts
 * against what can be stored and shown, with the paths they have inside the document.
 */
export function documentChecker(schema: TSchema): (value: unknown) => Issue[] {
  const compiled = check(schema, false)
  return (value) => {
    const issues: Issue[] = []
    compiled(value, issues)
    const wrong = new Set(issues.map((issue) => issue.path))
    for (const path of unfitTexts(value, '', 0)) if (!wrong.has(path)) issues.push({ path, code: 'issue.text' })
    return issues
  }
}
// PostgreSQL refuses NUL and lone surrogates in jsonb; the other controls have no place in a document that people read.
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\p{Cs}]/u
const DEEPEST = 12

function unfitTexts(value: unknown, path: string, depth: number): string[] {
  if (typeof value === 'string') return UNFIT.test(value) ? [path] : []
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return UNFIT.test(name) ? [at] : unfitTexts(inner, at, depth + 1)
  })
}
