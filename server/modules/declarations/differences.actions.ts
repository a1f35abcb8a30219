// What changed: since the last submission of the same declaration, and since what the firm filed before.
import type { Input, Returns } from '@fugong/contract/base'
import type { getDifferences } from '@fugong/contract/declarations.review'
import type { FileInfo } from '@fugong/contract/files'
import type { Ctx } from '../../base/context.ts'
import { filesOf } from '../files/index.ts'
import { formOf } from './answer.actions.ts'
import { differencesOf, type Snapshot } from './differences.rules.ts'
import { selectSubmissions } from './papers.store.ts'
import { findFiledBefore, getDeclarationRow, type DeclarationRecord } from './store.ts'

/** A declaration as it stands, with the files of its list. */
export function snapshotOf(row: DeclarationRecord, files: readonly FileInfo[]): Snapshot {
  return {
    firm: { name: row.enterpriseName, creditCode: row.creditCode, industryCode: row.industryCode, class: row.enterpriseClass, kind: row.enterpriseKind, size: row.enterpriseSize },
    workplace: { name: row.workplaceName, scene: row.scene, address: row.address },
    plannedDate: row.plannedDate, headcount: row.headcount, level: row.level, procedure: row.procedure, answers: row.answers, files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  }
}
export async function differences(ctx: Ctx, { params }: Input<typeof getDifferences>): Promise<Returns<typeof getDifferences>> {
  const row = await getDeclarationRow(ctx, params.id)
  const form = await formOf(ctx, row)
  const now = snapshotOf(row, await filesOf(ctx, row.fileIds))
  const [latest, former] = await selectSubmissions(ctx, row.id)
  // While the firm supplements, what it submitted last is what the office knows; afterwards the one before.
  const against = row.state === 'returned' ? latest : former
  const filed = await findFiledBefore(ctx, row)
  return {
    sinceSubmission: against ? { at: against.at, declarationId: row.id, items: differencesOf(against.content, now, form) } : null,
    sinceLast: filed ? { at: filed.decidedAt!, declarationId: filed.id, items: differencesOf(snapshotOf(filed, await filesOf(ctx, filed.fileIds)), now, form) } : null,
  }
}
