// The API described as OpenAPI 3.1, from the same endpoints that the server parses and answers by.
import { FILE, Issue, PUBLIC } from '@fugong/contract/base'
import { problems, type ProblemCode } from '@fugong/contract/problems'
import type { Route } from './base/routes.ts'

const ALWAYS: ProblemCode[] = ['validation.failed', 'request.malformed', 'request.too_many', 'server.failed', 'database.unavailable']

/** An OpenAPI 3.1 document as plain JSON. */
export function describeApi(routes: readonly Route[], server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { endpoint } of routes) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    const place = (schema: { properties?: Record<string, unknown>; required?: string[] } | undefined, where: 'path' | 'query') =>
      Object.entries(schema?.properties ?? {}).map(([name, property]) => ({ name, in: where, required: where === 'path' || (schema?.required ?? []).includes(name), schema: property }))
    const content = (schema: unknown) => (schema === FILE ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } : { 'application/json': { schema } })
    ;(paths[path] ??= {})[endpoint.method.toLowerCase()] = {
      summary: endpoint.summary,
      'x-verb': endpoint.verb,
      parameters: [...place(endpoint.params, 'path'), ...place(endpoint.query, 'query')],
      ...(endpoint.body ? { requestBody: { required: true, content: endpoint.body === FILE ? { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } } } : content(endpoint.body) } } : {}),
      responses: {
        200: { description: endpoint.summary, content: content(endpoint.returns) },
        default: { description: `Problems: ${[...ALWAYS, ...(endpoint.verb === PUBLIC ? [] : (['session.required', 'session.forbidden'] as const)), ...(endpoint.problems ?? [])].join(', ')}`, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Fugong 复工', version: '0.1.0', description: 'Work resumption of a city in an emergency' },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object', required: ['type', 'title', 'status', 'code', 'params', 'requestId'],
          properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string', enum: Object.keys(problems) }, params: { type: 'object' }, requestId: { type: 'string' }, issues: { type: 'array', items: Issue } },
        },
      },
    },
  }
}
