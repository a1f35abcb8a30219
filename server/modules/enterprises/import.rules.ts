// Columns of the register for bulk import, and how a row's words (names of trades, places, scenes) become what the register keeps.
import { checkFirmCode, type EnterpriseKind, type Scene } from '@fugong/contract/enterprises'
import type { AreaFact } from './rules.ts'
import { placeIssues } from './rules.ts'
import type { Facts } from './facts.rules.ts'

interface Column {
  code: string; name: { zh: string; en: string }; synonyms: readonly string[]; kind: 'text' | 'code' | 'integer' | 'decimal' | 'day' | 'phone' | 'choice'
  required?: true; max?: number; least?: number; most?: number; decimals?: number; choices?: readonly { code: string; words: readonly string[] }[]; example: string; note?: { zh: string; en: string }; personal?: true; width?: number
}
const words = (choices: Record<string, readonly string[]>) => Object.entries(choices).map(([code, known]) => ({ code, words: known }))
const KINDS = words({ company: ['企业', 'Company', '公司', '法人企业'], trader: ['个体工商户', 'Trader', '个体户', '个体'], cooperative: ['合作社', 'Cooperative', '农民专业合作社'], publicBody: ['机关事业单位', 'Public body', '事业单位', '机关', '社会团体'], other: ['其他', 'Other'] })
const CLASSES = words({ general: ['一般企业', 'General', '一般'], firstBatch: ['首批复工', 'First batch', '首批'], vital: ['保障类', 'Vital', '保障', '疫情防控必需', '重点保障'] })
const SCENES = words({ office: ['办公场所', 'Office', '写字楼', '办公'], commercial: ['商业场所', 'Commercial', '商场', '门店', '商业'], park: ['园区厂区', 'Park or plant', '园区', '厂区', '工厂', '生产'], site: ['建筑工地', 'Building site', '工地', '施工现场'], residential: ['住宅小区', 'Residential', '居民小区', '小区'] })
const FIGURE = { zh: '数据年份见“数据年份”列', en: 'The year stands in the column Year of figures' }

