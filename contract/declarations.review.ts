// What a review rests on beside the declaration itself: what changed, the checklist of the scene, appointments and films, appeals.
import { Type, type Static } from 'typebox'
import { Bilingual, Day, Id, Instant, Line, Nullable, Para, Strict, endpoint } from './base.ts'
import { Declaration } from './declarations.ts'
import { Answer, Form } from './forms.ts'

/** One field that differs: what stood there and what stands there now; `code` is a field of the form, or plannedDate, headcount, files, firm.*, workplace.*. */
export const Difference = Type.Object({ code: Type.String(), before: Answer, after: Answer })
export type Difference = Static<typeof Difference>
const Compared = Type.Object({ at: Type.String(), declarationId: Type.String(), items: Type.Array(Difference) })
export const getDifferences = endpoint({
  method: 'GET', path: '/api/declarations/:id/differences', verb: 'declaration.read', summary: 'What changed since the last submission, and since what the firm filed before', params: Strict({ id: Id }),
  /** Null where there is nothing to compare with. */
  returns: Type.Object({ sinceSubmission: Nullable(Compared), sinceLast: Nullable(Compared) }), problems: ['not_found'],
})
export const getChecklist = endpoint({
  method: 'GET', path: '/api/declarations/:id/checklist', verb: 'declaration.read', summary: 'The checklist in force for its area, scene and kind of emergency', params: Strict({ id: Id }), returns: Type.Object({ form: Nullable(Form) }), problems: ['not_found'],
})
/** What upper rooms know of a firm that a reviewer should see: spot checks, inspections. */
export const Earlier = Type.Object({ kind: Type.String(), at: Type.String(), title: Bilingual, text: Nullable(Type.String()), link: Nullable(Type.String()) })
export type Earlier = Static<typeof Earlier>
export const listEarlier = endpoint({
  method: 'GET', path: '/api/declarations/:id/earlier', verb: 'declaration.read', summary: 'Earlier declarations, certificates and inspections of the firm, newest first', params: Strict({ id: Id }), returns: Type.Object({ items: Type.Array(Earlier) }), problems: ['not_found'],
})

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })
export const setVisit = endpoint({
  method: 'POST', path: '/api/declarations/:id/visit', verb: 'declaration.review', summary: 'Make or move the appointment for the site check', params, body: Strict({ revision, at: Instant, who: Line(60) }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'session.own_firm', 'session.forbidden'],
})
export const sendFilm = endpoint({
  method: 'POST', path: '/api/declarations/:id/film', verb: 'declaration.open', summary: 'Hand in a film or photos instead of a visit, where the table allows', params, body: Strict({ revision, fileIds: Type.Array(Id, { minItems: 1, maxItems: 20 }) }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.film_refused'],
})
export const moveDeclaration = endpoint({
  method: 'POST', path: '/api/declarations/:id/move', verb: 'declaration.open', summary: 'Go on at another workplace of the firm, when it has moved during the review; the clock goes on', params, body: Strict({ revision, workplaceId: Id }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.open_exists', 'declarations.no_unit', 'enterprises.workplace_unknown', 'rules.no_row', 'rules.no_table'],
})

export const openAppeal = endpoint({
  method: 'POST', path: '/api/declarations/:id/appeals', verb: 'declaration.open', summary: 'Appeal against a rejection; another unit decides', params, body: Strict({ revision, reason: Para(1000), fileIds: Type.Optional(Type.Array(Id, { maxItems: 10 })) }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.appeal_over', 'declarations.appealed_once', 'declarations.open_exists', 'declarations.no_unit', 'rules.no_table', 'rules.no_row'],
})
export const withdrawAppeal = endpoint({
  method: 'POST', path: '/api/declarations/:id/appeals/withdraw', verb: 'declaration.open', summary: 'Take an appeal back', params, body: Strict({ revision }), returns: Declaration, problems: ['not_found', 'conflict.changed', 'declarations.no_appeal'],
})
export const decideAppeal = endpoint({
  method: 'POST', path: '/api/declarations/:id/appeals/decide', verb: 'declaration.decide_appeal', summary: 'Uphold a rejection or overturn it: back to review, or filed', params,
  body: Strict({ revision, outcome: Type.Unsafe<'uphold' | 'reopen' | 'file'>({ type: 'string', enum: ['uphold', 'reopen', 'file'] }), answer: Para(1000) }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.no_appeal', 'session.own_firm', 'session.forbidden', 'declarations.same_person', 'declarations.place_closed'],
})
/** Lists of gaps beyond the first, by the unit that told them. */
export const countLateLists = endpoint({
  method: 'GET', path: '/api/declaration-late-lists', verb: 'declaration.read', summary: 'How often each unit told gaps a second time, within my scope', query: Strict({ since: Type.Optional(Day) }),
  returns: Type.Object({ items: Type.Array(Type.Object({ unitId: Type.String(), unit: Bilingual, count: Type.Integer(), last: Type.String() })) }),
})
