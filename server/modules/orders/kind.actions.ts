// The stop-work order as a kind of cases: its machine as data, and its words.
import type { OrderState } from '@fugong/contract/orders'
import type { CaseDeed, CaseKind } from '../cases/index.ts'

export const STOP_WORK = 'stopWork'
/** Why the office's clocks stand still. */
export const RECTIFICATION = 'rectification'
type Machine = Omit<CaseKind, 'describe' | 'decide' | 'onBreach'>
const deed = (zh: string, en: string, from: OrderState[], to: CaseDeed['to'], who: CaseDeed['who'], more: Partial<CaseDeed> = {}): CaseDeed => ({ name: { zh, en }, from, to, who, ...more })
const back: Pick<CaseDeed, 'needs' | 'outcomes'> = { needs: ['reason', 'outcome'], outcomes: { rectifying: { zh: '企业继续整改', en: 'The firm goes on rectifying' }, handedIn: { zh: '继续复查', en: 'The recheck goes on' } } }
const TURNED_DOWN = { rectifying: 'rectifying', handedIn: 'handedIn' }
export const orderMachine: Machine = {
  code: STOP_WORK, name: { zh: '责令停工整改', en: 'Stop-work order' }, opens: 'rectifying', verb: 'order.issue',
  states: {
    rectifying: { name: { zh: '整改中', en: 'Being put right' }, waitingFor: 'firm', pausedFor: RECTIFICATION },
    handedIn: { name: { zh: '待复查', en: 'Waiting for recheck' }, waitingFor: 'office' },
    revoking: { name: { zh: '拟撤销，待另一人同意', en: 'Revocation proposed' }, waitingFor: 'office' },
    resumed: { name: { zh: '已复工', en: 'Work resumed' }, waitingFor: 'none' },
    revoked: { name: { zh: '已撤销备案证书', en: 'Certificate revoked' }, waitingFor: 'none' },
    lapsed: { name: { zh: '备案已终止', en: 'The filing has ended' }, waitingFor: 'none' },
  },
  deeds: {
    handIn: deed('提交整改材料', 'Hand in for recheck', ['rectifying'], 'handedIn', 'firm'),
    returnItems: deed('复查未通过，退回整改', 'Return points to the firm', ['handedIn'], 'rectifying', 'unit', { needs: ['reason'] }),
    resume: deed('复查通过，准予复工', 'Accept; work resumes', ['handedIn'], 'resumed', 'unit'),
    propose: deed('提出撤销', 'Propose revocation', ['rectifying', 'handedIn'], 'revoking', 'unit', { needs: ['reason'] }),
    lapse: deed('备案终止', 'The filing ended', ['rectifying', 'handedIn', 'revoking'], 'lapsed', 'clock'),
    // A colleague of the issuing unit, or the unit above that has raised the part.
    agree: deed('同意撤销', 'Agree to the revocation', ['revoking'], 'revoked', 'issuer', { needs: ['reason'] }),
    agreeAbove: deed('上级同意撤销', 'The unit above agrees to the revocation', ['revoking'], 'revoked', 'lead', { needs: ['reason'] }),
    turnDown: deed('不同意撤销', 'Turn the revocation down', ['revoking'], TURNED_DOWN, 'issuer', back),
    turnDownAbove: deed('上级不同意撤销', 'The unit above turns the revocation down', ['revoking'], TURNED_DOWN, 'lead', back),
  },
  stepEnds: 'lead', responds: 'deed',
  pauses: { [RECTIFICATION]: { zh: '等待企业整改', en: 'Waiting for the firm to put things right' } },
  events: { deadlinePassed: { zh: '整改期限已过，企业尚未提交', en: 'The deadline has passed and the firm has handed nothing in' }, deadlineSet: { zh: '整改期限调整为 {day}', en: 'New deadline: {day}' } },
}
