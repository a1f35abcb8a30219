// Imports on the server point down only: which role may import which, through which door, and from which modules.
import ts from 'typescript'
import { isBelow, stepOf } from './order.ts'
import { type Fault, type Import, type Place, type Source, type Tree, lineAt } from './tree.ts'

/** Roles of the files of a module, with the roles of the same module each may import. */
export const roles: Readonly<Record<string, readonly string[]>> = {
  index: ['actions', 'policy', 'store', 'views', 'rules', 'ports'],
  routes: ['routes', 'actions', 'views', 'policy', 'rules', 'ports'],
  jobs: ['jobs', 'actions', 'views', 'policy', 'rules', 'ports'],
  seed: ['seed', 'actions', 'views', 'store', 'policy', 'rules', 'ports'],
  actions: ['actions', 'views', 'store', 'policy', 'rules', 'ports'],
  views: ['views', 'store', 'policy', 'rules', 'ports'],
  store: ['store', 'policy', 'rules', 'ports'],
  policy: ['policy', 'rules', 'ports'],
  rules: ['rules', 'ports'],
  ports: ['ports', 'rules'],
}
/** Roles that may call lower modules. */
const callers = new Set(['actions', 'seed'])
/** Doors of a module that the composition, tools and the test harness may use. */
const doors = new Set(['index', 'routes', 'jobs', 'seed'])
/** Libraries without time, randomness or input, which a pure decision may use. */
const pureLibraries = new Set(['@marcbachmann/cel-js'])

/** Checks `floor`, `face`, `order`, `contract`, `ambient`, `resolve` and `pure`. */
export function checkFloors(tree: Tree): Fault[] {
  const faults: Fault[] = []
  for (const source of tree.sources) {
    faults.push(...checkPlace(source), ...checkPure(source), ...checkPorts(source))
    if (source.place.role === 'index' && !source.place.test) faults.push(...checkIndex(source))
    for (const item of source.imports) {
      const fault = checkImport(tree, source, item)
      if (fault) faults.push({ ...fault, file: source.path, line: item.line })
    }
  }
  return faults
}

type Verdict = Pick<Fault, 'rule' | 'text'> | undefined

function checkImport(tree: Tree, source: Source, item: Import): Verdict {
  const { place } = source
  if (!item.target && !item.library && !item.builtin) {
    if (place.space === 'tools' || place.test) return item.specifier.startsWith('.') ? unresolved(item) : undefined
    return unresolved(item)
  }
  if (item.library) {
    const own = ambient(place, item.library)
    if (own) return own
  }
  if (place.space === 'contract') return place.test ? undefined : contractImport(tree, place, item)
  if (place.space === 'server') return serverImport(tree, source, item)
  if (place.space === 'tools' && item.target) {
    const to = tree.byPath.get(item.target)?.place
    if (to) return throughDoor(to, item)
  }
  return undefined
}

function unresolved(item: Import): Verdict {
  return { rule: 'resolve', text: `import of ${item.specifier} leads nowhere: relative imports carry their extension, the contract is @fugong/contract/<file>` }
}

function ambient(place: Place, library: string): Verdict {
  if (!/^(pg|pg-.+|fastify|@fastify\/.+)$/.test(library)) return undefined
  const allowed = place.test || place.space === 'tools' || (place.space === 'server' && (place.room === 'base' || place.room === 'composition'))
  return allowed ? undefined : { rule: 'ambient', text: `${library} is known to server/base and the composition only; take what is needed from ctx` }
}

function contractImport(tree: Tree, place: Place, item: Import): Verdict {
  if (item.builtin) return { rule: 'contract', text: `${item.specifier}: the contract runs in browsers too and knows no Node` }
  // The ground is what the phone pages and everything else see; a module's pure checks may bring a library that runs anywhere.
  const known = item.library === 'typebox' || (place.room === 'module' && pureLibraries.has(item.library ?? ''))
  if (item.library) return known ? undefined : { rule: 'contract', text: `${item.library}: the contract imports TypeBox and, in a module’s own checks, ${[...pureLibraries].join(', ')}` }
  const to = item.target ? placeIn(tree, item.target) : undefined
  if (!to || to.space !== 'contract') return { rule: 'contract', text: `${item.specifier}: the contract imports only the contract` }
  if (to.room === 'ground') return undefined
  if (place.room === 'ground') return { rule: 'contract', text: `${item.specifier}: base, problems, events, forms and rules lie below every module's contract` }
  if (to.module === place.module || isBelow(to.module ?? '', place.module ?? '')) return undefined
  return { rule: 'contract', text: `${item.specifier}: only the contracts of lower modules may be imported (tools/house/order.ts)` }
}

function serverImport(tree: Tree, source: Source, item: Import): Verdict {
  const { place } = source
  const to = item.target ? placeIn(tree, item.target) : undefined
  if (place.test || place.room === 'composition' || place.room === 'other') {
    if (to && to.space === 'server' && to.room === 'module' && to.module !== place.module) return throughDoor(to, item)
    if (to?.test && !place.test) return { rule: 'floor', text: `${item.specifier}: what runs imports no tests` }
    return undefined
  }
  if (place.room === 'base') {
    if (!to || (to.space === 'server' && to.room === 'base' && !to.test)) return undefined
    if (to.space === 'contract') {
      const head = /^contract\/(\w+)/.exec(item.target ?? '')?.[1] ?? ''
      if (['base', 'problems', 'events'].includes(head)) return undefined
      return { rule: 'floor', text: `${item.specifier}: server/base knows contract/base, problems and events only` }
    }
    return { rule: 'floor', text: `${item.specifier}: server/base knows no module and nothing above itself` }
  }
  return moduleImport(source, item, to)
}

