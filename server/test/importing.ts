// An import as a person goes through it: file, matching, dry run, storing; with firms whose codes pass every check.
import { buffer } from 'node:stream/consumers'
import { expectedCheckDigit, expectedOrganisationDigit } from '@fugong/contract/enterprises'
import { cancelImport, checkImport, getImport, runImport, uploadImport, type Import } from '@fugong/contract/imports'
import { writeXlsx, type Value } from '../base/sheets/write.ts'
import type { City, Someone } from './harness.ts'

/** A credit code of Guiyang's 云岩 with right check digits, each number another. */
export function creditCode(number: number): string {
  const letter = 'ABCDEFGHJKLMNPQRTUWXY'[Math.floor(number / 100_000)]!
  const shifted = `M${letter}7${String(number % 100_000).padStart(5, '0')}`
  const first17 = `91520103${shifted}${expectedOrganisationDigit(shifted)}`
  return first17 + expectedCheckDigit(first17)
}
export const HEADER = ['统一社会信用代码', '企业名称', '行业', '区县', '街道（乡镇）', '经营地址', '从业人数', '营业收入（万元）', '法定代表人', '法定代表人手机']
export const firmRow = (number: number, set: Record<number, Value> = {}): Value[] => Object.assign([creditCode(number), `贵阳样例第${number}精密机械有限公司`, '34', '云岩区', '黔灵镇', `北京路 ${number} 号`, 20 + (number % 300), 1000 + number, '样例甲', '13900000101'], set) as Value[]
export const xlsx = (rows: Value[][]): Promise<Buffer> => buffer(writeXlsx([{ name: '名录', rows, headers: 1 }]))

export const look = (who: Someone, one: { id: string }): Promise<Import> => who.call(getImport, { params: { id: one.id } })
export async function begin(city: City, who: Someone, content: Buffer, name = '名录.xlsx', query: Record<string, string> = { target: 'enterprises' }): Promise<Import> {
  const begun = await who.upload(uploadImport, { name, content }, query)
  await work(city)
  return look(who, begun)
}
/** Runs what is queued; a job that fails says why instead of waiting for its next try. */
async function work(city: City): Promise<void> {
  const before = city.log.length
  await city.work()
  const failed = city.log.slice(before).filter((line) => line.includes('job failed'))
  if (failed.length) throw new Error(failed.join('\n'))
}
export const matchingOf = (one: Import) => ({ headerAt: one.headerAt, headerRows: one.headerRows, matching: one.columns.map((column) => column.matched) })
export async function check(city: City, who: Someone, one: Import, set: Partial<ReturnType<typeof matchingOf>> = {}): Promise<Import> {
  await who.call(checkImport, { params: { id: one.id }, body: { ...matchingOf(one), ...set } })
  await work(city)
  return look(who, one)
}
export async function store(city: City, who: Someone, one: Import): Promise<Import> {
  await who.call(runImport, { params: { id: one.id }, body: {} })
  await work(city)
  return look(who, one)
}
/** All of it; answers the import after the dry run and at its end. */
export async function importAll(city: City, who: Someone, content: Buffer, name?: string, query?: Record<string, string>): Promise<{ checked: Import; done: Import }> {
  const read = await begin(city, who, content, name, query)
  if (read.state !== 'read') throw new Error(`not read: ${read.failure}`)
  const checked = await check(city, who, read)
  return { checked, done: await store(city, who, checked) }
}
export const giveUp = (who: Someone, one: { id: string }): Promise<Import> => who.call(cancelImport, { params: { id: one.id }, body: {} })
