// An official exports: a small list at once, a personal one by a colleague's consent; every screen in both languages and widths.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lend } from '../../../server/test/declaring.ts'
import { takeApart } from '../../../server/test/exporting.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

describe.skipIf(!chromiumPath)('an official who exports', () => {
  let stage: Stage
  let tian: Visitor
  let peng: Visitor
  beforeAll(async () => {
    stage = await openStage()
    tian = await stage.visitor()
    await tian.signInAsStaff('tianyuqing')
  })
  afterAll(() => stage?.close())

  test('chooses columns, and the file comes with its count and hash', async () => {
    const { page } = tian
    await tian.goto('/console/exports')
    await page.getByText('还没有导出').waitFor()
    await tian.checkPage('exports-empty-zh-1440')
    await tian.goto('/console/enterprises')
    await page.getByRole('button', { name: '导出' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('按当前条件共').waitFor()
    await tian.checkPage('export-dialog-zh-1440')
    await dialog.getByRole('radio', { name: /CSV/ }).check()
    await dialog.getByRole('button', { name: '全部不选' }).click()
    await dialog.getByRole('button', { name: '导出', exact: true }).click()
    // Nothing chosen: said beside the columns, nothing begun.
    await dialog.getByText('列至少 1 项').first().waitFor()
    await dialog.getByRole('button', { name: '全部选择' }).click()
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: '导出', exact: true }).click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^企业名单-DC\d{8}-\w{8}\.csv$/)
    const file = takeApart(readFileSync(await download.path()))
    await dialog.getByText(file.sha256).waitFor()
    expect(file.rows.map((row) => row[1])).toContain('样例云上影城有限公司')
    expect(file.watermark).toContain('田雨晴（云岩区复工复产工作专班）')
    await tian.checkPage('export-done-zh-1440')
    await dialog.getByRole('link', { name: '我的导出' }).click()
    await page.getByText('已下载').waitFor()
    await tian.checkPage('exports-zh-1440')
  })

  test('asks for personal columns with a purpose; a colleague of the same district approves; the file waits', async () => {
    const { page } = tian
    await tian.goto('/console/enterprises')
    await page.getByRole('button', { name: '导出' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: '联络员手机' }).check()
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.getByText('请填写用途').first().waitFor()
    await dialog.getByLabel('用途').fill('电话核对口罩库存')
    await tian.checkPage('export-personal-zh-1440')
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await dialog.getByText('申请已提交，等待审批').waitFor()
    await lend(stage.city, 'tianyuqing', 'pengxiulan')
    peng = await stage.visitor()
    await peng.signInAsStaff('pengxiulan')
    await peng.goto('/console/exports/requests')
    await peng.page.getByText('电话核对口罩库存').waitFor()
    await peng.checkPage('export-requests-zh-1440')
    await peng.page.getByRole('button', { name: '批准导出' }).click()
    await peng.page.getByRole('dialog').getByRole('button', { name: '批准导出' }).click()
    await peng.page.getByText('我审批过的').waitFor()
    await tian.goto('/console/exports')
    await page.getByRole('link', { name: /下载/ }).first().waitFor()
    await page.locator('.fg-nav-count').first().waitFor()
    await tian.checkPage('exports-ready-zh-1440')
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: /下载/ }).first().click()
    expect(readFileSync(await (await coming).path()).subarray(0, 2).toString()).toBe('PK')
    expect(tian.faults).toEqual([])
  })

  test('finds every screen in English and on a phone', async () => {
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const other = await stage.visitor({ language, width, height: width === 390 ? 844 : 900 })
      await other.context.addCookies(await tian.context.cookies())
      await other.goto('/console/exports')
      await other.page.getByText(/DC\d{8}/).first().waitFor()
      await other.checkPage(`exports-${language}-${width}`)
      await other.goto('/console/enterprises')
      await other.page.getByRole('button', { name: language === 'zh' ? '导出' : 'Export' }).click()
      await other.page.getByRole('dialog').getByRole('radio').first().waitFor()
      await other.checkPage(`export-dialog-${language}-${width}`)
      const second = await stage.visitor({ language, width, height: width === 390 ? 844 : 900 })
      await second.context.addCookies(await peng.context.cookies())
      await second.goto('/console/exports/requests')
      await second.page.getByText(/电话核对/).first().waitFor()
      await second.checkPage(`export-requests-${language}-${width}`)
      expect([...other.faults, ...second.faults]).toEqual([])
      await other.context.close()
      await second.context.close()
    }
  })
})
