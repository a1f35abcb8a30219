// Who may hand in and read files, and which ones they reach.
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'
import type { ProblemCode } from '@fugong/contract/problems'

export const verbs = {
  'file.upload': ['enterpriseContact', 'reviewer', 'departmentOfficer'],
  'file.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
} satisfies VerbTable

/** `held_by` is the uploader until the file is attached; afterwards the scope of the row it belongs to decides, units that were let in to it among them. */
export const files: ScopedTable = { table: 'files.files', enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key', person: 'held_by', openedTo: 'owner_id' }
export const scopes: ScopedTable[] = [files]
export const constraints: Record<string, ProblemCode> = {}
