// People for rosters in tests: numbers that pass every check, and rows as an HR clerk writes them.
import { idCheckCharacter } from '@fugong/contract/people.ids'
import type { Value } from '../base/sheets/write.ts'

/** A resident number whose check character fits, each number another; odd ones are men. */
export function residentId(number: number): string {
  const day = new Date(Date.UTC(1970 + (number % 25), number % 12, 1 + (number % 28))).toISOString().slice(0, 10).replaceAll('-', '')
  const first17 = `5201${String(2 + (Math.floor(number / 900_000) % 2)).padStart(2, '0')}${day}${String(Math.floor(number / 900) % 1000).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}
export const ROSTER_HEADER = ['姓名', '身份证号', '性别', '手机号码', '现住址', '部门', '班次', '宿舍号', '返岗状态', '返程出发地', '返筑日期', '交通工具']
export const mobile = (number: number): string => `139${String(10_000_000 + (number % 89_999_999))}`
const SURNAMES = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '欧阳', '単']
const GIVEN = ['伟', '芳', '娜', '秀英', '敏', '静', '强', '磊', '洋', '艳', '勇', '𬱖']
export const nameOf = (number: number): string => `${SURNAMES[number % SURNAMES.length]!}${GIVEN[Math.floor(number / 10) % GIVEN.length]!}`
export const sexOf = (id: string): string => (Number(id[16]) % 2 ? '男' : '女')
export function rosterRow(number: number, set: Record<number, Value> = {}): Value[] {
  const id = residentId(number)
  return Object.assign([nameOf(number), id, sexOf(id), mobile(number), `云岩区北京路 ${number % 500} 号 ${number % 30} 室`, `${1 + (number % 8)} 车间`, ['白班', '夜班'][number % 2]!, `${1 + (number % 6)} 栋 ${100 + (number % 40)}`, ['在岗', '未返岗', '在途'][number % 3]!, ['湖北省武汉市', '贵州省贵阳市', '广东省深圳市', '重庆市'][number % 4]!, '2020/2/20', ['铁路', '飞机', '客运', '自驾'][number % 4]!], set) as Value[]
}