export const importColumns: readonly Column[] = [
  { code: 'creditCode', name: { zh: '统一社会信用代码', en: 'Credit code' }, synonyms: ['信用代码', '社会信用代码', '统一信用代码', '统一代码', '营业执照号', '注册号', '工商注册号', '统一社会信用代码/注册号', 'USCC', 'Unified social credit code', 'Registration number'], kind: 'code', required: true, max: 18, example: '91520100MA6EXAMPL0', note: { zh: '18 位；尚未换照的个体工商户填 15 位注册号', en: '18 characters; a trader without one gives the registration number of 15 digits' }, width: 24 },
  { code: 'name', name: { zh: '企业名称', en: 'Name' }, synonyms: ['名称', '单位名称', '公司名称', '企业全称', '市场主体名称', '字号名称', 'Company', 'Enterprise', 'Company name', 'Enterprise name'], kind: 'text', required: true, max: 100, example: '贵阳样例精密机械有限公司', width: 34 },
  { code: 'kind', name: { zh: '主体类型', en: 'Kind' }, synonyms: ['企业类型', '市场主体类型', '类型', '单位类型'], kind: 'choice', choices: KINDS, example: '企业' },
  { code: 'industry', name: { zh: '行业', en: 'Industry' }, synonyms: ['行业代码', '行业名称', '国民经济行业', '国民经济行业代码', '所属行业', '行业类别', '行业分类', 'Industry code'], kind: 'code', required: true, example: '34', note: { zh: '国民经济行业分类 GB/T 4754-2017 的代码或名称', en: 'Code or name by GB/T 4754-2017' } },
  { code: 'class', name: { zh: '复工类别', en: 'Class' }, synonyms: ['企业类别', '类别', '分类'], kind: 'choice', choices: CLASSES, example: '一般企业', note: { zh: '一般企业、首批复工、保障类；不填按一般企业', en: 'General, First batch or Vital; General when empty' } },
  { code: 'district', name: { zh: '区县', en: 'District' }, synonyms: ['所属区县', '区（县、市）', '区县名称', '所在区县', '所在区', '行政区', '行政区划', '属地', 'County'], kind: 'code', required: true, example: '云岩区', note: { zh: '代码或名称', en: 'Code or name' } },
  { code: 'street', name: { zh: '街道（乡镇）', en: 'Street or town' }, synonyms: ['街道', '乡镇', '乡镇街道', '街道乡镇', '镇街', '所在街道', '所属街道', 'Street', 'Town'], kind: 'code', required: true, example: '黔灵镇', note: { zh: '代码或名称', en: 'Code or name' } },
  { code: 'zone', name: { zh: '开发区', en: 'Development zone' }, synonyms: ['所在开发区', '园区管委会', 'Zone'], kind: 'code', example: '', note: { zh: '不在开发区的不填', en: 'Empty when in none' } },
  { code: 'address', name: { zh: '经营地址', en: 'Address' }, synonyms: ['地址', '详细地址', '生产经营地址', '经营场所', '住所', '企业地址', 'Operating address'], kind: 'text', required: true, max: 120, example: '北京路 1 号', width: 34 },
  { code: 'workplaceName', name: { zh: '场所名称', en: 'Workplace' }, synonyms: ['经营场所名称', '场所', 'Workplace name'], kind: 'text', max: 60, example: '总部', note: { zh: '不填为“主要经营场所”；只用于新企业', en: 'Main workplace when empty; for new firms only' } },
  { code: 'scene', name: { zh: '场所类型', en: 'Scene' }, synonyms: ['场景', '经营场所类型', 'Workplace type'], kind: 'choice', choices: SCENES, example: '办公场所', note: { zh: '办公场所、商业场所、园区厂区、建筑工地、住宅小区；不填按办公场所；只用于新企业', en: 'Office, Commercial, Park or plant, Building site, Residential; Office when empty; for new firms only' } },
  { code: 'building', name: { zh: '楼宇', en: 'Building' }, synonyms: ['所在楼宇', '楼栋'], kind: 'text', max: 60, example: '' },
  { code: 'park', name: { zh: '园区', en: 'Park' }, synonyms: ['所在园区', '产业园区'], kind: 'text', max: 60, example: '' },
  { code: 'staff', name: { zh: '从业人数', en: 'Staff' }, synonyms: ['从业人员', '从业人员数', '从业人员期末人数', '员工人数', '职工人数', '员工数', '人数', 'Employees', 'Headcount'], kind: 'integer', least: 0, most: 5_000_000, example: '120', note: FIGURE },
  { code: 'insured', name: { zh: '参保人数', en: 'Insured staff' }, synonyms: ['社保人数', '参加社保人数', '缴纳社保人数'], kind: 'integer', least: 0, most: 5_000_000, example: '115', note: FIGURE },
  { code: 'revenue', name: { zh: '营业收入（万元）', en: 'Revenue (10,000 yuan)' }, synonyms: ['营业收入', '主营业务收入', '年营业收入', '营收', 'Revenue'], kind: 'decimal', least: 0, most: 10_000_000_000, decimals: 2, example: '3500.5', note: FIGURE },
  { code: 'assets', name: { zh: '资产总额（万元）', en: 'Assets (10,000 yuan)' }, synonyms: ['资产总额', '资产总计', '总资产', 'Assets', 'Total assets'], kind: 'decimal', least: 0, most: 10_000_000_000, decimals: 2, example: '2800', note: FIGURE },
  { code: 'figuresYear', name: { zh: '数据年份', en: 'Year of figures' }, synonyms: ['年份', '年度', '统计年度', '数据年度', 'Year'], kind: 'integer', least: 1949, most: 2199, example: '2019', note: { zh: '不填按导入当年', en: 'The year of the import when empty' } },
  { code: 'legalName', name: { zh: '法定代表人', en: 'Legal representative' }, synonyms: ['法人', '法人代表', '法定代表人姓名', '法人姓名', '负责人', '经营者', '法定代表人（负责人）'], kind: 'text', max: 40, personal: true, example: '样例' },
  { code: 'legalPhone', name: { zh: '法定代表人手机', en: 'Phone of the legal representative' }, synonyms: ['法人电话', '法人手机', '法人联系电话', '法定代表人电话', '法定代表人联系电话', '负责人电话', '联系电话', '手机', '手机号', '电话', 'Phone', 'Mobile'], kind: 'phone', personal: true, example: '13900000000' },
  { code: 'foundedOn', name: { zh: '成立日期', en: 'Founded on' }, synonyms: ['注册日期', '成立时间', '设立日期', '开业日期'], kind: 'day', example: '2015-03-12' },
  { code: 'registeredAddress', name: { zh: '注册地址', en: 'Registered address' }, synonyms: ['注册地', '工商注册地址', '登记地址'], kind: 'text', max: 120, example: '' },
]

