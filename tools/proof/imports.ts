// R9: rows in = stored + unchanged + rejected, beyond the limits at which other systems cut off in silence; identifiers and Chinese text byte-equal after a round trip.
import { createHash } from 'node:crypto'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openSheet } from '../../server/base/sheets/open.ts'
import { writeCsv, writeXlsx, type Value } from '../../server/base/sheets/write.ts'
import { HEADER, begin, check, creditCode, firmRow, store } from '../../server/test/importing.ts'
import { openProofCity } from './city.ts'
import type { Proof } from './proof.ts'

const NAMES = ['贵阳样例有限公司', '𬒈𫖮䶮㼆食品厂', '全角（Ａ）商行', 'Ｗａｎ·Li & <子>"公司', '=SUM(A1)商贸', '+86 通讯', "'引号", '_x000D_ 科技', '‘单’“双”']
export async function proveImports(proof: Proof): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fugong-proof-imports-'))
  try {
    // The first count beyond 65,536 always; the last row of Excel and the first beyond it when there is time.
    for (const [format, rows] of [['xlsx', 65_537], ['csv', 65_537], ...(proof.long ? [['xlsx', 1_048_576], ['csv', 1_048_577]] as const : [])] as const) await roundTrip(proof, folder, format, rows)
    await stored(proof, folder, proof.long ? 65_537 : 6000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
/** Writes a file of codes and names, reads it back, and compares every row and a hash over all text. */
async function roundTrip({ figure, broken }: Proof, folder: string, format: 'xlsx' | 'csv', rows: number): Promise<void> {
  const path = join(folder, `rows.${format}`)
  const [written, found] = [createHash('sha256'), createHash('sha256')]
  const line = (n: number): string[] => [creditCode(n), `${NAMES[n % NAMES.length]!}${n}`, `0${String(n).padStart(14, '0')}`]
  function* table(): Generator<Value[]> {
    for (let n = 0; n < rows; n++) {
      const row = line(n)
      written.update(`${row.join('\t')}\n`)
      yield row
    }
  }
  await pipeline(format === 'xlsx' ? writeXlsx([{ name: '名录', rows: table() }]) : writeCsv(table()), createWriteStream(path))
  const { unguarded } = await import('../../server/base/sheets/guard.ts')
  const sheet = await openSheet(path)
  let [count, most] = [0, 0]
  const idle = process.memoryUsage().rss
  try {
    for await (const batch of sheet.rows()) {
      for (const row of batch) found.update(`${row.cells.map((cell) => (format === 'csv' ? unguarded(String(cell)) : String(cell))).join('\t')}\n`)
      count += batch.length
      most = Math.max(most, process.memoryUsage().rss)
    }
  } finally {
    await sheet.close()
  }
  if (count !== rows) broken(`${format}: ${rows} rows written, ${count} read`)
  if (written.digest('hex') !== found.digest('hex')) broken(`${format}: the text of ${rows} rows came back changed`)
  figure('R9', count, 'rows', `of ${format} read back, every character equal; ${Math.max(0, Math.round((most - idle) / 1e6))} MB above idle`)
}
/** Imports firms, some at fault, some twice; then the same file again, which must change nothing. */
async function stored({ figure, broken }: Proof, folder: string, rows: number): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  try {
    const who = await city.as('tianyuqing')
    const path = join(folder, 'firms.csv')
    const table = function* (): Generator<Value[]> {
      yield HEADER
      for (let n = 0; n < rows; n++) yield n % 97 === 5 ? firmRow(n, { 6: '不详' }) : n % 101 === 7 ? firmRow(n - 1) : firmRow(n, { 1: `${NAMES[n % 3]!}${n}` })
    }
    await pipeline(writeCsv(table()), createWriteStream(path))
    const once = async () => store(city, who, await check(city, who, await begin(city, who, readFileSync(path), '名录.csv')))
    const first = await once()
    const again = await once()
    for (const { counts } of [first, again]) if (!counts || counts.rows !== rows || counts.rows !== counts.fresh + counts.changed + counts.unchanged + counts.rejected + counts.notData) broken(`the rows do not add up: ${JSON.stringify(counts)}`)
    if (again.counts!.fresh || again.counts!.changed || again.counts!.rejected !== first.counts!.rejected) broken(`the same file again was not unchanged: ${JSON.stringify(again.counts)}`)
    const owner = await cluster.asOwner()
    const found = (await owner.query<{ creditCode: string; name: string }>(`select credit_code as "creditCode", name from enterprises.enterprises where not sample order by credit_code`)).rows
    await owner.end()
    const expected = new Map<string, string>()
    for (let n = 0; n < rows; n++) {
      if (n % 97 === 5) continue
      if (n % 101 !== 7) expected.set(creditCode(n), `${NAMES[n % 3]!}${n}`)
      // A repetition of a row that was rejected is the first of its key that can be stored.
      else if ((n - 1) % 97 === 5) expected.set(creditCode(n - 1), String(firmRow(n - 1)[1]))
    }
    const wrong = found.filter((row) => expected.get(row.creditCode) !== row.name)
    if (found.length !== first.counts!.fresh || wrong.length) broken(`${found.length} stored of ${first.counts!.fresh} counted, ${wrong.length} with another code or name than the file`)
    figure('R9', rows, 'rows', `imported: ${first.counts!.fresh} stored + ${first.counts!.unchanged} unchanged + ${first.counts!.rejected} rejected; again: ${again.counts!.unchanged} unchanged + ${again.counts!.rejected} rejected; codes and names equal byte for byte`)
  } finally {
    await close()
  }
}
