// Writing forms and the dictionary of fields: versions, drafts that several may write on, and publication by a second person.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, FILE, Id, Issue, Nullable, OptionalLine, Para, Strict, endpoint } from './base.ts'
import { DictionaryField, dictionaryCode } from './fields.ts'
import { AppliesTo, Form, formCode } from './forms.ts'

const Kind = Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' })
export const FormTitle = Type.Object({
  id: Type.String(), code: Type.String(), version: Type.Integer(), kind: Nullable(Type.String()), name: Bilingual, areaCode: Type.String(), effectiveFrom: Type.String(),
  pack: Nullable(Type.String()), appliesTo: Nullable(AppliesTo), fields: Type.Integer(), addedAt: Type.String(), inForce: Type.Boolean(),
})
export type FormTitle = Static<typeof FormTitle>
export const Hint = Type.Object({ path: Type.String(), kind: Code(['known', 'alike', 'asked']), dict: Type.String(), forms: Type.Optional(Type.Array(Type.String())) })

export const listFormVersions = endpoint({
  method: 'GET', path: '/api/form-versions', verb: 'form.read', summary: 'Forms with all their versions',
  returns: Type.Object({ items: Type.Array(FormTitle), can: Type.Array(Type.String()) }),
})
export const getFormVersion = endpoint({
  method: 'GET', path: '/api/form-versions/:id', verb: 'form.read', summary: 'One version of a form with its sisters',
  params: Strict({ id: Id }), returns: Type.Object({ title: FormTitle, form: Form, versions: Type.Array(FormTitle), hints: Type.Array(Hint), can: Type.Array(Type.String()) }), problems: ['not_found'],
})

export const draftStates = ['draft', 'proposed', 'published', 'rejected', 'discarded'] as const
const draftHead = {
  id: Type.String(), what: Code(['form', 'field']), code: Type.String(), kind: Nullable(Type.String()), state: Code(draftStates), revision: Type.Integer(), name: Nullable(Bilingual),
  areaCode: Type.String(), baseVersion: Nullable(Type.Integer()), changedBy: Type.String(), changedAt: Type.String(), note: Nullable(Type.String()), proposedBy: Nullable(Type.String()), proposedAt: Nullable(Type.String()),
  decidedBy: Nullable(Type.String()), decidedAt: Nullable(Type.String()), decisionNote: Nullable(Type.String()), publishedVersion: Nullable(Type.Integer()),
}
export const DraftTitle = Type.Object(draftHead)
export type DraftTitle = Static<typeof DraftTitle>
/** `body` is the document as far as it is written, with whatever is still wrong in it; `before` the version in force that it would follow. */
export const FormDraft = Type.Object({ ...draftHead, body: Type.Unknown(), before: Nullable(Type.Unknown()), faults: Type.Array(Issue), hints: Type.Array(Hint), can: Type.Array(Type.String()) })
export type FormDraft = Static<typeof FormDraft>

