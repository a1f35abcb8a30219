// After filing: an office orders a workplace to stop, its firm shows what it put right, the recheck lets work resume, and a passer-by sees each state; a draw is drawn again on a phone.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Declaration } from '@fugong/contract/declarations'
import { getPublicDraw, planDraw } from '@fugong/contract/spotchecks'
import { sql } from '../../../server/base/db.ts'
import { declare, newFirm, pdf } from '../../../server/test/declaring.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const soon = () => new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)
describe.skipIf(!chromiumPath)('after filing', () => {
  let stage: Stage
  let desk: Visitor
  let firm: Visitor
  let phone: Visitor
  let filed: Declaration
  const evidence = join(tmpdir(), `fugong-evidence-${process.pid}.pdf`)
  beforeAll(async () => {
    stage = await openStage()
    writeFileSync(evidence, pdf)
    const fresh = await newFirm(stage.city, 'wudang')
    filed = await declare(fresh.contact, fresh.firm, 0, soon())
    desk = await stage.visitor()
    await desk.signInAsStaff('pengxiulan')
    firm = await stage.visitor({ width: 390, height: 844 })
    await firm.signInAsContact(fresh.phone)
    phone = await stage.visitor({ width: 390, height: 844, language: 'en' })
  })
  afterAll(() => stage?.close())
  const passerBySees = async (word: string) => {
    await phone.goto(`/c/${filed.certificateNumber}`)
    await phone.page.getByRole('heading', { name: word, exact: true }).waitFor()
  }

  test('the reviewer orders a stop from the page of the declaration, and the passer-by sees it at once', async () => {
    const { page } = desk
    await passerBySees('Valid')
    await desk.goto(`/console/declarations/${filed.id}`)
    await page.getByRole('link', { name: '责令停工' }).click()
    await page.getByLabel('停工令文号').fill('乌停〔2026〕1号')
    await page.getByLabel('停工理由').fill('入口无人测温，口罩不足')
    await page.getByRole('checkbox').first().check()
    await page.getByLabel('须整改的事项').fill('入口设专人测温\n备足三天口罩')
    await desk.checkPage('order-issue-zh-1440')
    await page.getByRole('button', { name: '责令停工' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '责令停工' }).click()
    await page.getByText('已责令停工，等待企业整改').waitFor()
    await desk.checkPage('order-rectifying-zh-1440')
    await passerBySees('Suspended')
  })
  test('the firm sees why and by when, shows each point, and hands in', async () => {
    const { page } = firm
    await firm.goto(`/portal/declarations/${filed.id}`)
    await page.getByRole('link', { name: /停工令 乌停/ }).click()
    await page.getByText('请立即停工').waitFor()
    await firm.checkPage('order-firm-zh-390')
    for (const no of [1, 2]) {
      await page.getByLabel(`上传第 ${no} 项的照片或文件`).setInputFiles(evidence)
      await page.getByRole('button', { name: '移除材料' }).nth(no - 1).waitFor()
    }
    await page.getByRole('button', { name: '提交复查' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提交复查' }).click()
    await page.getByText('企业已提交整改材料，等待复查').waitFor()
    await passerBySees('Suspended')
  })
  test('the recheck accepts every point, work resumes, and the passer-by sees that too', async () => {
    const { page } = desk
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByRole('button', { name: '准予复工' }).waitFor()
    for (const radio of await page.getByRole('radio', { name: '通过' }).all()) await radio.check()
    await desk.checkPage('order-recheck-zh-1440')
    await page.getByRole('button', { name: '准予复工' }).click()
    await page.getByText('复查通过，已经复工').waitFor()
    await passerBySees('Valid')
    await desk.goto('/console/orders')
    await page.getByText('乌停〔2026〕1号').waitFor()
    await desk.checkPage('orders-zh-1440')
  })
  test('a draw is announced, drawn, and drawn again on a phone', async () => {
    const reviewer = await stage.city.as('pengxiulan')
    const draw = await reviewer.call(planDraw, { body: { areaCode: '520112', drawAt: new Date(Date.now() + 3_600_000).toISOString() } })
    await phone.goto(`/draws/${draw.id}`)
    await phone.page.getByText(draw.commitment).waitFor()
    await phone.checkPage('draw-committed-en-390')
    // An hour goes by.
    await stage.city.system((ctx) => sql`update spotchecks.draws set draw_at = committed_at + interval '1 millisecond' where id = ${draw.id}`.execute(ctx.db))
    await expect.poll(async () => (await stage.city.anonymous().call(getPublicDraw, { params: { id: draw.id } })).state, { timeout: 90_000, interval: 1000 }).toBe('drawn')
    await phone.goto(`/draws/${draw.id}`)
    await phone.page.getByRole('button', { name: 'Draw again' }).click()
    await phone.page.getByRole('heading', { name: 'Everything holds' }).waitFor()
    await phone.checkPage('draw-again-en-390')
    await desk.goto(`/console/spotchecks?draw=${draw.id}`)
    await desk.page.getByText(filed.enterpriseName).first().waitFor()
    await desk.checkPage('spotchecks-zh-1440')
    await desk.page.getByRole('link', { name: filed.enterpriseName }).first().click()
    await desk.page.getByText('检查清单').first().waitFor()
    await desk.checkPage('spotcheck-zh-1440')
    await desk.page.getByRole('radio', { name: '合格' }).check()
    await desk.page.getByRole('button', { name: '提交检查结果' }).click()
    await desk.page.getByText('还没有检查').waitFor({ state: 'detached' })
    expect([...desk.faults, ...firm.faults, ...phone.faults]).toEqual([])
  })
})
