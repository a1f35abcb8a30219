// A register of any size, the same on every run: firms with workplaces and the pieces they are found by, and declarations, copied straight into the tables.
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { expectedCheckDigit, expectedOrganisationDigit } from '@fugong/contract/enterprises'
import { searchKey } from '../../server/base/grams.ts'
import { findable } from '../../server/modules/enterprises/index.ts'
import { random } from '../proof/random.ts'
import { characters, companyForms, roads, traderForms, trades } from './register.names.ts'

export interface Wish { firms: number; declarations: number; seed?: number; /** Hears what is being done. */ say?: (line: string) => void }
export interface MadeFirm { id: string; creditCode: string; name: string; districtCode: string; streetCode: string; zoneCode: string | null; department: string }
interface Place { district: string; name: string; streets: string[]; zones: string[] }

const BEGIN = Date.parse('2019-06-01T00:00:00Z')
const DAY = 86_400_000
const SHARES = [16, 18, 17, 15, 9, 7, 5, 4, 5, 4]

/**
 * Fills a migrated database that has its reference data (areas, industries, an emergency). Takes a superuser's connection:
 * foreign keys are not checked row by row and indexes are built at the end, or a register of a city would take an hour.
 */
export async function fillRegister(client: pg.Client, { firms, declarations, seed = 7, say = () => {} }: Wish): Promise<void> {
  const places = await placesOf(client)
  const registrant = (await client.query<{ id: string }>('select id from identity.people order by id limit 1')).rows[0]!.id
  const industries = new Set((await client.query<{ code: string }>('select code from enterprises.industries')).rows.map((row) => row.code))
  const made = () => madeFirms(firms, { places, industries, seed })
  await client.query('set session_replication_role = replica')
  await client.query('set maintenance_work_mem = \'512MB\'')
  try {
    await copy(client, 'enterprises.enterprises', 'id, credit_code, kind, name, search_name, initials, industry_code, class, department, code_state, registered_by, registered_at, sample, district_code, street_code, zone_code, elsewhere, address, known_from, size, staff, staff_year', made(), (firm) => {
      const { searchName, initials } = findable(firm)
      return [[firm.id, firm.creditCode, firm.kind, firm.name, searchName, initials, firm.industry, firm.class, firm.department, 'valid', registrant, firm.at, false, firm.districtCode, firm.streetCode, firm.zoneCode, firm.second !== null, firm.address, '2020-01-01', firm.size, firm.staff, 2019]]
    })
    say('firms')
    await copy(client, 'enterprises.workplaces', 'id, enterprise_id, name, scene, address, added_at, opened_on, district_code, street_code, zone_code, department', made(), (firm) => [
      [firm.placeId, firm.id, '经营场所', firm.scene, firm.address, firm.at, '2020-01-01', firm.districtCode, firm.streetCode, firm.zoneCode, firm.department],
      ...(firm.second ? [[firm.second.id, firm.id, '第二处', firm.scene, firm.address, firm.at, '2020-01-01', firm.second.district, firm.second.street, null, firm.department]] : []),
    ])
    say('workplaces')
    await withoutIndexes(client, 'enterprises.grams', () => copy(client, 'enterprises.grams', 'gram, place_id, enterprise_id, district_code, street_code, zone_code, department, registered_at', made(), (firm) => {
      const { pieces } = findable(firm)
      return [
        ...pieces.map((piece) => [piece, firm.id, firm.id, firm.districtCode, firm.streetCode, firm.zoneCode, firm.department, firm.at]),
        ...(firm.second ? pieces.map((piece) => [piece, firm.second!.id, firm.id, firm.second!.district, firm.second!.street, null, firm.department, firm.at]) : []),
      ]
    }))
    say('pieces')
    if (declarations) {
      const emergency = (await client.query<{ id: string; kind: string }>('select id, kind from emergencies.emergencies order by begun_at limit 1')).rows[0]!
      await withoutIndexes(client, 'declarations.declarations', () => copy(client, 'declarations.declarations', DECLARATION_COLUMNS, madeDeclarations(made(), { firms, declarations, seed, emergency, registrant }), (row) => [row]))
      say('declarations')
    }
  } finally {
    await client.query('set session_replication_role = origin')
  }
  await client.query('vacuum analyze')
  say('analysed')
}
async function placesOf(client: pg.Client): Promise<Place[]> {
  const rows = (await client.query<{ code: string; kind: string; parent: string; hosts: string[]; name: string }>("select code, kind, parent, hosts, name_zh as name from areas.areas where kind in ('district', 'devZone', 'street') order by code")).rows
  return rows.filter((row) => row.kind === 'district').map(({ code, name }) => ({
    district: code, name: name.replace(/[区县市]$/, ''), streets: rows.filter((row) => row.kind === 'street' && row.parent === code).map((row) => row.code), zones: rows.filter((row) => row.kind === 'devZone' && row.hosts.includes(code)).map((row) => row.code),
  }))
}

