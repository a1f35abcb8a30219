// Robots of a unit's group in DingTalk or WeCom: who has one, what it hears of, whether it answers.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Done, Id, Line, Nullable, Strict, endpoint } from './base.ts'
import { noticeKinds } from './notices.templates.ts'

export const robotFormats = ['dingtalk', 'wecom'] as const
/** Address and secret are never told again: only the host and whether there is a secret. */
export const Robot = Type.Object({
  id: Type.String(), unitId: Type.String(), unit: Bilingual, name: Type.String(), format: Code(robotFormats), host: Type.String(), signed: Type.Boolean(), language: Code(['zh', 'en']), kinds: Type.Array(Code(noticeKinds)),
  active: Type.Boolean(), stoppedAt: Nullable(Type.String()), restUntil: Nullable(Type.String()), revision: Type.Integer(), waiting: Type.Integer(), sent: Type.Integer(), failed: Type.Integer(),
})
export type Robot = Static<typeof Robot>
const Url = Type.String({ pattern: '^https?://[^\\s]{4,500}$', maxLength: 500, issue: 'robot_url' })
const Secret = Type.String({ minLength: 8, maxLength: 200, pattern: '^[\\x21-\\x7e]+$', issue: 'robot_secret' })
const settings = { name: Line(40), format: Code(robotFormats), language: Code(['zh', 'en']), kinds: Type.Array(Code(noticeKinds), { minItems: 1, uniqueItems: true, maxItems: noticeKinds.length }), active: Type.Boolean() }
export const AddRobot = Strict({ ...settings, unitId: Id, url: Url, secret: Nullable(Secret) })
/** `url` and `secret` left out stay as they are; a secret of null is taken away. */
export const ChangeRobot = Strict({ ...settings, url: Type.Optional(Url), secret: Type.Optional(Nullable(Secret)), revision: Type.Integer() })
export const listRobots = endpoint({ method: 'GET', path: '/api/notices/robots', verb: 'notice.administer', summary: 'Robots of units and whether they answer', returns: Type.Object({ items: Type.Array(Robot) }) })
export const addRobot = endpoint({ method: 'POST', path: '/api/notices/robots', verb: 'notice.administer', summary: 'Give a unit a robot', body: AddRobot, returns: Robot, problems: ['notices.robots_full'] })
export const changeRobot = endpoint({ method: 'PUT', path: '/api/notices/robots/:id', verb: 'notice.administer', summary: 'Change a robot', params: Strict({ id: Id }), body: ChangeRobot, returns: Robot, problems: ['not_found', 'notices.robot_changed'] })
export const removeRobot = endpoint({ method: 'POST', path: '/api/notices/robots/:id/remove', verb: 'notice.administer', summary: 'Take a robot away; what waits for it is given up', params: Strict({ id: Id }), body: Strict({ revision: Type.Integer() }), returns: Done, problems: ['not_found', 'notices.robot_changed'] })
/** The answer says what the robot answered: `errcode` of its provider, or why nothing was posted. */
export const RobotTest = Type.Object({ ok: Type.Boolean(), why: Nullable(Code(['address', 'no_answer', 'refused', 'too_many'])), code: Nullable(Type.Integer()) })
export const testRobot = endpoint({ method: 'POST', path: '/api/notices/robots/:id/test', verb: 'notice.administer', summary: 'Post a test message to a robot', params: Strict({ id: Id }), body: Strict({}), returns: RobotTest, perMinute: 6, problems: ['not_found'] })
