// Alerts, the matters of firms, appeals and outbreaks as kinds of cases: their machines as data, and their words. No title names a person.
import type { Ctx } from '../../base/context.ts'
import type { CaseSubject } from '@fugong/contract/cases'
import type { CaseDeed, CaseKind } from '../cases/index.ts'

export const ALERT = 'healthAlert'
export const MATTER = 'healthMatter'
export const APPEAL = 'colourAppeal'
export const OUTBREAK = 'outbreak'
type Machine = Omit<CaseKind, 'describe' | 'decide' | 'onBreach'>
const deed = (zh: string, en: string, from: string[], to: CaseDeed['to'], who: CaseDeed['who'], more: Partial<CaseDeed> = {}): CaseDeed => ({ name: { zh, en }, from, to, who, ...more })
const ended = (zh: string, en: string) => ({ name: { zh, en }, waitingFor: 'none' as const })
const office = (zh: string, en: string) => ({ name: { zh, en }, waitingFor: 'office' as const })

const alertMachine: Machine = {
  code: ALERT, name: { zh: '健康预警', en: 'Health alert' }, opens: 'open', verb: 'alert.follow',
  states: { open: office('待响应', 'Waiting'), following: office('处置中', 'Followed up'), observing: office('观察中', 'Under observation'), released: ended('已解除', 'Released'), lifted: ended('判定已改变', 'The colour was changed') },
  deeds: {
    respond: deed('响应', 'Respond', ['open'], 'following', 'unit'),
    observe: deed('开始观察', 'Begin the observation', ['open', 'following'], 'observing', 'unit'),
    release: deed('解除', 'Release', ['following', 'observing'], 'released', 'unit', { needs: ['reason'] }),
    lift: deed('判定已改变', 'The colour was changed', ['open', 'following', 'observing'], 'lifted', 'clock'),
  },
  stepEnds: 'lead', responds: 'deed', pauses: {},
  events: { stepDone: { zh: '办结一步', en: 'A step was done' }, stepLate: { zh: '一步已逾时', en: 'A step is late' }, traced: { zh: '从名册列出接触的人 {count} 人', en: '{count} people met were listed from the roster' }, levelChanged: { zh: '判定有变', en: 'The colour changed' }, observationOver: { zh: '观察期已满', en: 'The observation is over' }, peopleObserved: { zh: '接触的人中 {count} 人开始观察', en: '{count} people met are under observation' } },
}
const matterMachine: Machine = {
  code: MATTER, name: { zh: '员工情况核实', en: 'An employee to be looked after' }, opens: 'waiting', verb: 'alert.follow',
  states: { waiting: { name: { zh: '待企业核实', en: 'Waiting for the firm' }, waitingFor: 'firm' }, answered: ended('企业已核实', 'The firm has answered'), lapsed: ended('情况已恢复', 'No longer needed'), raised: ended('转为预警', 'Became an alert') },
  deeds: { answer: deed('反馈核实情况', 'Answer', ['waiting'], 'answered', 'firm'), lapse: deed('情况已恢复', 'No longer needed', ['waiting'], 'lapsed', 'clock'), raise: deed('转为预警', 'Becomes an alert', ['waiting'], 'raised', 'clock') },
  stepEnds: 'lead', responds: 'deed', pauses: {},
  events: { stepLate: { zh: '企业逾时未核实', en: 'The firm is late' } },
}
const appealMachine: Machine = {
  code: APPEAL, name: { zh: '健康判定申诉', en: 'Appeal against a colour' }, opens: 'waiting', verb: 'alert.follow',
  states: { waiting: office('待另一人办理', 'Waiting for another person'), upheld: ended('维持', 'Upheld'), changed: ended('改判', 'Changed'), relieved: ended('逾期解除', 'Lifted as nobody decided') },
  deeds: { uphold: deed('维持', 'Uphold', ['waiting'], 'upheld', 'unit', { needs: ['reason'] }), change: deed('改判', 'Change', ['waiting'], 'changed', 'unit', { needs: ['reason'] }), relieve: deed('逾期解除', 'Lift', ['waiting'], 'relieved', 'clock') },
  stepEnds: 'lead', responds: 'deed', pauses: {},
}
const outbreakMachine: Machine = {
  code: OUTBREAK, name: { zh: '确诊企业处置', en: 'Confirmed infection at a firm' }, opens: 'confirmed', verb: 'order.issue',
  states: { confirmed: office('病情确诊', 'Confirmed'), stopped: { name: { zh: '已停工，计稳控天数', en: 'Stopped, clean days are counted' }, waitingFor: 'firm' }, controlled: { name: { zh: '疫情稳控，可申请复工', en: 'Under control: the firm may apply' }, waitingFor: 'firm' }, resumed: ended('已复工', 'Resumed') },
  deeds: {
    stop: deed('责令停工', 'Order to stop', ['confirmed'], 'stopped', 'unit'), control: deed('稳控期满', 'The clean days are over', ['confirmed', 'stopped'], 'controlled', 'clock'),
    relapse: deed('又有病例，重新计算', 'Another infection: counted anew', ['controlled'], 'stopped', 'clock'), resume: deed('复工', 'Resumed', ['confirmed', 'stopped', 'controlled'], 'resumed', 'clock'),
  },
  stepEnds: 'lead', responds: 'deed', pauses: {},
}
/** What the stages are called, on their list and as the case's states. */
export const outbreakStates = { confirmed: outbreakMachine.states['confirmed']!.name, controlled: outbreakMachine.states['controlled']!.name, resumed: outbreakMachine.states['resumed']!.name }
type Titles = (ctx: Ctx, ids: readonly string[]) => Promise<ReadonlyMap<string, CaseSubject>>
/** The kinds with what the rooms of cases must ask of them. */
export function kindsWith(ports: { alerts: Titles; appeals: Titles; outbreaks: Titles; appealLate: NonNullable<CaseKind['onBreach']> }): CaseKind[] {
  return [{ ...alertMachine, describe: ports.alerts }, { ...matterMachine, describe: ports.alerts }, { ...appealMachine, describe: ports.appeals, onBreach: ports.appealLate }, { ...outbreakMachine, describe: ports.outbreaks }]
}