export type Word = string | number | null
export interface Fault { column: string | null; code: string; params?: Record<string, unknown> }
/** Places and trades by code and by name, as they are looked up for every row. */
export interface Lookups {
  areas: ReadonlyMap<string, AreaFact>
  /** Name (and its short form) → codes; a street's name may stand in several districts. */
  areaNames: ReadonlyMap<string, readonly string[]>
  industries: ReadonlySet<string>
  industryNames: ReadonlyMap<string, readonly string[]>
  thisYear: number
}
export function lookupKey(word: string): string {
  return word.normalize('NFKC').toUpperCase().replace(/[\s、，,和及与]+/g, '')
}
/** What a row says of a firm; what it does not say is not there. */
export interface Said {
  creditCode: string
  facts: Partial<Facts>
  legal: { name?: string; phone?: string }
  place: { districtCode: string; streetCode: string; zoneCode: string | null } | undefined
  workplace: { name?: string; scene?: Scene }
}

/** The row in the register's terms, or all its faults at once. */
export function sayOf({ values, numbers = [] }: { values: Readonly<Record<string, Word | undefined>>; numbers?: readonly string[] }, lookups: Lookups): Said | Fault[] {
  const faults: Fault[] = []
  const given = <T extends Word>(code: string) => (values[code] === null || values[code] === undefined ? undefined : (values[code] as T))
  const creditCode = given<string>('creditCode')!
  const kind = given<EnterpriseKind>('kind') ?? (/^\d{15}$/.test(creditCode) ? 'trader' : undefined)
  for (const { code, params } of checkFirmCode(creditCode, kind)) faults.push({ column: 'creditCode', code, ...(params ? { params } : {}) })
  const industryCode = industryOf(given<string>('industry'), numbers.includes('industry'), lookups, faults)
  const place = placeOf(given, lookups, faults)
  const year = given<number>('figuresYear')
  if (year !== undefined && year > lookups.thisYear) faults.push({ column: 'figuresYear', code: 'issue.too_large', params: { limit: lookups.thisYear } })
  if (faults.length) return faults
  const facts: Partial<Facts> = {}
  const set = <K extends keyof Facts>(name: K, value: Facts[K] | undefined) => { if (value !== undefined) facts[name] = value }
  set('name', given<string>('name'))
  set('kind', kind)
  set('industryCode', industryCode)
  set('class', given<string>('class') as Facts['class'] | undefined)
  for (const name of ['address', 'building', 'park', 'registeredAddress', 'foundedOn'] as const) set(name, given<string>(name))
  for (const name of ['staff', 'insured', 'revenue', 'assets'] as const) {
    const figure = given<number>(name)
    if (figure === undefined) continue
    facts[name] = figure
    // Without a year of its own the year is only set where the figure is new, see patchOf.
    if (year !== undefined) facts[`${name}Year`] = year
  }
  const [legalName, legalPhone] = [given<string>('legalName'), given<string>('legalPhone')]
  const [workplaceName, scene] = [given<string>('workplaceName'), given<string>('scene')]
  return {
    creditCode, facts, place, legal: { ...(legalName ? { name: legalName } : {}), ...(legalPhone ? { phone: legalPhone } : {}) },
    workplace: { ...(workplaceName ? { name: workplaceName } : {}), ...(scene ? { scene: scene as Scene } : {}) },
  }
}
function industryOf(word: string | undefined, asNumber: boolean, lookups: Lookups, faults: Fault[]): string | undefined {
  if (word === undefined) return undefined
  // `C34` is a division with its section's letter in front.
  const bare = word.replace(/^([A-T])(\d{2,4})$/, '$2').replace(/^(\d{2,4})[^\d].*$/, '$1')
  // A number cell has dropped the nought in front: 013 and 13 are different trades, so only one of them may be possible.
  const candidates = [bare, ...(asNumber ? [`0${bare}`] : [])].filter((code) => lookups.industries.has(code))
  if (candidates.length === 1) return candidates[0]
  if (candidates.length > 1) {
    faults.push({ column: 'industry', code: 'issue.cell_zero_lost', params: { choices: candidates.join('、') } })
    return undefined
  }
  const named = lookups.industryNames.get(lookupKey(word.replace(/^[A-T]?\d{0,4}[-—.、:：]?/, ''))) ?? []
  if (named.length) return named[0]
  faults.push({ column: 'industry', code: 'issue.industry' })
  return undefined
}
type Given = <T extends Word>(code: string) => T | undefined
function placeOf(given: Given, lookups: Lookups, faults: Fault[]): Said['place'] {
  const [district, street, zone] = [given<string>('district'), given<string>('street'), given<string>('zone')]
  if (district === undefined && street === undefined && zone === undefined) return undefined
  const codesOf = (word: string | undefined, kind: string) => (word === undefined ? [] : [word, ...(lookups.areaNames.get(lookupKey(word)) ?? [])].filter((code) => lookups.areas.get(code)?.kind === kind))
  const streets = codesOf(street, 'street')
  // A street's code says its district; its name does when it stands but once.
  const districtCode = codesOf(district, 'district')[0] ?? (district === undefined && streets.length === 1 ? lookups.areas.get(streets[0]!)!.parent! : '')
  const streetCode = streets.find((code) => lookups.areas.get(code)!.parent === districtCode) ?? streets[0] ?? ''
  const zoneCode = zone === undefined ? null : (codesOf(zone, 'devZone')[0] ?? zone)
  for (const { path, code } of placeIssues({ districtCode, streetCode, zoneCode }, lookups.areas, '')) faults.push({ column: path.slice(1).replace('Code', ''), code })
  return { districtCode, streetCode, zoneCode }
}

