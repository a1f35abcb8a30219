// Forms are public: whoever must fill one in may see it. They change with packs only.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {} satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = {}
