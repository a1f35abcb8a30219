// Sample values for a schema of the contract: sound enough to reach the code behind the parser.
interface Schema { type?: string; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; properties?: Record<string, Schema>; required?: string[]; items?: Schema; pattern?: string; issue?: string; minLength?: number; minimum?: number; minItems?: number; patternProperties?: Record<string, Schema> }

const BY_ISSUE: Record<string, string> = {
  id: '00000000-0000-7000-8000-000000000000', time: '09:00', instant: '2020-02-25T00:00:00Z', day: '2020-03-01', phone: '13900009999', area: '520103', code_six: '123456', username: 'sample-name', industry: '6210', format: 'sample', text: '样例',
}
/** A value for one schema; `known` answers property names with values of the city (ids, codes). */
export function sampleOf(schema: Schema, known: Record<string, unknown>, name = ''): unknown {
  if (name in known) return known[name]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!, known, name)
  switch (schema.type) {
    case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key)).map(([key, inner]) => [key, sampleOf(inner, known, key)]))
    case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, known))
    case 'integer': case 'number': return schema.minimum ?? 1
    case 'boolean': return true
    case 'string': return (schema.issue && BY_ISSUE[schema.issue]) || 'x'.repeat(Math.max(schema.minLength ?? 1, 1))
    default: return null
  }
}
/** Paths of every closed object in a schema: '' for the body itself, '/workplace' for one inside. */
export function objectPaths(schema: Schema, at = ''): string[] {
  const here = schema.type === 'object' && schema.properties ? [at] : []
  return [...here, ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => objectPaths(inner, `${at}/${key}`))]
}
/** A copy of `value` with `property` added to the object at `path`. */
export function withProperty(value: unknown, path: string, property: string, extra: unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>
  let at = copy
  for (const step of path.split('/').slice(1)) at = (at[step] ??= {}) as Record<string, unknown>
  at[property] = extra
  return copy
}
