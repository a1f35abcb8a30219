// A deterministic table of firms of one district for benches and proofs, with a known number of faults of ten kinds.
import type { Value } from '../../server/base/sheets/write.ts'
import { creditCode } from '../../server/test/importing.ts'
import { random } from '../proof/random.ts'

export const FIRM_HEADER = ['统一社会信用代码', '企业名称', '行业', '区县', '街道', '经营地址', '场所名称', '场所类型', '从业人数', '营业收入（万元）', '资产总额（万元）', '数据年份', '法定代表人', '法定代表人手机', '成立日期', '注册地址']
const STREETS = ['大营路街道', '黔灵东路街道', '文昌阁街道', '盐务街街道', '普陀路街道', '八鸽岩街道', '毓秀路街道', '威清门街道', '市西河街道', '头桥街道', '三桥路街道', '马王街道', '金关街道', '茶园路街道', '杨惠街道', '渔安街道', '水东路街道', '黔灵镇']
const TRADES = ['34', '51', '52', '5212', '62', '61', '65', '7010', '72', '13', '48', '54', '59', '82', '87']
const WORDS = ['恒', '瑞', '安', '达', '华', '诚', '信', '泰', '丰', '源', '盛', '兴', '宏', '远', '鑫', '嘉', '利', '通', '博', '雅', '黔', '筑', '云', '岭', '山', '城', '新', '创', '智', '联']
const KINDS = ['精密机械', '商贸', '餐饮管理', '建筑工程', '物流', '信息技术', '食品', '酒店管理', '广告传媒', '环保科技', '农业开发', '医疗器械']
const SCENES = ['办公场所', '商业场所', '园区厂区']
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张'
/** Header and rows; `faults` rows, spread evenly, cannot be stored. */
export function* firmsTable(rows: number, faults = 0): Generator<Value[]> {
  yield FIRM_HEADER
  const next = random(20_200_224)
  const share = () => next(1_000_000) / 1_000_000
  const pick = <T>(list: readonly T[] | string): T => list[next(list.length)] as T
  const every = faults ? Math.floor(rows / faults) : 0
  let broken = 0
  for (let n = 0; n < rows; n++) {
    const row: Value[] = [
      creditCode(100_000 + n), `贵阳${pick(WORDS)}${pick(WORDS)}${pick(WORDS)}${pick(KINDS)}有限公司`, pick(TRADES), '云岩区', pick(STREETS), `北京路 ${1 + next(900)} 号`, '总部', pick(SCENES),
      Math.floor(share() ** 4 * 3000) + 1, Math.round(share() ** 4 * 9_000_000) / 100, Math.round(share() ** 4 * 9_000_000) / 100, 2019, `${pick<string>(SURNAMES)}样例`, `139${String(n).padStart(8, '0')}`, { d: '2015-03-02' }, '贵州省贵阳市云岩区',
    ]
    if (every && n % every === every - 1 && broken < faults) spoil(row, broken++ % 10)
    yield row
  }
}
function spoil(row: Value[], kind: number): void {
  const code = String(row[0])
  const ways: (() => void)[] = [
    () => { row[0] = `${code.slice(0, 17)}${code[17] === '0' ? '1' : '0'}` }, () => { row[1] = null }, () => { row[2] = '9999' }, () => { row[3] = '东城区' }, () => { row[8] = '约一百人' },
    () => { row[13] = '1390000' }, () => { row[14] = '2015-02-30' }, () => { row[0] = { n: '9.15201036E+17' } }, () => { row[9] = -5 }, () => { row[7] = '别处' },
  ]
  ways[kind]!()
}
