// R7: script, formulas, controls, direction marks and rare Han in every text: none runs, none becomes a formula in an export, none forges a line of the log, all that is taken comes back as it was.
import { inflateRawSync } from 'node:zlib'
import { FILE } from '@fugong/contract/base'
import { getDeclaration } from '@fugong/contract/declarations'
import { getEnterprise } from '@fugong/contract/enterprises'
import { beginExport, takeExport } from '@fugong/contract/exports'
import { guarded, unguarded } from '../../server/base/sheets/guard.ts'
import { takeApart } from '../../server/test/exporting.ts'
import type { City, Someone } from '../../server/test/harness.ts'
import { importAll } from '../../server/test/importing.ts'
import { openProofCity } from './city.ts'
import { openPages } from './payload-pages.ts'
import { plantFirm, plantOffice, raiseLevel, type Planted } from './payload-plant.ts'
import { FORBIDDEN_CHARACTER, FORGED_LINE, KEPT, NEVER, textPaths, textsIn, withText } from './payload-texts.ts'
import type { Proof } from './proof.ts'
import { sampleOf } from './schema-samples.ts'

export async function provePayloads(proof: Proof): Promise<void> {
  const { city, close } = await openProofCity()
  try {
    await raiseLevel(city)
    const reviewer = await city.as('tianyuqing')
    const planted: Planted[] = []
    for (const [number, text] of KEPT.entries()) {
      planted.push(await plantFirm(city, reviewer, number, text))
      await plantOffice(city, number, text)
    }
    await city.work()
    for (const one of planted) await cameBack(proof, one)
    const callers = [await city.as('luyuanming'), await city.as('gaohongtao'), reviewer, planted[0]!.firm]
    const tried = await everyText(city, callers, planted[0]!, proof)
    const answers = await everyList(city, [...callers, ...(proof.long ? planted : planted.slice(1, 3)).map(({ firm }) => firm)], proof)
    const cells = await exported(city, reviewer, proof)
    checkLog(city, proof)
    const pages = await openPages(city, { reviewer, administrator: callers[0]!, planted }, proof)
    proof.figure('R7', 0, 'run', `${KEPT.length + NEVER.length + 1} payloads: ${tried} requests over every text of every writable endpoint, ${answers} answers and ${cells} cells of exports read, ${city.log.length} lines of the log; ${pages === undefined ? 'no Chromium here: pages not opened' : `${pages} pages opened in a browser`}`)
  } finally {
    await close()
  }
}
/** What was taken is there, letter for letter. */
async function cameBack(proof: Proof, { firm, enterpriseId, declarationId, text }: Planted): Promise<void> {
  const found = await firm.call(getEnterprise, { params: { id: enterpriseId } })
  const declaration = await firm.call(getDeclaration, { params: { id: declarationId } })
  // The register keeps composed letters, so that one name is one text; answers stay as they were typed.
  const kept = text.normalize('NFC')
  const wanted = { address: kept, building: kept, park: kept, hazardous: kept, name: `${kept}甲` }
  for (const [name, value] of Object.entries(wanted)) if (found[name as keyof typeof wanted] !== value) proof.broken(`${JSON.stringify(text)} came back from ${name} as ${JSON.stringify(found[name as keyof typeof wanted])}`)
  if (declaration.answers['duties'] !== text) proof.broken(`${JSON.stringify(text)} came back from an answer as ${JSON.stringify(declaration.answers['duties'])}`)
}
/** Every text of every body, with every payload, by everyone: no failure, no forbidden character taken or sent back. */
async function everyText(city: City, callers: Someone[], { enterpriseId, place, declarationId }: Planted, proof: Proof): Promise<number> {
  let tried = 0
  const known = { enterpriseId, workplaceId: place, revision: 1 }
  for (const { endpoint } of city.system_.house.routes) {
    if (!endpoint.body || endpoint.body === FILE || endpoint.path.startsWith('/api/session')) continue
    const url = endpoint.path.replace(/:(\w+)/g, (_, param: string) => (param !== 'id' ? String(sampleOf((endpoint.params as { properties: Record<string, never> }).properties[param]!, {})) : endpoint.path.startsWith('/api/declarations') ? declarationId : endpoint.path.startsWith('/api/enterprises') ? enterpriseId : '00000000-0000-7000-8000-000000000000'))
    const body = sampleOf(endpoint.body as never, known)
    for (const path of textPaths(endpoint.body as never)) {
      const texts = [...KEPT, ...NEVER, FORGED_LINE]
      for (const text of proof.long ? texts : texts.filter((one, at) => NEVER.includes(one as never) ? at % 6 === tried % 6 : at % 12 === tried % 12)) for (const caller of proof.long ? callers : [callers[tried % callers.length]!]) {
        tried += 1
        const answer = await caller.raw({ method: endpoint.method, url, payload: withText(body, path, text) as object })
        if (answer.statusCode >= 500) proof.broken(`${endpoint.method} ${endpoint.path} answered ${answer.statusCode} to ${JSON.stringify(text)} in ${path}`)
        if (answer.statusCode < 400 && NEVER.includes(text as never) && [...textsIn(answer.json())].some((one) => one.includes(text))) proof.broken(`${endpoint.method} ${endpoint.path} took ${JSON.stringify(text)} in ${path}`)
        checkAnswer(answer, `${endpoint.method} ${endpoint.path}`, proof)
      }
    }
  }
  return tried
}
type Answer = Awaited<ReturnType<Someone['raw']>>
/** An answer is data, said to be data, and holds no forbidden character. */
function checkAnswer(answer: Answer, name: string, proof: Proof): void {
  if (!/^application\/(problem\+)?json/.test(String(answer.headers['content-type'])) || answer.headers['x-content-type-options'] !== 'nosniff') proof.broken(`${name} answers as ${answer.headers['content-type']}`)
  for (const text of textsIn(answer.json())) if (FORBIDDEN_CHARACTER.test(text)) proof.broken(`${name} sends ${JSON.stringify(text).slice(0, 80)}`)
}
/** Everything that can be read without an id. */
async function everyList(city: City, callers: Someone[], proof: Proof): Promise<number> {
  let count = 0
  for (const caller of callers) for (const { endpoint } of city.system_.house.routes) {
    if (endpoint.method !== 'GET' || endpoint.path.includes(':') || endpoint.returns === FILE) continue
    const answer = await caller.raw({ method: 'GET', url: endpoint.path })
    if (answer.statusCode >= 500) proof.broken(`GET ${endpoint.path} answered ${answer.statusCode}`)
    count += 1
    checkAnswer(answer, `GET ${endpoint.path}`, proof)
  }
  return count
}
/** Each list as CSV and xlsx: no cell begins a formula, and what comes back through the import changes nothing. */
async function exported(city: City, reviewer: Someone, proof: Proof): Promise<number> {
  const columns = { enterprises: ['creditCode', 'name', 'industry', 'district', 'street', 'address'], declarations: ['enterpriseName', 'workplaceName'] }
  let cells = 0
  for (const [source, wanted] of Object.entries(columns)) for (const format of ['csv', 'xlsx'] as const) {
    const { id } = await reviewer.call(beginExport, { body: { source, format, language: 'zh', columns: wanted, filter: {} } })
    const bytes = Buffer.from((await reviewer.call(takeExport, { params: { id } })) as unknown as Uint8Array)
    if (format === 'xlsx') {
      for (const xml of parts(bytes)) if (/<f[\s>]/.test(xml)) proof.broken(`${source}.xlsx holds a formula`)
    } else {
      for (const cell of takeApart(bytes).rows.flat()) {
        cells += 1
        if (guarded(unguarded(cell)) !== cell || /^[=+\-@\t\r＝＋－＠]/.test(cell)) proof.broken(`${source}.csv holds ${JSON.stringify(cell)}`)
      }
    }
    if (source !== 'enterprises') continue
    const { counts, failure } = (await importAll(city, reviewer, bytes, `名单.${format}`)).done
    if (!counts || counts.changed + counts.fresh + counts.rejected) proof.broken(`the ${format} taken in again was not unchanged: ${failure ?? JSON.stringify(counts)}`)
  }
  return cells
}
/** The unpacked entries of a zip. */
function* parts(zip: Buffer): Generator<string> {
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const [method, packed, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(from, from + packed)
    yield (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8')
  }
}
/** A line of the log is one object with a level of ours, whatever people typed. */
function checkLog(city: City, proof: Proof): void {
  for (const line of city.log) {
    const whole = line.endsWith('\n') && line.indexOf('\n') === line.length - 1
    const said = whole ? (JSON.parse(line) as { msg?: string }) : undefined
    if (!said || said.msg === 'forged') proof.broken(`a line of the log was forged: ${line.slice(0, 80)}`)
    if (FORBIDDEN_CHARACTER.test(line.trimEnd())) proof.broken(`a line of the log holds a control: ${JSON.stringify(line).slice(0, 120)}`)
  }
}
