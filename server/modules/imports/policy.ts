// Who may import: the person who brought a file sees it and its rows, nobody else; what its rows may reach is the target's matter.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'

/** Those who hold the verb of some target; a target of another role's records adds that role here. */
export const verbs = { 'import.use': ['reviewer', 'enterpriseContact'] } satisfies VerbTable

const own = { person: 'person_id' }
export const imports: ScopedTable = { table: 'imports.imports', ...own }
export const batches: ScopedTable = { table: 'imports.batches', ...own }
export const results: ScopedTable = { table: 'imports.results', ...own }
export const rejects: ScopedTable = { table: 'imports.rejects', ...own }
export const keys: ScopedTable = { table: 'imports.keys', ...own }
export const scopes: ScopedTable[] = [imports, batches, results, rejects, keys]
export const constraints: Record<string, ProblemCode> = {}
