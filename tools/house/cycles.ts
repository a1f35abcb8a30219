// Finds import cycles, types included: a knot of files can only be read and changed as one file.
import type { Fault, Tree } from './tree.ts'

/** One fault per knot, named on its first file; Tarjan's strongly connected components, without recursion limits in sight at this size. */
export function checkCycles(tree: Tree): Fault[] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const onStack = new Set<string>()
  const stack: string[] = []
  const faults: Fault[] = []

  const targetsOf = (path: string) => (tree.byPath.get(path)?.imports ?? []).flatMap((item) => (item.target && tree.byPath.has(item.target) ? [item.target] : []))

  const visit = (path: string): void => {
    index.set(path, index.size)
    low.set(path, index.get(path) ?? 0)
    stack.push(path)
    onStack.add(path)
    for (const target of targetsOf(path)) {
      if (!index.has(target)) {
        visit(target)
        low.set(path, Math.min(low.get(path) ?? 0, low.get(target) ?? 0))
      } else if (onStack.has(target)) low.set(path, Math.min(low.get(path) ?? 0, index.get(target) ?? 0))
    }
    if (low.get(path) !== index.get(path)) return
    const knot: string[] = []
    for (;;) {
      const member = stack.pop()
      if (member === undefined) break
      onStack.delete(member)
      knot.push(member)
      if (member === path) break
    }
    if (knot.length > 1 || targetsOf(path).includes(path)) faults.push(asFault(tree, knot.sort()))
  }
  for (const source of tree.sources) if (!index.has(source.path)) visit(source.path)
  return faults
}

function asFault(tree: Tree, knot: string[]): Fault {
  const [first = ''] = knot
  const line = tree.byPath.get(first)?.imports.find((item) => item.target && knot.includes(item.target))?.line
  return { rule: 'cycle', file: first, line, text: `these files import each other in a circle: ${knot.join(', ')}` }
}
