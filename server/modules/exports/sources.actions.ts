// Sources of exports: which the caller may use, what a request asks of one, and reading one in the reader's own scope.
import type { Bilingual, Issue, Returns } from '@fugong/contract/base'
import type { BeginExport, listExportSources } from '@fugong/contract/exports'
import { may, requestScope, unitFor, type Actor, type ActorGrant, type Scope } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { openReading } from '../../base/reading.ts'
import { documentChecker } from '../../base/validate.ts'
import type { ExportOptions, ExportSource, ReadingCtx, SourceColumn } from './ports.ts'

export const sourceOf = (options: ExportOptions, code: string): ExportSource | undefined => options.sources.find((source) => source.code === code)

export function listSources(options: ExportOptions) {
  return async (ctx: Ctx): Promise<Returns<typeof listExportSources>> => ({
    items: options.sources.filter((source) => ctx.may(source.verb)).map(({ code, name, columns }) => ({ code, name, columns: columns.map(({ code: of, header, sensitivity }) => ({ code: of, header, sensitivity })) })),
  })
}

/** What is asked of a source, checked as a whole: all faults at once, or the source and the columns in their order. */
export function readRequest(ctx: Ctx, options: ExportOptions, body: BeginExport): { issues: Issue[] } | { source: ExportSource; columns: SourceColumn[]; personal: SourceColumn[]; reason: string | null } {
  const source = sourceOf(options, body.source)
  if (!source || !ctx.may(source.verb)) return { issues: [{ path: '/source', code: 'issue.choice' }] }
  const columns = body.columns.map((code) => source.columns.find((column) => column.code === code))
  const personal = columns.filter((column): column is SourceColumn => column?.sensitivity === 'personal')
  const reason = body.reason?.trim() || null
  const issues: Issue[] = [
    ...columns.flatMap((column, at) => (column ? [] : [{ path: `/columns/${at}`, code: 'issue.choice' }])),
    ...checkerOf(source)(body.filter).map((issue) => ({ ...issue, path: `/filter${issue.path}` })),
    ...(personal.length && !reason ? [{ path: '/reason', code: 'issue.required' }] : []),
  ]
  return issues.length ? { issues } : { source, columns: columns as SourceColumn[], personal, reason: personal.length ? reason : null }
}
const checkers = new WeakMap<ExportSource, ReturnType<typeof documentChecker>>()
function checkerOf(source: ExportSource) {
  let checker = checkers.get(source)
  if (!checker) checkers.set(source, (checker = documentChecker(source.filter)))
  return checker
}

/** Who reads a source: the person with the scope and the unit that they have under its verb. */
export interface Reader { actor: Actor; scope: Scope; unit: ActorGrant | undefined }
/** The reader of a source, or undefined when the right to it is gone. */
export function readerOf(options: ExportOptions, source: ExportSource, actor: Actor): Reader | undefined {
  const rights = options.rights()
  if (!may(actor, source.verb, rights.verbs) || !may(actor, 'export.make', rights.verbs)) return undefined
  return { actor, scope: requestScope(actor, source.verb, rights), unit: unitFor(actor, source.verb, rights.verbs) }
}
/** One moment of the database, seen by a reader; whoever opens it closes it. */
export async function openRead(ctx: Ctx, reader: Reader): Promise<{ read: ReadingCtx; close(): Promise<void> }> {
  const { db, stream, close } = await openReading(ctx.database, reader.scope)
  return { read: { ...ctx, ...reader, db, stream }, close }
}
export async function reading<T>(ctx: Ctx, reader: Reader, work: (read: ReadingCtx) => Promise<T>): Promise<T> {
  const { read, close } = await openRead(ctx, reader)
  try {
    return await work(read)
  } finally {
    await close()
  }
}
export const nameOf = (options: ExportOptions, code: string): Bilingual => sourceOf(options, code)?.name ?? { zh: code, en: code }
export function headersOf(options: ExportOptions, code: string, columns: readonly string[]): Bilingual[] {
  const source = sourceOf(options, code)
  return columns.map((name) => source?.columns.find((column) => column.code === name)?.header ?? { zh: name, en: name })
}
