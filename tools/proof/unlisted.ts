// R6: every writable schema × every column of the database that it does not list; not one value may change.
import { FILE } from '@fugong/contract/base'
import { openProofCity } from './city.ts'
import { fingerprint } from './fingerprint.ts'
import type { Proof } from './proof.ts'
import { objectPaths, sampleOf, withProperty } from './schema-samples.ts'

type Closed = { properties?: Record<string, unknown> }

export async function proveUnlisted(proof: Proof): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  const owner = await cluster.asOwner()
  try {
    const columns = await owner.query<{ name: string }>(`select distinct attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where attnum > 0 and c.relkind = 'r' and n.nspname !~ '^pg_|information_schema|public'`)
    const names = [...new Set(columns.rows.flatMap(({ name }) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]).concat('__proto__', 'constructor', 'admin', 'roles'))]
    const callers = [await city.as('luyuanming'), await city.contact('13900000101')]
    const endpoints = city.system_.house.routes.map(({ endpoint }) => endpoint).filter((one) => one.body && one.body !== FILE)
    // Signing out would take the caller away.
    const before = await fingerprint(owner)
    let tried = 0
    for (const endpoint of endpoints) for (const path of objectPaths(endpoint.body as never)) {
      const listed = new Set(Object.keys(at(endpoint.body as Closed, path)?.properties ?? {}))
      const unlisted = names.filter((name) => !listed.has(name))
      for (const name of proof.long ? unlisted : unlisted.filter((_, i) => i % 12 === tried % 12)) {
        tried += 1
        const url = endpoint.path.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000')
        const body = JSON.stringify(withProperty(sampleOf(endpoint.body as never, {}), path, `@@${name}`, 'forged')).replace(`@@${name}`, name)
        for (const caller of callers) {
          const answer = await caller.raw({ method: endpoint.method as 'POST', url, payload: body, headers: { 'content-type': 'application/json' } })
          if (answer.statusCode < 400) proof.broken(`${endpoint.method} ${endpoint.path} took ${path}/${name}`)
          if (answer.statusCode >= 500) proof.broken(`${endpoint.method} ${endpoint.path} answered ${answer.statusCode} to ${path}/${name}`)
        }
      }
    }
    const after = await fingerprint(owner)
    for (const table of Object.keys(before)) if (before[table] !== after[table]) proof.broken(`rows of ${table} changed`)
    proof.figure('R6', 0, 'changes', `${tried} unlisted columns over ${endpoints.length} writable endpoints, two callers each; ${Object.keys(after).length} tables compared`)
  } finally {
    await owner.end()
    await close()
  }
}
function at(schema: Closed, path: string): Closed | undefined {
  return path.split('/').slice(1).reduce<Closed | undefined>((inner, step) => inner?.properties?.[step] as Closed | undefined, schema)
}
