// Columns of a roster as HR clerks write them, and how the words of a row become an entry, or all its faults at once.
import type { Exposure, RosterState } from '@fugong/contract/people'
import type { IdType, Sex } from '@fugong/contract/people.ids'
import { dateFaults, readIdentity, type Identity } from './rules.ts'

interface Column {
  code: string; name: { zh: string; en: string }; synonyms: readonly string[]; kind: 'text' | 'code' | 'integer' | 'decimal' | 'day' | 'phone' | 'choice'
  required?: true; max?: number; choices?: readonly { code: string; words: readonly string[] }[]; example: string; note?: { zh: string; en: string }; personal?: true; width?: number
}
const words = (choices: Record<string, readonly string[]>) => Object.entries(choices).map(([code, known]) => ({ code, words: known }))
const YES_NO = words({ yes: ['是', 'Yes', '有'], no: ['否', 'No', '无', '没有'] })
const ID_TYPES = words({ '01': ['居民身份证', 'Resident card', '身份证', '二代身份证', '港澳台居民居住证', '居住证'], '02': ['户口簿', 'Household register', '户口本'], '03': ['护照', 'Passport'], '04': ['军官证', 'Officer’s card', '军人证', '士兵证'], '06': ['港澳通行证', 'Hong Kong and Macao permit', '港澳居民来往内地通行证', '回乡证'], '07': ['台湾通行证', 'Taiwan permit', '台湾居民来往大陆通行证', '台胞证'], '99': ['其他', 'Other', '其它'] })
const SEXES = words({ male: ['男', 'Male', 'M', '男性', '先生', '1'], female: ['女', 'Female', 'F', '女性', '女士', '2'], unknown: ['未说明', 'Unknown', '未知', '0', '9'] })
const STATES = words({
  notReturned: ['未返岗', 'Not returned', '未返', '未到岗', '未返回', '未返程', '待返岗', '未复工'], onTheWay: ['在途', 'On the way', '返程中', '路上', '返岗途中'], observing: ['观察中', 'Under observation', '隔离', '隔离中', '居家观察', '居家隔离', '集中隔离', '医学观察', '观察期'],
  onDuty: ['在岗', 'On duty', '到岗', '已到岗', '已返岗', '上班', '在职', '复工', '已复工', '正常'], absent: ['缺勤', 'Absent', '请假', '休假', '病假', '事假', '未上班', '已返未上岗'], left: ['离职', 'Left', '已离职', '辞职', '解除'],
})
const VEHICLES = words({ '0': ['铁路', 'Rail', '火车', '高铁', '动车', '铁路（火车、高铁）'], '1': ['飞机', 'Aeroplane', '航班', '民航'], '2': ['客运', 'Coach', '大巴', '长途汽车', '汽车', '客车', '班车', '包车'], '3': ['自驾', 'Own car', '自驾车', '开车', '私家车', '小汽车'], '4': ['渡轮', 'Ferry', '轮船', '船'] })
const PLACE_NOTE = { zh: '只有一处经营场所的可以不填', en: 'May be empty when the firm has one workplace' }

