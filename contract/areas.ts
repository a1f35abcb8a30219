// Administrative areas of the city and its development zones, as the wire shows them.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Line, Nullable, PUBLIC, Strict, endpoint } from './base.ts'

/** `devZone` 开发区 has a code of its own and lies in host districts; risk levels follow the district, review follows the zone. */
export const areaKinds = ['province', 'city', 'district', 'devZone', 'street', 'community'] as const
export const AreaKind = Code(areaKinds)
export type AreaKind = (typeof areaKinds)[number]

export const Area = Type.Object({
  code: Type.String(),
  kind: AreaKind,
  name: Bilingual,
  parent: Nullable(Type.String()),
  /** Districts in which a development zone lies. */
  hosts: Type.Array(Type.String()),
  sample: Type.Boolean(),
})
export type Area = Static<typeof Area>

/** All areas of the city but communities; `parent` asks for the children of one area, communities included, and whether the caller may add one (`addCommunity`). */
export const listAreas = endpoint({
  method: 'GET', path: '/api/areas', verb: PUBLIC, summary: 'Areas of the city',
  query: Strict({ parent: Type.Optional(AreaCode) }),
  returns: Type.Object({ items: Type.Array(Area), can: Type.Array(Type.String()) }),
})

export const AddCommunity = Strict({ street: AreaCode, code: Type.String({ pattern: '^\\d{12}$', issue: 'format' }), name: Strict({ zh: Line(40), en: Line(80) }) })
export const addCommunity = endpoint({
  method: 'POST', path: '/api/areas/communities', verb: 'area.add_community', summary: 'A street creates a community',
  body: AddCommunity, returns: Area, problems: ['areas.code_taken', 'areas.not_a_street', 'not_found'],
})

/** The district's six digits of a street or community code; a district or zone code is its own. */
export function districtOf(code: string): string {
  return code.slice(0, 6)
}
