// People under daily reporting in tests and benches: employments with a bound phone each, put straight into the tables of the health room.
import { randomBytes, randomUUID } from 'node:crypto'
import { tokenOf } from '../modules/health/index.ts'
import type { City } from './harness.ts'
import { connect } from '../base/migrate.ts'

export interface Reporter { employmentId: string; enterpriseId: string; workplaceId: string; bindingId: string; token: string }
/** Binds `count` fictional people at the first workplace of the sample's firms, in turns. */
export async function bindPeople(city: City, count: number, facts: { originLevel?: string; observed?: boolean; exposed?: boolean; missed?: number } = {}): Promise<Reporter[]> {
  const owner = await connect(city.database.owner)
  try {
    const places = (await owner.query<{ id: string; enterprise_id: string; district_code: string; street_code: string; zone_code: string | null; department_key: string | null }>('select w.id, w.enterprise_id, w.district_code, w.street_code, w.zone_code, e.department_key from enterprises.workplaces w join enterprises.enterprises e on e.id = w.enterprise_id order by w.id')).rows
    const emergency = (await owner.query<{ id: string; kind: string }>('select id, kind from emergencies.emergencies where ended_at is null order by id limit 1')).rows[0]!
    const people = Array.from({ length: count }, (_, i) => {
      const place = places[i % places.length]!
      const bindingId = randomUUID()
      return { place, reporter: { employmentId: randomUUID(), enterpriseId: place.enterprise_id, workplaceId: place.id, bindingId, token: tokenOf(bindingId, (text) => city.system_.services.sealer.blind('binding', text)) } }
    })
    for (let from = 0; from < people.length; from += 5000) {
      const part = people.slice(from, from + 5000)
      const of = (value: (one: (typeof people)[number]) => string | null) => part.map(value)
      await owner.query(`insert into health.subjects (employment_id, person_id, enterprise_id, workplace_id, district_code, street_code, zone_code, department_key, emergency_id, emergency_kind, origin_level, observed, exposed, missed)
        select *, $8::uuid, $9, $10, $11, $12, $13 from unnest($1::uuid[], $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])`,
      [of((one) => one.reporter.employmentId), of((one) => one.reporter.enterpriseId), of((one) => one.reporter.workplaceId), of((one) => one.place.district_code), of((one) => one.place.street_code), of((one) => one.place.zone_code), of((one) => one.place.department_key), emergency.id, emergency.kind, facts.originLevel ?? 'none', facts.observed ?? false, facts.exposed ?? false, facts.missed ?? 0])
      await owner.query(`insert into health.bindings (id, device_id, employment_id, enterprise_id, person_id, relation, notice_version, created_at) select b, b, e, f, e, 'self', 1, now() from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as g (b, e, f)`,
        [of((one) => one.reporter.bindingId), of((one) => one.reporter.employmentId), of((one) => one.reporter.enterpriseId)])
    }
    return people.map((one) => one.reporter)
  } finally {
    await owner.end()
  }
}
/** A phone for somebody of a roster who is monitored already. */
export async function bindEmployment(city: City, employmentId: string): Promise<Reporter> {
  const owner = await connect(city.database.owner)
  try {
    const bindingId = randomUUID()
    const subject = (await owner.query<{ enterprise_id: string; workplace_id: string; person_id: string }>('select enterprise_id, workplace_id, person_id from health.subjects where employment_id = $1', [employmentId])).rows[0]!
    await owner.query(`insert into health.bindings (id, device_id, employment_id, enterprise_id, person_id, relation, notice_version, created_at) values ($1, $1, $2, $3, $4, 'self', 1, now())`, [bindingId, employmentId, subject.enterprise_id, subject.person_id])
    return { employmentId, enterpriseId: subject.enterprise_id, workplaceId: subject.workplace_id, bindingId, token: tokenOf(bindingId, (text) => city.system_.services.sealer.blind('binding', text)) }
  } finally {
    await owner.end()
  }
}
/** Sends a report over HTTP; answers status and body. */
export async function reportFor(city: City, who: Reporter, answers: object = { temperature: 36.5 }, day = '2020-02-24', slot: 1 | 2 = 1) {
  const answer = await city.http.inject({ method: 'POST', url: '/api/health/reports', headers: { authorization: `Bearer ${who.token}` }, payload: { key: `${day.replaceAll('-', '')}${slot}-${randomBytes(16).toString('base64url')}`, day, slot, answers } })
  return { status: answer.statusCode, body: answer.json<{ code?: string; level: string; number: string }>() }
}
