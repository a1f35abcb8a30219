// SQL on the small tables that the intake reads once and keeps: keys of days, numbers of rules, partitions.
import type { Bilingual } from '@fugong/contract/base'
import type { Ctx } from '../../base/context.ts'
import { ask } from '../../base/db.ts'

/** The sealed key of a day; the first to ask makes it. */
export async function dayKey(system: Ctx, day: string, fresh: Buffer): Promise<Buffer> {
  const rows = await ask<{ keySealed: Buffer }>(system, 'insert into health.day_keys (day, key_sealed) values ($1, $2) on conflict (day) do nothing returning key_sealed', [day, fresh])
  return (rows[0] ?? (await ask<{ keySealed: Buffer }>(system, 'select key_sealed from health.day_keys where day = $1', [day]))[0]!).keySealed
}
export interface RuleRow { no: number; because: Bilingual }
/** The small number of a rule row; it is given at its first use. */
export async function ruleNumber(system: Ctx, rule: { table: string; kind: string; version: number; row: string; because: Bilingual }): Promise<number> {
  const key = [rule.table, rule.kind, rule.version, rule.row]
  const found = 'select no from health.rules where table_code = $1 and emergency_kind = $2 and version = $3 and row_id = $4'
  const known = await ask<{ no: number }>(system, found, key)
  if (known[0]) return known[0].no
  await ask(system, 'insert into health.rules (table_code, emergency_kind, version, row_id, because_zh, because_en) values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [...key, rule.because.zh, rule.because.en])
  return (await ask<{ no: number }>(system, found, key))[0]!.no
}
export async function findRule(system: Ctx, no: number): Promise<RuleRow | undefined> {
  const row = (await ask<{ becauseZh: string; becauseEn: string }>(system, 'select because_zh, because_en from health.rules where no = $1', [no]))[0]
  return row && { no, because: { zh: row.becauseZh, en: row.becauseEn } }
}
/** Makes the tables of a day where they are missing; safe to repeat. */
export async function ensureDay(system: Ctx, day: string): Promise<void> {
  await ask(system, 'select health.ensure_day($1)', [day])
}
