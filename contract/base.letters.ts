// Dead letters: jobs and deliveries of events that were given up after their last try and wait for an administrator.
import { Type, type Static } from 'typebox'
import { Code, Done, Id, Paged, Para, Strict, endpoint, pageQuery } from './base.ts'

/** `name` is the job, or the subscriber that did not receive an event; `reference` the id of the job or the event; `error` the kind of failure, never its text. */
export const DeadLetter = Type.Object({ id: Type.String(), kind: Code(['job', 'event']), name: Type.String(), reference: Type.String(), error: Type.String(), at: Type.String() })
export type DeadLetter = Static<typeof DeadLetter>
export const listDeadLetters = endpoint({ method: 'GET', path: '/api/system/dead-letters', verb: 'system.read', summary: 'Jobs and deliveries that were given up, newest first', query: Strict({ ...pageQuery }), returns: Paged(DeadLetter) })
export const retryDeadLetter = endpoint({ method: 'POST', path: '/api/system/dead-letters/:id/retry', verb: 'system.settle', summary: 'Try again', params: Strict({ id: Id }), returns: Done, problems: ['not_found'] })
export const settleDeadLetter = endpoint({ method: 'POST', path: '/api/system/dead-letters/:id/settle', verb: 'system.settle', summary: 'Mark as settled without another try', params: Strict({ id: Id }), body: Strict({ reason: Para(300) }), returns: Done, problems: ['not_found'] })
