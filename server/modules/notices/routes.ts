// Endpoints of notices.
import { listNotices, listSentNotices, readNotice } from '@fugong/contract/notices'
import { route, type Module } from '../../base/routes.ts'
import { listInbox, listSent, markNoticeRead } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const notices: Module = {
  name: 'notices',
  routes: [route(listNotices, listInbox), route(readNotice, markNoticeRead), route(listSentNotices, listSent)],
  verbs, scopes, constraints,
}
