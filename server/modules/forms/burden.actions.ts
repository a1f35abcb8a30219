// The burden meter: what a submission asked is written down with it; a week is read by form and by receiving unit.
import type { Input, Returns } from '@fugong/contract/base'
import { loadOf, rangeOf, type BurdenRates, type getBurden } from '@fugong/contract/forms.burden'
import type { Known } from '@fugong/contract/forms.engine'
import type { Answers, Form } from '@fugong/contract/forms'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { readData } from '../../base/data.ts'
import { findReviewUnit } from '../identity/index.ts'
import { askingRow, sumAll, sumByForm, sumByPlace, type Asking } from './burden.store.ts'
import { selectBodies, selectTitles } from './store.ts'
import { toTitles } from './versions.actions.ts'

let rates: BurdenRates | undefined
const ratesNow = (): BurdenRates => (rates ??= readData<BurdenRates>('data', 'china', 'burden.json').value)

type Place = Pick<Asking, 'enterpriseId' | 'districtCode' | 'streetCode' | 'zoneCode' | 'departmentKey'>
/** Writes down what a submitted form asked, with the commit of the submission. */
export function recordAsking(ctx: Ctx, { form, kind, answers, known }: { form: Form; kind: string; answers: Answers; known: Known }, { enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: Place): void {
  ctx.alongside(askingRow(ctx, { formCode: form.code, kind, version: form.version, ...loadOf(form, answers, known, ratesNow()), enterpriseId, districtCode, streetCode, zoneCode, departmentKey }))
}

const DAY = 86_400_000
/** Monday of the week that a day lies in. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10)
}
export async function getBurdenOf(ctx: Ctx, { query }: Input<typeof getBurden>): Promise<Returns<typeof getBurden>> {
  const monday = mondayOf(query.week ?? shanghaiDay(ctx.now))
  const from = new Date(`${monday}T00:00:00+08:00`)
  const to = new Date(from.getTime() + 7 * DAY)
  const [total, byForm, byPlace] = await Promise.all([sumAll(ctx, from, to), sumByForm(ctx, from, to), sumByPlace(ctx, from, to)])
  const titles = toTitles(ctx, await selectTitles(ctx))
  // Forms in force, and those no longer in force that were still answered in the week.
  const shown = titles.filter((title) => title.inForce || byForm.some((row) => row.formCode === title.code && row.version === title.version && row.kind === title.kind))
  const bodies = new Map((await selectBodies(ctx, shown.map(({ id }) => id))).map((form) => [`${form.code} ${form.version} ${form.name.zh} ${form.areaCode}`, form]))
  const forms = shown.flatMap((title) => {
    const form = bodies.get(`${title.code} ${title.version} ${title.name.zh} ${title.areaCode}`)
    if (!form) return []
    const { least, most } = rangeOf(form, ratesNow())
    const sums = byForm.find((row) => row.formCode === title.code && row.version === title.version && (title.kind === null || row.kind === title.kind))
    return [{ code: title.code, kind: title.kind, version: title.version, name: title.name, leastFields: least.fields, leastSeconds: least.seconds, mostFields: most.fields, mostSeconds: most.seconds, submissions: sums?.submissions ?? 0, firms: sums?.firms ?? 0, fields: sums?.fields ?? 0, seconds: sums?.seconds ?? 0 }]
  })
  const units = []
  for (const { districtCode, zoneCode, ...sums } of byPlace) {
    const unit = await findReviewUnit(ctx, { districtCode, streetCode: `${districtCode}000`, zoneCode })
    units.push({ key: zoneCode ?? districtCode, unit: unit?.name ?? null, ...sums })
  }
  return { from: monday, to: new Date(to.getTime() - DAY + 8 * 3_600_000).toISOString().slice(0, 10), rates: ratesNow(), total, forms, units }
}
