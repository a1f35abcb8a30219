// The API description covers every route, with its verb, and refers to nothing that is not there.
import { expect, test } from 'vitest'
import { buildHouse } from './app.ts'
import { outboxPoster } from './base/outgoing.ts'
import { describeApi } from './openapi.ts'

const { routes } = buildHouse({ sampleCity: false, city: '520100', publicUrl: 'https://fugong.test', filesFolder: '/nowhere', importsFolder: '/nowhere', exportsFolder: '/nowhere', printsFolder: '/nowhere', sms: { send: async () => {} }, poster: outboxPoster(() => {}), messages: () => [] })
const api = describeApi(routes, 'https://fugong.test') as { openapi: string; paths: Record<string, Record<string, { 'x-verb': string; parameters: { name: string; in: string; required: boolean }[]; responses: Record<string, unknown> }>>; components: { schemas: Record<string, unknown> } }

test('every route is described once', () => {
  expect(api.openapi).toBe('3.1.0')
  expect(Object.values(api.paths).flatMap((path) => Object.keys(path))).toHaveLength(routes.length)
})
test('addresses name their parameters', () => {
  for (const [path, methods] of Object.entries(api.paths)) for (const operation of Object.values(methods)) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
    expect(operation.parameters.filter((one) => one.in === 'path').map((one) => one.name), path).toEqual(named)
  }
})
test('every operation says which right it needs', () => {
  for (const methods of Object.values(api.paths)) for (const operation of Object.values(methods)) expect(operation['x-verb']).toMatch(/^[a-z-]+(\.[a-z_]+)?$/)
})
test('references lead somewhere', () => {
  for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(api.components.schemas).toHaveProperty(name!)
})
