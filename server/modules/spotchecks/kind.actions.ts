// The spot check as a kind of cases: its machine as data, and its words.
import type { CheckState } from '@fugong/contract/spotchecks'
import type { CaseDeed, CaseKind } from '../cases/index.ts'

export const SPOT_CHECK = 'spotCheck'
export const RECTIFICATION = 'rectification'
const deed = (zh: string, en: string, from: CheckState[], to: CheckState, who: CaseDeed['who'], more: Partial<CaseDeed> = {}): CaseDeed => ({ name: { zh, en }, from, to, who, ...more })
export const checkMachine: Omit<CaseKind, 'describe' | 'decide' | 'onBreach'> = {
  code: SPOT_CHECK, name: { zh: '抽查', en: 'Spot check' }, opens: 'open', verb: 'spotcheck.inspect',
  states: {
    open: { name: { zh: '待检查', en: 'To be checked' }, waitingFor: 'office' },
    rectifying: { name: { zh: '限期整改', en: 'To be put right' }, waitingFor: 'firm', pausedFor: RECTIFICATION },
    rechecking: { name: { zh: '待复查', en: 'To be rechecked' }, waitingFor: 'office' },
    passed: { name: { zh: '合格', en: 'Passed' }, waitingFor: 'none' },
    stopped: { name: { zh: '已责令停工', en: 'Work ordered to stop' }, waitingFor: 'none' },
    lapsed: { name: { zh: '备案已终止', en: 'The filing has ended' }, waitingFor: 'none' },
  },
  deeds: {
    pass: deed('检查合格', 'Passed', ['open', 'rechecking'], 'passed', 'unit'),
    rectify: deed('限期整改', 'To be put right', ['open', 'rechecking'], 'rectifying', 'unit'),
    stopWork: deed('责令停工', 'Work ordered to stop', ['open', 'rechecking'], 'stopped', 'unit'),
    lapse: deed('备案终止', 'The filing ended', ['open', 'rectifying', 'rechecking'], 'lapsed', 'clock'),
    report: deed('企业报告整改完成', 'The firm reports it is put right', ['rectifying'], 'rechecking', 'firm'),
  },
  stepEnds: 'lead', responds: 'take',
  pauses: { [RECTIFICATION]: { zh: '等待企业整改', en: 'Waiting for the firm to put things right' } },
}