export const rosterColumns: readonly Column[] = [
  { code: 'idNumber', name: { zh: '证件号码', en: 'ID number' }, synonyms: ['身份证号', '身份证号码', '身份证', '证件号', '公民身份号码', '居民身份证号', '居民身份证号码', '身份证件号码', 'ID', 'ID card', 'ID no'], kind: 'code', required: true, max: 40, personal: true, example: '11010519491231002X', note: { zh: '该列须设为文本，否则末几位会丢失', en: 'Set the column to text, or the last digits are lost' }, width: 24 },
  { code: 'idType', name: { zh: '证件类型', en: 'Kind of document' }, synonyms: ['证件种类', '证件名称', 'ID type'], kind: 'choice', choices: ID_TYPES, example: '居民身份证', note: { zh: '不填按居民身份证', en: 'A resident card when empty' } },
  { code: 'name', name: { zh: '姓名', en: 'Name' }, synonyms: ['员工姓名', '人员姓名', '职工姓名', '名字', 'Full name'], kind: 'text', max: 40, personal: true, example: '样例' },
  { code: 'sex', name: { zh: '性别', en: 'Sex' }, synonyms: ['男女', 'Gender'], kind: 'choice', choices: SEXES, example: '男', note: { zh: '用来核对证件号码', en: 'Held against the ID number' }, width: 8 },
  { code: 'birth', name: { zh: '出生日期', en: 'Birth date' }, synonyms: ['出生年月日', '生日', 'Date of birth'], kind: 'day', personal: true, example: '', note: { zh: '只用来核对证件号码，不保存', en: 'Only held against the ID number, not kept' } },
  { code: 'phone', name: { zh: '手机', en: 'Mobile phone' }, synonyms: ['手机号', '手机号码', '联系电话', '电话', '电话号码', '联系方式', '本人电话', '移动电话', 'Phone', 'Mobile'], kind: 'phone', personal: true, example: '13900000000', width: 16 },
  { code: 'address', name: { zh: '现住址', en: 'Present address' }, synonyms: ['住址', '居住地址', '现居住地', '现居住地址', '家庭住址', '在筑住址', '详细地址', '居住地', 'Address'], kind: 'text', max: 120, personal: true, example: '', width: 34 },
  { code: 'staffNo', name: { zh: '工号', en: 'Staff number' }, synonyms: ['员工编号', '员工号', '编号', '职工号', 'Staff no', 'Employee no'], kind: 'text', max: 30, example: 'A0012' },
  { code: 'workplace', name: { zh: '经营场所', en: 'Workplace' }, synonyms: ['场所', '厂区', '门店', '工作地点', '上班地点', '办公地点', '项目'], kind: 'text', max: 60, example: '', note: PLACE_NOTE },
  { code: 'crew', name: { zh: '班组', en: 'Crew' }, synonyms: ['部门', '车间', '所在部门', '科室', '小组', '班级', '工段', 'Department', 'Team'], kind: 'text', max: 40, example: '一车间甲班' },
  { code: 'shift', name: { zh: '班次', en: 'Shift' }, synonyms: ['排班', '轮班', '倒班'], kind: 'text', max: 40, example: '白班' },
  { code: 'dormitory', name: { zh: '宿舍', en: 'Dormitory' }, synonyms: ['宿舍号', '寝室', '宿舍房号', '房间号', '住宿房间'], kind: 'text', max: 40, example: '2 栋 305' },
  { code: 'state', name: { zh: '在岗状态', en: 'State' }, synonyms: ['状态', '返岗状态', '到岗情况', '是否到岗', '返岗情况', '人员状态', '目前状态', 'Status'], kind: 'choice', choices: STATES, example: '未返岗' },
  { code: 'observingUntil', name: { zh: '观察至', en: 'Under observation until' }, synonyms: ['隔离到期', '观察截止日期', '解除观察日期', '隔离解除日期', '隔离截止日期', '解除隔离日期'], kind: 'day', example: '' },
  { code: 'origin', name: { zh: '来源地', en: 'Origin' }, synonyms: ['返岗来源地', '返回前所在地', '从何地返回', '出发地', '来自', '来自何地', '来源地区', '假期所在地', '春节所在地', '返程出发地', 'From'], kind: 'text', max: 60, example: '湖北省武汉市', note: { zh: '省、市、区县名称或六位代码', en: 'Province, city or county by name or six-digit code' }, width: 20 },
  { code: 'leftOn', name: { zh: '离开来源地日期', en: 'Left the origin on' }, synonyms: ['离开日期', '出发日期', '启程日期', '出发时间', '离开时间'], kind: 'day', example: '2020-02-20' },
  { code: 'returnedOn', name: { zh: '返回日期', en: 'Returned on' }, synonyms: ['返回时间', '返岗日期', '返程日期', '抵达日期', '到达日期', '返筑日期', '返筑时间', '到筑日期', '返贵日期', '抵筑日期'], kind: 'day', example: '2020-02-21' },
  { code: 'expectedOn', name: { zh: '预计到岗日期', en: 'Expected on' }, synonyms: ['预计返岗日期', '计划到岗日期', '拟返岗日期', '预计到岗时间', '拟到岗日期'], kind: 'day', example: '' },
  { code: 'vehicle', name: { zh: '交通方式', en: 'Vehicle' }, synonyms: ['交通工具', '返程方式', '乘坐交通工具', '返岗方式', '返程交通工具'], kind: 'choice', choices: VEHICLES, example: '铁路' },
  { code: 'vehicleNo', name: { zh: '车次、航班或车牌', en: 'Train, flight or plate' }, synonyms: ['车次', '航班号', '车次航班', '车牌号', '班次号', '车次/航班号', '车次号', '车次航班号', '交通班次'], kind: 'text', max: 40, personal: true, example: 'G1301' },
  { code: 'keyArea', name: { zh: '14 天内到过重点地区', en: 'In a key area within 14 days' }, synonyms: ['是否到过重点地区', '是否到过湖北', '是否途经湖北', '近14天是否到过重点疫区', '是否去过湖北', '疫区旅居史', '湖北旅居史'], kind: 'choice', choices: YES_NO, personal: true, example: '否' },
  { code: 'keyAreaContact', name: { zh: '14 天内接触过重点地区人员', en: 'Near people from a key area within 14 days' }, synonyms: ['是否接触过湖北人员', '是否接触湖北人员', '是否接触重点地区人员', '是否接触疫区人员'], kind: 'choice', choices: YES_NO, personal: true, example: '否' },
  { code: 'caseContact', name: { zh: '14 天内接触过病例或疑似病例', en: 'Near an infection within 14 days' }, synonyms: ['是否接触确诊或疑似病例', '是否接触过确诊病例', '是否密切接触者', '是否接触疑似病例', '接触史'], kind: 'choice', choices: YES_NO, personal: true, example: '否' },
]