export const listDrafts = endpoint({
  method: 'GET', path: '/api/form-drafts', verb: 'form.read', summary: 'Drafts and proposals of forms and dictionary fields, open ones first',
  query: Strict({ what: Type.Optional(Code(['form', 'field'])) }), returns: Type.Object({ items: Type.Array(DraftTitle), can: Type.Array(Type.String()) }),
})
/** From a version (to change it, or to bring an older one back), from a document (an import), or empty with a code of its own. */
export const openDraft = endpoint({
  method: 'POST', path: '/api/form-drafts', verb: 'form.edit', summary: 'Begin a draft',
  body: Strict({ what: Code(['form', 'field']), from: Type.Optional(Id), code: Type.Optional(Type.Union([formCode, dictionaryCode])), kind: Type.Optional(Nullable(Kind)), areaCode: Type.Optional(AreaCode), body: Type.Optional(Type.Unknown()) }),
  returns: FormDraft, problems: ['not_found'],
})
export const getDraft = endpoint({ method: 'GET', path: '/api/form-drafts/:id', verb: 'form.read', summary: 'One draft with its faults and hints', params: Strict({ id: Id }), returns: FormDraft, problems: ['not_found'] })
const onRevision = { revision: Type.Integer({ minimum: 1 }) }
const deed = { params: Strict({ id: Id }), returns: FormDraft } as const
const refused = ['not_found', 'conflict.changed', 'forms.draft_closed'] as const
/** What is wrong in it is told and kept all the same; a form is rarely right half-way. */
export const saveDraft = endpoint({ method: 'PUT', path: '/api/form-drafts/:id', verb: 'form.edit', summary: 'Save a draft as it stands', ...deed, body: Strict({ ...onRevision, body: Type.Unknown() }), problems: [...refused] })
export const proposeDraft = endpoint({ method: 'POST', path: '/api/form-drafts/:id/propose', verb: 'form.edit', summary: 'Hand a draft to a second person', ...deed, body: Strict({ ...onRevision, note: Para(500) }), problems: [...refused, 'forms.faulty'] })
export const reopenDraft = endpoint({ method: 'POST', path: '/api/form-drafts/:id/reopen', verb: 'form.edit', summary: 'Take a proposal back to write on', ...deed, body: Strict(onRevision), problems: [...refused] })
export const discardDraft = endpoint({ method: 'POST', path: '/api/form-drafts/:id/discard', verb: 'form.edit', summary: 'Give a draft up; it stays on record', ...deed, body: Strict(onRevision), problems: [...refused] })
export const decideDraft = endpoint({
  method: 'POST', path: '/api/form-drafts/:id/decision', verb: 'form.publish', summary: 'Publish or refuse what another person wrote', ...deed,
  body: Strict({ ...onRevision, publish: Type.Boolean(), note: Para(500) }), problems: [...refused, 'forms.faulty', 'forms.second_person_needed', 'forms.not_proposed'],
})

export const DictionaryRow = Type.Object({ field: DictionaryField, id: Type.String(), inForce: Type.Boolean(), forms: Type.Array(Type.String()) })
export type DictionaryRow = Static<typeof DictionaryRow>
/** The newest version of each field in force or to come; `forms` are the forms in force that ask for it. */
export const listFields = endpoint({
  method: 'GET', path: '/api/fields', verb: 'form.read', summary: 'The dictionary of fields',
  query: Strict({ q: Type.Optional(OptionalLine(60)) }), returns: Type.Object({ items: Type.Array(DictionaryRow), can: Type.Array(Type.String()) }),
})
export const getFieldHistory = endpoint({ method: 'GET', path: '/api/fields/:code', verb: 'form.read', summary: 'All versions of a field of the dictionary, newest first', params: Strict({ code: dictionaryCode }), returns: Type.Object({ items: Type.Array(DictionaryRow), can: Type.Array(Type.String()) }), problems: ['not_found'] })

/** `content` is the xlsx in base64: a form is small, and what it could not hold travels with it. */
const Exported = Type.Object({ name: Type.String(), content: Type.String(), told: Type.Array(Issue) })
export const exportVersion = endpoint({ method: 'GET', path: '/api/form-versions/:id/xlsform', verb: 'form.read', summary: 'A version of a form as XLSForm', params: Strict({ id: Id }), returns: Exported, problems: ['not_found'] })
export const exportDraft = endpoint({ method: 'GET', path: '/api/form-drafts/:id/xlsform', verb: 'form.read', summary: 'A draft of a form as XLSForm', params: Strict({ id: Id }), returns: Exported, problems: ['not_found', 'forms.faulty'] })
/** Nothing is kept: the answer is what a draft may begin with, and what of the file it does not carry. */
export const readXlsform = endpoint({ method: 'POST', path: '/api/form-imports', verb: 'form.edit', summary: 'Read an XLSForm file', body: FILE, returns: Type.Object({ body: Type.Unknown(), told: Type.Array(Issue) }), problems: ['forms.sheet_refused', 'forms.no_survey', 'request.too_large'], perMinute: 30 })
