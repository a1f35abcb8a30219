// R7's texts: what must come back exactly as it was written and do nothing, and what must never be taken at all.

/** Kept as written: script, markup, templates, formulas, quotes, Han beyond the first plane. */
export const KEPT = [
  '<img src=x onerror=window.fgRan=1>', '"><script>window.fgRan=1</script>', "'><svg/onload=window.fgRan=1>", 'javascript:window.fgRan=1', '{{constructor.constructor("window.fgRan=1")()}}', '$' + '{window.fgRan=1}', '</title><script>window.fgRan=1</script>',
  '=HYPERLINK("http://x.test","y")', '+1+1', '-2+3', '@SUM(1)', "'=1+1", '＝1+1', '＋1', '=cmd|"/C calc"!A0', '","=1+1","', "'; drop table enterprises.enterprises; --", '%s%n {0} \\u003c',
  '{"level":60,"msg":"forged"}', '𬒈𫖮䶮㼆𠮷公司', '﨑塚・㐀', 'e\u0301 é', '__proto__',
] as const
/** Refused wherever one line is asked for, or taken out where a file's name is kept. */
export const NEVER = ['a\u0000b', 'a\u0008b', 'a\u001b[31mb', 'a\u0085b', 'a\u202Eb', 'a\u2066b', 'a\u200Fb', 'a\uFEFFb', 'a\u2028b', 'a\uFFFFb', 'a\uD800', '\u200B'] as const
export const FORGED_LINE = 'a\n{"level":60,"msg":"forged"}'
/** Any of these in an answer, in a file or in a line of the log came through. */
export const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFFFE\uFFFF]/u

interface Schema { type?: string; enum?: unknown[]; const?: unknown; issue?: string; pattern?: string; properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[] }
/** Paths of every text of a body that a person types freely; `0` stands for the first of a list. */
export function textPaths(schema: Schema, at = ''): string[] {
  if (schema.properties) return Object.entries(schema.properties).flatMap(([name, inner]) => textPaths(inner, `${at}/${name}`))
  if (schema.items) return textPaths(schema.items, `${at}/0`)
  if (schema.anyOf) return schema.anyOf.slice(0, 1).flatMap((inner) => textPaths(inner, at))
  return schema.type === 'string' && !schema.enum && schema.const === undefined && (schema.issue === 'text' || schema.pattern === undefined) ? [at] : []
}
/** A copy of a body with the text at the path; lists and objects on the way are made. */
export function withText(body: unknown, path: string, text: string): unknown {
  const copy = structuredClone(body ?? {}) as Record<string, unknown>
  const steps = path.split('/').slice(1)
  let at: Record<string, unknown> = copy
  steps.forEach((step, index) => {
    if (index === steps.length - 1) at[step] = text
    else at = (at[step] ??= /^\d+$/.test(steps[index + 1]!) ? [] : {}) as Record<string, unknown>
  })
  return copy
}
/** Every text in an answer. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) yield* textsIn(inner)
}
