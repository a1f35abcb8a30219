// R11: ID numbers and phones planted by every road onto a roster; afterwards none stands in clear in data files, the write-ahead log, logs, keys, queues or temporary files.
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listMyEnterprises, getEnterprise } from '@fugong/contract/enterprises'
import { addPerson, changePerson, checkReturns, findInRoster, findPersonFile, listRoster, movePeople, unmaskField } from '@fugong/contract/people'
import { decideEntry, enterSelf, listEntries, makePoster } from '@fugong/contract/people.entries'
import { ROSTER_HEADER, mobile, residentId, rosterRow } from '../../server/test/rosters.ts'
import { importAll, xlsx } from '../../server/test/importing.ts'
import type { City } from '../../server/test/harness.ts'
import { openProofCity } from './city.ts'
import type { Proof } from './proof.ts'

/** Runs of digits that could be planted ones; what is found is looked up, so that nothing is missed and nothing else counts. */
const CANDIDATE = /\d{17}[\dXx]|1[3-9]\d{9}/g
const BESIDE = 64

export async function provePlanted({ figure, broken, long }: Proof): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  try {
    const planted = new Map<string, string>()
    const people = long ? 20_000 : 600
    await plant(city, people, planted)
    const owner = await cluster.asOwner()
    await owner.query('checkpoint').catch(() => owner.query('select 1'))
    // Pages still in memory reach their files; the log holds them in any case.
    const inDatabase = (await owner.query<{ n: number }>('select count(*)::int as n from people.employments')).rows[0]!.n
    await owner.end()
    if (inDatabase < people * 0.97) broken(`only ${inDatabase} of ${people} people were stored: nothing to look for`)
    let [files, bytes] = [0, 0]
    for (const folder of [cluster.folder, city.config.dataDir]) for (const path of everyFile(folder)) {
      files += 1
      bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0
      for (const found of await searchFile(path, planted)) broken(`${planted.get(found)} in clear in ${path.slice(folder.length)}`)
    }
    for (const line of city.log) for (const found of search(line, planted)) broken(`${planted.get(found)} in clear in the log`)
    // What looks for them can find them: the same search over what was sent.
    const probe = search([...planted.keys()].join(' '), planted).size
    if (probe !== planted.size) broken(`the search found ${probe} of ${planted.size} in their own list`)
    figure('R11', 0, 'in clear', `${planted.size} planted ID numbers and phones of ${inDatabase} people, sought in ${files} files (${Math.round(bytes / 1e6)} MB: data, write-ahead log, keys, temporary files) and ${city.log.length} log lines`)
  } finally {
    await close()
  }
}
/** By import (xlsx and CSV, faults among the rows), by hand, by themselves; then read, sought, corrected, moved, unmasked, refused. */
async function plant(city: City, people: number, planted: Map<string, string>): Promise<void> {
  const note = (number: number) => { planted.set(residentId(number), `the ID number of person ${number}`); planted.set(mobile(number), `the phone of person ${number}`) }
  const clerk = await city.contact('13900000102')
  const firm = await clerk.call(getEnterprise, { params: { id: (await clerk.call(listMyEnterprises)).items[0]!.id } })
  const half = Math.floor(people / 2)
  const table = (from: number, to: number) => [ROSTER_HEADER, ...Array.from({ length: to - from }, (_, at) => rosterRow(from + at, (from + at) % 50 === 7 ? { 8: '摸鱼' } : {}))]
  for (let n = 0; n < people + 60; n++) note(n)
  const query = { target: 'people', enterprise: firm.id }
  await importAll(city, clerk, await xlsx(table(0, half)), '花名册.xlsx', query)
  await importAll(city, clerk, Buffer.from(table(half, people + 40).map((row) => row.join(',')).join('\r\n')), '花名册.csv', query)
  const person = (number: number) => ({ name: `样例${number}`, idType: '01' as const, idNumber: residentId(number), phone: mobile(number), address: '北京路 1 号', exposure: [], workplaceId: firm.workplaces[0]!.id, state: 'notReturned' as const })
  const params = { id: firm.id }
  const one = await clerk.call(addPerson, { params, body: person(people + 41) })
  const at = { id: firm.id, employmentId: one.id }
  await clerk.call(changePerson, { params: at, body: { revision: 1, phone: mobile(people + 42), crew: '甲' } })
  await clerk.refused(addPerson, { params, body: { ...person(people + 43), sex: 'unknown', state: 'observing' } })
  await clerk.refused(addPerson, { params, body: { ...person(people + 44), phone: `${mobile(people + 44)}0` } })
  for (const field of ['idNumber', 'phone', 'address'] as const) await clerk.call(unmaskField, { params: at, body: { field, reason: '核对' } })
  await clerk.call(findInRoster, { params, body: { text: residentId(people + 41).slice(-4) } })
  const { items } = await clerk.call(listRoster, { params, query: { limit: 200 } })
  await clerk.call(movePeople, { params, body: { ids: items.slice(0, 20).map(({ id }) => id), to: 'left' } })
  await clerk.call(checkReturns, { params, body: { ids: [one.id] } })
  const poster = await clerk.call(makePoster, { params, body: { workplaceId: firm.workplaces[0]!.id } })
  const token = poster.url!.split('#')[1]!
  for (const number of [people + 45, people + 46, people + 47]) await city.anonymous().call(enterSelf, { body: { token, noticeVersion: 1, agreed: true, formVersion: 1, answers: { name: `自填${number}`, idType: '01', idNumber: residentId(number), phone: mobile(number), exposed: false } } })
  const waiting = (await clerk.call(listEntries, { params })).items
  await clerk.call(decideEntry, { params: { ...params, entryId: waiting[0]!.id }, body: { confirm: true } })
  await clerk.call(decideEntry, { params: { ...params, entryId: waiting[1]!.id }, body: { confirm: false, reason: '填错' } })
  await (await city.as('hanyuxuan')).call(findPersonFile, { body: { idType: '01', idNumber: residentId(people + 41), reason: '流调' } })
  // A number in the address, against all custom: it must not be logged either.
  await clerk.raw({ method: 'GET', url: `/api/enterprises/${firm.id}/roster?crew=${residentId(people + 48)}` })
  await city.work()
}
function* everyFile(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* everyFile(path)
    else if (entry.isFile()) yield path
  }
}
function search(text: string, planted: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>()
  for (const [whole] of text.matchAll(CANDIDATE)) if (planted.has(whole.toUpperCase())) found.add(whole.toUpperCase())
  // A number within a longer run of digits.
  for (const [run] of text.matchAll(/\d{12,}[Xx]?/g)) for (let at = 0; at < run.length; at++) for (const length of [11, 18]) { const part = run.slice(at, at + length).toUpperCase(); if (planted.has(part)) found.add(part) }
  return found
}
/** As bytes, as UTF-16 (every other byte nought), in any of its pieces. */
async function searchFile(path: string, planted: ReadonlyMap<string, string>): Promise<Set<string>> {
  const found = new Set<string>()
  let tail = ''
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const text = tail + chunk.toString('latin1')
      for (const one of search(text, planted)) found.add(one)
      if (/(?:\d\0){11}/.test(text)) for (const one of search(text.replaceAll('\0', ''), planted)) found.add(one)
      tail = text.slice(-BESIDE)
    }
  } catch (error) {
    // Temporary files of the database come and go.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found
}
