// Endpoints of forms: the public one that shows a form in force, and those of the people who write forms and the dictionary.
import { getForm } from '@fugong/contract/forms'
import { getBurden } from '@fugong/contract/forms.burden'
import { decideDraft, discardDraft, exportDraft, exportVersion, getDraft, getFieldHistory, getFormVersion, listDrafts, listFields, listFormVersions, openDraft, proposeDraft, readXlsform, reopenDraft, saveDraft } from '@fugong/contract/forms.edit'
import { route, uploadRoute, type Module } from '../../base/routes.ts'
import { getFormOf } from './actions.ts'
import { getBurdenOf } from './burden.actions.ts'
import { getFieldHistoryOf, listFieldsOf } from './dictionary.actions.ts'
import { decide, discard, get, getVersion, listDraftsOf, open, propose, reopen, save } from './drafts.actions.ts'
import { constraints, recordVerbs, scopes, verbs } from './policy.ts'
import { exportDraftOf, exportVersionOf, readFile } from './xlsform.actions.ts'
import { listFormVersionsOf } from './versions.actions.ts'

export const forms: Module = {
  name: 'forms',
  routes: [
    route(getForm, getFormOf), route(listFormVersions, listFormVersionsOf), route(getFormVersion, getVersion), route(listFields, listFieldsOf), route(getFieldHistory, getFieldHistoryOf),
    route(listDrafts, listDraftsOf), route(openDraft, open), route(getDraft, get), route(saveDraft, save), route(proposeDraft, propose), route(reopenDraft, reopen), route(discardDraft, discard), route(decideDraft, decide),
    route(exportVersion, exportVersionOf), route(exportDraft, exportDraftOf), uploadRoute(readXlsform, readFile), route(getBurden, getBurdenOf),
  ],
  verbs, recordVerbs, scopes, constraints,
}