export type Word = string | number | null
export interface Fault { column: string | null; code: string; params?: Record<string, unknown> }
export interface PlaceWords { id: string; name: string; open: boolean }
export interface Bounds { today: string; leastAge: number; places: readonly PlaceWords[]; origin(text: string): { code: string } | { fault: string; choices?: string } }
/** What a row says of a person; what it does not say is undefined and leaves what is there. */
export interface Said {
  identity: Identity; name?: string; workplaceId?: string; state?: RosterState; observingUntil?: string
  open: { staffNo?: string; crew?: string; dormitory?: string; shift?: string; originCode?: string; leftOn?: string; returnedOn?: string; expectedOn?: string; vehicle?: '0' | '1' | '2' | '3' | '4' }
  sealed: { phone?: string; address?: string; vehicleNo?: string; exposure?: Exposure[] }
}
const OPEN = ['staffNo', 'crew', 'dormitory', 'shift', 'leftOn', 'returnedOn', 'expectedOn', 'vehicle'] as const
const ANSWERS = ['keyArea', 'keyAreaContact', 'caseContact'] as const

/** The row in the roster's terms, or all its faults at once. */
export function sayOf({ values }: { values: Readonly<Record<string, Word | undefined>> }, bounds: Bounds): Said | Fault[] {
  const faults: Fault[] = []
  const given = (code: string): string | undefined => (values[code] === null || values[code] === undefined ? undefined : String(values[code]))
  const identity = readIdentity({ idType: (given('idType') ?? '01') as IdType, idNumber: given('idNumber')!, sex: given('sex') as Sex | undefined, birth: given('birth') }, bounds)
  if (Array.isArray(identity)) for (const { field, code, params } of identity) faults.push({ column: field, code, ...(params ? { params } : {}) })
  const workplaceId = placeOf(given('workplace'), bounds.places, faults)
  const originCode = originOf(given('origin'), bounds, faults)
  const state = given('state') as RosterState | undefined
  const observingUntil = given('observingUntil')
  if (state === 'observing' && (!observingUntil || observingUntil < bounds.today)) faults.push({ column: 'observingUntil', code: 'issue.observing_until' })
  for (const { field, code } of dateFaults({ leftOn: given('leftOn'), returnedOn: given('returnedOn') }, bounds.today)) faults.push({ column: field, code })
  if (faults.length) return faults
  const open: Record<string, string> = {}
  for (const code of OPEN) { const value = given(code); if (value !== undefined) open[code] = value }
  if (originCode !== undefined) open['originCode'] = originCode
  const sealed: Said['sealed'] = {}
  for (const code of ['phone', 'address', 'vehicleNo'] as const) { const value = given(code); if (value !== undefined) sealed[code] = value }
  const answers = ANSWERS.filter((code) => given(code) !== undefined)
  if (answers.length) sealed.exposure = answers.filter((code) => given(code) === 'yes')
  const name = given('name')
  return {
    identity: identity as Identity, open, sealed, ...(name ? { name } : {}), ...(workplaceId ? { workplaceId } : {}), ...(state ? { state } : {}),
    ...(state === 'observing' ? { observingUntil: observingUntil! } : {}),
  }
}
function placeOf(word: string | undefined, places: readonly PlaceWords[], faults: Fault[]): string | undefined {
  if (word === undefined) return undefined
  const key = wordKey(word)
  const found = places.filter((place) => wordKey(place.name) === key)
  const open = found.find((place) => place.open)
  if (open) return open.id
  faults.push(found.length ? { column: 'workplace', code: 'issue.workplace_closed' } : { column: 'workplace', code: 'issue.workplace_unknown', params: { name: word.slice(0, 40) } })
  return undefined
}
function originOf(word: string | undefined, { origin }: Bounds, faults: Fault[]): string | undefined {
  if (word === undefined) return undefined
  const found = origin(word)
  if ('code' in found) return found.code
  faults.push({ column: 'origin', code: found.fault, ...(found.choices ? { params: { choices: found.choices } } : {}) })
  return undefined
}
const wordKey = (word: string) => word.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** The columns that somebody new on the roster cannot do without. */
export function missingForNew(said: Said, places: readonly PlaceWords[]): Fault[] {
  const faults: Fault[] = []
  if (!said.name) faults.push({ column: 'name', code: 'issue.required' })
  if (!said.state) faults.push({ column: 'state', code: 'issue.required' })
  if (!said.workplaceId && places.filter((place) => place.open).length !== 1) faults.push({ column: 'workplace', code: 'issue.workplace_choose' })
  return faults
}