function moduleImport(source: Source, item: Import, to: Place | undefined): Verdict {
  const { module = '', role = '' } = source.place
  const allowed = roles[role]
  if (!allowed) return undefined // `names` has said it.
  const pure = role === 'rules' || role === 'ports'
  if (role === 'index' && (!to || to.room !== 'module' || to.module !== module)) return { rule: 'floor', text: `${item.specifier}: a face hands out only what its own module has` }
  if (item.builtin) return pure ? { rule: 'floor', text: `${item.specifier}: ${role} import the contract only` } : undefined
  if (item.library) return pure && !pureLibraries.has(item.library) ? { rule: 'floor', text: `${item.library}: ${role} import the contract only` } : undefined
  if (!to) return undefined // Data outside the source folders.
  if (to.space === 'contract') return undefined
  if (to.space !== 'server') return { rule: 'floor', text: `${item.specifier}: a module imports from the server and the contract only` }
  if (to.room === 'base') {
    if (!pure || (role === 'ports' && item.typeOnly)) return undefined
    return { rule: 'floor', text: `${item.specifier}: ${role} know nothing of server/base${role === 'ports' ? ' but its types' : ''}` }
  }
  if (to.room !== 'module' || to.test) return { rule: 'floor', text: `${item.specifier}: a module imports nothing above itself` }
  if (to.module === module) {
    if (to.role === 'data' || allowed.includes(to.role ?? '')) return undefined
    return { rule: 'floor', text: `${role} may import ${allowed.join(', ')} of their own module, not ${to.role ?? item.specifier}` }
  }
  if (to.role !== 'index') return { rule: 'face', text: `${item.specifier}: module ${to.module} is entered through its index.ts only` }
  if (!isBelow(to.module ?? '', module)) return { rule: 'order', text: `${module} may not know ${to.module}: down by call, up or sideways by event (tools/house/order.ts)` }
  if (!callers.has(role)) return { rule: 'floor', text: `${item.specifier}: only actions and seed call lower modules, not ${role}` }
  return undefined
}

/** Places of data files count too, so that a module cannot reach into another one's folder for JSON. */
function placeIn(tree: Tree, target: string): Place | undefined {
  const source = tree.byPath.get(target)
  if (source) return source.place
  const module = /^server\/modules\/([^/]+)\//.exec(target)?.[1]
  const web = /^web\//.test(target)
  if (module) return { space: 'server', room: 'module', module, role: 'data', test: false }
  return web ? { space: 'web', room: 'root', test: false } : undefined
}

function throughDoor(to: Place, item: Import): Verdict {
  if (to.space !== 'server' || to.room !== 'module' || doors.has(to.role ?? '')) return undefined
  return { rule: 'face', text: `${item.specifier}: modules are entered through index.ts (the composition also takes routes, jobs and seed)` }
}

function checkPlace(source: Source): Fault[] {
  const { place, path } = source
  if (place.room !== 'module' || place.module === undefined || stepOf(place.module) >= 0) return []
  return [{ rule: 'order', file: path, text: `${place.module} has no place in the module order (tools/house/order.ts)` }]
}

function checkIndex(source: Source): Fault[] {
  return source.ast.statements
    .filter((node) => !ts.isExportDeclaration(node) || !node.moduleSpecifier)
    .map((node) => ({ rule: 'floor' as const, file: source.path, line: lineAt(source.text, node.getStart()), text: 'a face only hands out: export { … } from "./<own file>.ts"' }))
}

function checkPorts(source: Source): Fault[] {
  if (source.place.role !== 'ports' || source.place.room !== 'module' || source.place.test) return []
  return source.ast.statements
    .filter((node) => !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node) && !ts.isImportDeclaration(node) && !ts.isExportDeclaration(node))
    .map((node) => ({ rule: 'floor' as const, file: source.path, line: lineAt(source.text, node.getStart()), text: 'ports hold types only; the composition brings the implementations' }))
}

/** Rules and contract get the time and chance they need as arguments, so that a decision can be repeated and explained. */
function checkPure(source: Source): Fault[] {
  const { place } = source
  const pure = !place.test && (place.space === 'contract' || (place.space === 'server' && place.room === 'module' && place.role === 'rules'))
  if (!pure) return []
  const faults: Fault[] = []
  const visit = (node: ts.Node): void => {
    const bad =
      (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) ||
      (ts.isCallExpression(node) && /^(Date|Date\.now|Math\.random|performance\.now|crypto\.\w+|fetch|setTimeout)$/.test(node.expression.getText())) ||
      (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'process')
    if (bad) faults.push({ rule: 'pure', file: source.path, line: lineAt(source.text, node.getStart()), text: `${node.getText().slice(0, 40)}: time, chance and surroundings are arguments here` })
    ts.forEachChild(node, visit)
  }
  visit(source.ast)
  return faults
}
