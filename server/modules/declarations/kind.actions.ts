// The declaration and the appeal as kinds of cases: their machines as data, and their words.
import type { CaseDeed, CaseKind } from '../cases/index.ts'

export const DECLARATION = 'declaration'
export const APPEAL = 'declarationAppeal'
/** Why the clocks of a declaration stand still. */
export const SUPPLEMENT = 'supplement'
type Machine = Pick<CaseKind, 'code' | 'name' | 'opens' | 'states' | 'deeds' | 'stepEnds' | 'responds' | 'pauses' | 'events' | 'results' | 'verb'>

const deed = (zh: string, en: string, from: string[], to: CaseDeed['to'], who: CaseDeed['who'], more: Partial<CaseDeed> = {}): CaseDeed => ({ name: { zh, en }, from, to, who, ...more })
export const declarationMachine: Machine = {
  code: DECLARATION, name: { zh: '复工备案', en: 'Declaration of resumption' }, opens: 'underReview', verb: 'declaration.review',
  states: {
    underReview: { name: { zh: '审核中', en: 'Under review' }, waitingFor: 'office' },
    returned: { name: { zh: '待补正', en: 'Returned' }, waitingFor: 'firm', pausedFor: SUPPLEMENT },
    siteCheckPending: { name: { zh: '待现场核查', en: 'Site check pending' }, waitingFor: 'office' },
    filed: { name: { zh: '已备案', en: 'Filed' }, waitingFor: 'none' },
    rejected: { name: { zh: '不予备案', en: 'Not filed' }, waitingFor: 'none' },
    withdrawn: { name: { zh: '已撤回', en: 'Withdrawn' }, waitingFor: 'none' },
  },
  deeds: {
    accept: deed('受理通过', 'Accept', ['underReview'], 'filed', 'unit', { bulk: true }),
    acceptPapers: deed('材料通过，转现场核查', 'Accept the papers; the site follows', ['underReview'], 'siteCheckPending', 'unit'),
    return: deed('一次性告知退回', 'Return with gaps', ['underReview'], 'returned', 'unit'),
    reject: deed('不予备案', 'Reject', ['underReview'], 'rejected', 'unit', { needs: ['reason'] }),
    passSite: deed('核查合格', 'Site passed', ['siteCheckPending'], 'filed', 'unit'),
    failSite: deed('核查不合格', 'Site failed', ['siteCheckPending'], 'rejected', 'unit', { needs: ['reason'] }),
    supplement: deed('补正后再次提交', 'Submitted again', ['returned'], 'underReview', 'firm'),
    supplementFiled: deed('补正后提交即生效', 'Submitted again, effective at once', ['returned'], 'filed', 'firm'),
    withdraw: deed('撤回', 'Withdraw', ['underReview', 'returned'], 'withdrawn', 'firm'),
    acceptOverdue: deed('超时视为通过', 'Accepted by silence', ['underReview'], 'filed', 'clock'),
    adopt: deed('转为办件', 'Taken over as a case', ['underReview'], { returned: 'returned', site: 'siteCheckPending' }, 'clock', { needs: ['outcome'], outcomes: { returned: { zh: '待补正', en: 'Returned' }, site: { zh: '待现场核查', en: 'Site check pending' } } }),
    judgedFiled: deed('等级调整后生效', 'Effective after a change of level', ['underReview', 'siteCheckPending'], 'filed', 'clock'),
  },
  stepEnds: 'all', responds: 'take',
  pauses: { [SUPPLEMENT]: { zh: '等待企业补正', en: 'Waiting for the firm’s supplement' } },
  events: {
    judgedAnew: { zh: '风险等级调整，重新判定办理方式', en: 'The risk level changed; judged anew' },
    visitSet: { zh: '约定现场核查时间', en: 'Appointment for the site check' },
    filmSent: { zh: '企业提交核查视频或照片', en: 'The firm sent a film or photos' },
    lateList: { zh: '再次告知缺项，计入本单位', en: 'A second list of gaps, counted against the unit' },
  },
  results: { passed: { zh: '通过', en: 'Passed' } },
}

export const appealMachine: Machine = {
  code: APPEAL, name: { zh: '复工备案申诉', en: 'Appeal against a rejection' }, opens: 'underReview', verb: 'declaration.decide_appeal',
  states: {
    underReview: { name: { zh: '复核中', en: 'Under review' }, waitingFor: 'office' },
    upheld: { name: { zh: '维持原决定', en: 'Upheld' }, waitingFor: 'none' },
    reopened: { name: { zh: '撤销原决定，重新审核', en: 'Overturned, back to review' }, waitingFor: 'none' },
    filed: { name: { zh: '撤销原决定，予以备案', en: 'Overturned, filed' }, waitingFor: 'none' },
    withdrawn: { name: { zh: '已撤回', en: 'Withdrawn' }, waitingFor: 'none' },
  },
  deeds: {
    uphold: deed('维持原决定', 'Uphold', ['underReview'], 'upheld', 'unit', { needs: ['reason'] }),
    reopen: deed('撤销，重新审核', 'Overturn, back to review', ['underReview'], 'reopened', 'unit', { needs: ['reason'] }),
    file: deed('撤销，予以备案', 'Overturn and file', ['underReview'], 'filed', 'unit', { needs: ['reason'] }),
    withdraw: deed('撤回申诉', 'Withdraw the appeal', ['underReview'], 'withdrawn', 'firm'),
  },
  stepEnds: 'lead', responds: 'take', pauses: {},
}
