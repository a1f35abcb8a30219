// What rules asks of the rooms above it: which things a table decides, with the values that it decides them by.
import type { Ctx } from '../../base/context.ts'

/** A kind of thing that tables decide. The composition collects one from each room that has some. */
export interface TableSubjects {
  kind: 'enterprise' | 'declaration'
  /** Codes of the tables that decide it. */
  tables: readonly string[]
  /** How many lie in these areas. Runs as the system. */
  count(ctx: Ctx, question: SubjectQuestion): Promise<number>
  /** The next ones after an id, by id. Runs as the system. */
  page(ctx: Ctx, question: SubjectQuestion & { after: string | null; limit: number }): Promise<Subject[]>
  /** Names of those that the caller may see. */
  describe(ctx: Ctx, ids: readonly string[]): Promise<Map<string, SubjectTitle>>
}
/** `kind` is the kind of emergency that the table is for, null for every kind; `areas` are codes that records carry. */
export interface SubjectQuestion { table: string; kind: string | null; areas: readonly string[] }
/** `areaCode` is the area whose table decides; `inputs` may hold more than the table asks for. */
export interface Subject { id: string; areaCode: string; inputs: Record<string, unknown> }
export interface SubjectTitle { title: string; enterpriseId: string; areaCode: string }
export interface RulesOptions { subjects: readonly TableSubjects[] }
