// Endpoints of notices.
import { listNotices, listSentNotices, readAllNotices, readNotice } from '@fugong/contract/notices'
import { decideTemplate, listTemplates, proposeTemplate, templateHistory } from '@fugong/contract/notices.templates'
import { route, type Module } from '../../base/routes.ts'
import { listInbox, listSent, markAll, markNoticeRead } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { decideTemplateOf, listTemplatesOf, proposeTemplateOf, templateHistoryOf } from './templates.actions.ts'

export const notices: Module = {
  name: 'notices',
  routes: [
    route(listNotices, listInbox), route(readNotice, markNoticeRead), route(readAllNotices, markAll), route(listSentNotices, listSent),
    route(listTemplates, listTemplatesOf), route(templateHistory, templateHistoryOf), route(proposeTemplate, proposeTemplateOf), route(decideTemplate, decideTemplateOf),
  ],
  verbs, scopes, constraints,
}
