// Endpoints of notices.
import { listNotices, listSentNotices, readAllNotices, readNotice } from '@fugong/contract/notices'
import { countNotices, getPreferences, listNoticeLog, setPreferences } from '@fugong/contract/notices.log'
import { addRobot, changeRobot, listRobots, removeRobot, testRobot } from '@fugong/contract/notices.robots'
import { decideTemplate, listTemplates, proposeTemplate, templateHistory } from '@fugong/contract/notices.templates'
import { elevated } from '../../base/context.ts'
import { route, type Module } from '../../base/routes.ts'
import { listInbox, listSent, markAll, markNoticeRead } from './actions.ts'
import { noticeCounts, noticeLog } from './log.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { preferencesOf, setPreferencesOf } from './preferences.actions.ts'
import { addRobotOf, changeRobotOf, listRobotsOf, removeRobotOf, testRobotOf, type RobotOptions } from './robots.actions.ts'
import { decideTemplateOf, listTemplatesOf, proposeTemplateOf, templateHistoryOf } from './templates.actions.ts'

/** Robots lie outside of every scope: their verb is checked, then they are reached `elevated`. */
export function noticesModule(options: RobotOptions): Module {
  return {
    name: 'notices',
    routes: [
      route(listNotices, listInbox), route(readNotice, markNoticeRead), route(readAllNotices, markAll), route(listSentNotices, listSent),
      route(getPreferences, preferencesOf), route(setPreferences, setPreferencesOf), route(listNoticeLog, noticeLog), route(countNotices, noticeCounts),
      route(listTemplates, listTemplatesOf), route(templateHistory, templateHistoryOf), route(proposeTemplate, proposeTemplateOf), route(decideTemplate, decideTemplateOf),
      route(listRobots, (ctx) => elevated(ctx, listRobotsOf)), route(addRobot, (ctx, input) => elevated(ctx, (system) => addRobotOf(system, options, input))),
      route(changeRobot, (ctx, input) => elevated(ctx, (system) => changeRobotOf(system, options, input))), route(removeRobot, (ctx, input) => elevated(ctx, (system) => removeRobotOf(system, input))),
      route(testRobot, (ctx, input) => elevated(ctx, (system) => testRobotOf(system, options, input))),
    ],
    verbs, scopes, constraints,
  }
}
