// The walls of the web workspace: modules apart from each other, parts without fetch or domain words, phone pages that carry no TypeBox.
import ts from 'typescript'
import { type Fault, type Import, type Place, type Source, type Tree, lineAt } from './tree.ts'

/** What brings bytes from the network; parts in web/ui show what they are given. */
const network = new Set(['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'])

/** Contract files that import nothing heavy at run time; phones work forms out with them. */
const light = new Set(['contract/forms.work.ts', 'contract/forms.faults.ts', 'contract/expressions.work.ts'])

export function checkWeb(tree: Tree): Fault[] {
  const faults: Fault[] = []
  for (const source of tree.sources) {
    if (light.has(source.path)) for (const item of source.imports) if (!item.typeOnly && !(item.target && light.has(item.target))) faults.push({ rule: 'web', file: source.path, line: item.line, text: `${item.specifier}: phones run this file, it takes types only from files that they do not` })
    if (source.place.space !== 'web' || source.place.test || /\.config\.ts$/.test(source.path)) continue
    for (const item of source.imports) {
      const text = checkImport(tree, source.place, item)
      if (text) faults.push({ rule: 'web', file: source.path, line: item.line, text: `${item.specifier}: ${text}` })
    }
    if (source.place.room === 'ui') faults.push(...checkNetwork(source))
  }
  return faults
}

function checkImport(tree: Tree, place: Place, item: Import): string | undefined {
  if (item.builtin) return 'the browser has no Node'
  if (!item.target) return undefined
  const to = tree.byPath.get(item.target)?.place ?? foreign(item.target)
  if (!to) return undefined
  if (to.space === 'contract') {
    if (place.room === 'h5' && !item.typeOnly && !light.has(item.target)) return 'the phone pages take types only from the contract (import type), TypeBox weighs more than they may'
    if (place.room === 'ui' && to.room === 'module') return 'parts know no domain words'
    return undefined
  }
  if (to.space !== 'web') return 'the web knows the contract, not what lies behind it'
  if (to.test) return 'what runs imports no tests'
  if (place.room === 'root') return to.room === 'h5' ? 'the phone pages are a bundle of their own' : undefined
  if (to.room === 'h5') return place.room === 'h5' ? undefined : 'the phone pages are a bundle of their own'
  if (place.room === 'h5') return 'the phone pages carry nothing of the large application'
  if (to.room === 'root') return 'main and app compose, nothing imports them'
  if (to.room === 'module') return place.room === 'module' && to.module === place.module ? undefined : 'a module of the web is known to the composition only'
  if (place.room === 'ui' && to.room === 'base' && /^web\/base\/(api|session)\b/.test(item.target)) return 'parts ask no server'
  return undefined
}

/** Data and style files have no parsed source; their folder says where they belong. */
function foreign(target: string): Place | undefined {
  const module = /^web\/modules\/([^/]+)\//.exec(target)?.[1]
  if (module) return { space: 'web', room: 'module', module, test: false }
  if (target.startsWith('server/')) return { space: 'server', room: 'other', test: false }
  return undefined
}

function checkNetwork(source: Source): Fault[] {
  const faults: Fault[] = []
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && network.has(node.expression.getText().replace(/^(window|globalThis)\./, ''))) {
      faults.push({ rule: 'web', file: source.path, line: lineAt(source.text, node.getStart()), text: `${node.expression.getText()}: parts ask no server` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source.ast)
  return faults
}