type Firm = MadeFirm & { kind: string; class: string; industry: string; size: string; staff: number; scene: string; address: string; at: string; placeId: string; second: { id: string; district: string; street: string } | null }
/** Firms one after the other; the same seed makes the same ones. */
export function* madeFirms(count: number, { places, industries, seed = 7 }: { places: readonly Place[]; industries: ReadonlySet<string>; seed?: number }): Generator<Firm> {
  const pick = random(seed)
  const one = <T>(from: readonly T[]): T => from[pick(from.length)]!
  const drawn = (shares: readonly number[]) => { const lots = shares.flatMap((share, at) => Array<number>(share).fill(at)); return () => one(lots) }
  const [placeOf, tradeOf, headOf, classOf, sizeOf, sceneOf] = [SHARES, trades.map((trade) => trade[3]), [30, 25, 20, 25], [90, 7, 3], [50, 25, 6, 2, 17], [35, 40, 15, 6, 4]].map(drawn) as [() => number, () => number, () => number, () => number, () => number, () => number]
  const signs = [...characters]
  for (let no = 0; no < count; no++) {
    const place = places[placeOf() % places.length]!
    const [word, industry, department] = trades[tradeOf()]!
    const trader = pick(100) < 30
    const head = headOf()
    const brand = Array.from({ length: 2 + pick(2) }, () => one(signs)).join('')
    const name = `${['贵阳', '贵州', place.name, ''][head]!}${brand}${word}${trader ? one(traderForms) : one(companyForms)}`
    const street = one(place.streets)
    const zone = place.zones.length && pick(100) < 20 ? one(place.zones) : null
    const at = BEGIN + Math.floor((no / count) * 260 * DAY)
    const other = pick(100) < 8 ? places[pick(places.length)]! : undefined
    yield {
      id: idOf(at, 1, no), placeId: idOf(at, 2, no), creditCode: codeOf(place.district, no), name, kind: trader ? 'trader' : 'company', class: ['general', 'firstBatch', 'vital'][classOf()]!,
      industry: industries.has(industry) ? industry : 'F', department, districtCode: place.district, streetCode: street, zoneCode: zone,
      size: ['micro', 'small', 'medium', 'large', 'undetermined'][sizeOf()]!, staff: 1 + pick(300), scene: ['office', 'commercial', 'park', 'site', 'residential'][sceneOf()]!,
      address: `${place.name}${one(roads)} ${1 + pick(400)} 号`, at: new Date(at).toISOString(),
      second: other && other.district !== place.district ? { id: idOf(at, 3, no), district: other.district, street: one(other.streets) } : null,
    }
  }
}
/** A UUIDv7 that counts: ids sort by time, as those made by the server do. */
function idOf(at: number, kind: number, no: number): string {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind.toString(16).padStart(3, '0')}-8000-${no.toString(16).padStart(12, '0')}`
}
/** A sound credit code of the district, made from a number. */
function codeOf(district: string, no: number): string {
  const body = `MA${(no * 7_919 % 1_679_616).toString(36).toUpperCase().padStart(4, '0').replace(/[IOSVZ]/g, (letter) => String('IOSVZ'.indexOf(letter)))}${(no % 97).toString().padStart(2, '0')}`
  const unique = `${body.slice(0, 2)}${(no + 100_000).toString().slice(-6)}`
  const first = `9${no % 3 === 0 ? '2' : '1'}${district}${no < 900_000 ? unique : body}`
  const first17 = first + expectedOrganisationDigit(first.slice(8))
  return first17 + expectedCheckDigit(first17)
}

const DECLARATION_COLUMNS = 'id, state, enterprise_id, enterprise_name, name_key, credit_code, industry_code, enterprise_class, workplace_id, workplace_name, scene, address, district_code, street_code, zone_code, department_key, emergency_id, emergency_kind, sample, form_version, planned_date, headcount, answers, level, procedure, due_at, overdue_outcome, submitted_at, submitted_by, decided_at, certificate_id, certificate_number, created_at, changed_side, changed_at'
const STATES = ['filed', 'underReview', 'returned', 'siteCheckPending', 'draft', 'rejected', 'withdrawn'] as const
function* madeDeclarations(all: Iterable<Firm>, { firms, declarations, seed, emergency, registrant }: { firms: number; declarations: number; seed: number; emergency: { id: string; kind: string }; registrant: string }): Generator<Value[]> {
  const pick = random(seed + 1)
  let no = 0
  for (const firm of all) {
    // Every firm has its share of them; only the last of a workplace may still be open.
    const until = Math.floor(((Number.parseInt(firm.id.slice(-12), 16) + 1) / firms) * declarations)
    for (; no < until; no++) {
      const last = no === until - 1
      const roll = pick(1000)
      const state = roll < 780 ? 'filed' : last ? STATES[1 + pick(6)]! : roll < 860 ? 'rejected' : 'withdrawn'
      const at = Date.parse('2020-02-10T00:00:00Z') + Math.floor((no / declarations) * 14 * DAY) + pick(3_600_000)
      const [made, later] = [new Date(at).toISOString(), new Date(at + 3_600_000 * (1 + pick(40))).toISOString()]
      const waits = state === 'underReview' || state === 'siteCheckPending'
      const filed = state === 'filed'
      const sent = state !== 'draft'
      yield [
        idOf(at, 4, no), state, firm.id, firm.name, searchKey(firm.name), firm.creditCode, firm.industry, firm.class, firm.placeId, '经营场所', firm.scene, firm.address, firm.districtCode, firm.streetCode, firm.zoneCode, `${firm.districtCode}/${firm.department}`,
        emergency.id, emergency.kind, false, 1, '2020-02-26', firm.staff, ANSWERS, sent ? 'low' : null, sent ? (waits ? 'review' : 'effective') : null, waits ? later : null, waits ? 'accept' : null, sent ? made : null, sent ? registrant : null,
        filed || state === 'rejected' ? later : null, filed ? idOf(at, 5, no) : null, filed ? `GY-2020-${String(no).padStart(8, '0')}` : null, made, 'firm', later,
      ]
    }
  }
}
const ANSWERS = JSON.stringify({ leaderGroup: true, duties: '厂长总负责，班组长排查，后勤管物资和消毒', reporting: true, emergency: true, screening: true, keyAreaReturnees: 0, ppeDays: 7, masks: 2000, thermometers: 6, isolationPlace: '办公楼一层东侧', disinfection: true })

type Value = string | number | boolean | null
/** Copies rows, some made from each thing, in batches of text. */
async function copy<T>(client: pg.Client, table: string, columns: string, things: Iterable<T>, rowsOf: (thing: T) => Value[][]): Promise<void> {
  const lines = function* () {
    let text = ''
    for (const thing of things) {
      for (const row of rowsOf(thing)) text += `${row.map(cell).join('\t')}\n`
      if (text.length > 262_144) { yield text; text = '' }
    }
    if (text) yield text
  }
  await pipeline(Readable.from(lines(), { objectMode: false, highWaterMark: 1 << 20 }), client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
}
const cell = (value: Value): string => (value === null ? '\\N' : typeof value === 'string' ? value.replace(/[\\\t\n\r]/g, (sign) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign]!) : String(value))
/** Takes the indexes of a table away and builds them again after the work; constraints stay. */
async function withoutIndexes(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const indexes = (await client.query<{ name: string; text: string }>('select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)', [table])).rows
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  try {
    await work()
  } finally {
    for (const { text } of indexes) await client.query(text)
  }
}
