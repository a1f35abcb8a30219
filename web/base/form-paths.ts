// Pure pieces of forms: values by JSON pointer, labels by pattern, and which control a fault belongs to.
import type { Issue } from '@fugong/contract/base'

const segments = (path: string) => path.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))

/** The value at a JSON pointer such as `/workplace/name`; undefined where nothing stands. */
export function valueAt(values: unknown, path: string): unknown {
  return segments(path).reduce<unknown>((value, part) => (value === null || typeof value !== 'object' ? undefined : (value as Record<string, unknown>)[part]), values)
}

/** A copy of the values with one of them changed; arrays stay arrays. */
export function withValueAt<V>(values: V, path: string, value: unknown): V {
  const put = (at: unknown, parts: string[]): unknown => {
    const [head, ...rest] = parts
    if (head === undefined) return value
    if (Array.isArray(at)) return at.map((item: unknown, i) => (String(i) === head ? put(item, rest) : item)).concat(Number(head) >= at.length ? [put(undefined, rest)] : [])
    const object = (at ?? {}) as Record<string, unknown>
    return { ...object, [head]: put(object[head], rest) }
  }
  return put(values, segments(path)) as V
}

/** Labels by path; `*` stands for any one segment (`/gaps/*` + `/text`). */
export function labelOf(labels: Record<string, string>, path: string): string | undefined {
  if (labels[path] !== undefined) return labels[path]
  const wanted = path.split('/')
  for (const [pattern, label] of Object.entries(labels)) {
    const parts = pattern.split('/')
    if (parts.length === wanted.length && parts.every((part, i) => part === '*' || part === wanted[i])) return label
  }
  return undefined
}

/** The id of the control at a path, the same for the field, the summary's link and the focus. */
export function controlId(form: string, path: string): string {
  return `${form}${path.replace(/[^A-Za-z0-9]+/g, '-')}`
}

/** One fault per path, the first that was told; the order is that of the labels (the order on the page), unknown paths last. */
export function arrangeIssues(issues: Issue[], labels: Record<string, string>): Issue[] {
  const order = Object.keys(labels)
  const place = (path: string) => {
    const exact = order.indexOf(path)
    if (exact >= 0) return exact
    const pattern = order.findIndex((known) => labelOf({ [known]: '' }, path) !== undefined)
    return pattern >= 0 ? pattern : order.length
  }
  const first = issues.filter((issue, i) => issues.findIndex((other) => other.path === issue.path) === i)
  return first.map((issue, i) => ({ issue, i })).sort((a, b) => place(a.issue.path) - place(b.issue.path) || a.i - b.i).map(({ issue }) => issue)
}

/** Faults without those of a field that was just changed, and of what lies below it. */
export function withoutPath(issues: Issue[], path: string): Issue[] {
  return issues.filter((issue) => issue.path !== path && !issue.path.startsWith(`${path}/`))
}

/** One fault for each of the paths where nothing was entered; the words are those of the contract. */
export function missing(values: unknown, paths: readonly string[]): Issue[] {
  return paths.filter((path) => {
    const value = valueAt(values, path)
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  }).map((path) => ({ path, code: 'issue.required' }))
}
