// Groups of firms: who stands above whom, from a day to a day, and never above itself.
export interface Edge { parentId: string; childId: string; from: string; until: string | null }

/** Whether two spans of days share a day; the last day of a span counts. */
export function overlap(a: { from: string; until: string | null }, b: { from: string; until: string | null }): boolean {
  return (b.until === null || a.from <= b.until) && (a.until === null || b.from <= a.until)
}
/** Whether a new edge would let a firm stand above itself: whether edges that share a day with it already lead from the child down to the parent. */
export function closesCircle(edges: readonly Edge[], added: Edge): boolean {
  const below = new Map<string, string[]>()
  for (const edge of edges) if (overlap(edge, added)) below.set(edge.parentId, [...(below.get(edge.parentId) ?? []), edge.childId])
  const seen = new Set<string>()
  const waiting = [added.childId]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === added.parentId) return true
    if (seen.has(at)) continue
    seen.add(at)
    waiting.push(...(below.get(at) ?? []))
  }
  return false
}