/** The columns that a new firm cannot do without. */
export function missingForNew(said: Said): Fault[] {
  const needs: [string, boolean][] = [['name', said.facts.name !== undefined], ['industry', said.facts.industryCode !== undefined], ['district', said.place !== undefined], ['address', said.facts.address !== undefined]]
  return needs.filter(([, there]) => !there).map(([column]) => ({ column, code: 'issue.required' }))
}
/**
 * What of the row differs from what is known; a figure that is new takes the year given, else the present one. A text
 * that reads from a cell as the row says is the same: a name that begins with an apostrophe loses it on the way
 * through a spreadsheet, and an export taken in again must change nothing.
 */
export function patchOf(known: Readonly<Facts>, said: Said, thisYear: number, asRead: (text: string) => Word): Partial<Facts> {
  const patch: Partial<Facts> = {}
  for (const [name, value] of Object.entries(said.facts) as [keyof Facts, never][]) {
    const before: unknown = known[name]
    if (before !== value && !(typeof before === 'string' && asRead(before) === value)) patch[name] = value
  }
  for (const name of ['staff', 'insured', 'revenue', 'assets'] as const) {
    if (patch[name] !== undefined && said.facts[`${name}Year`] === undefined && known[`${name}Year`] !== thisYear) patch[`${name}Year`] = thisYear
  }
  return patch
}
