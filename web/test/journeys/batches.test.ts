// A district plans batches, fills and orders them, invites; a firm answers on its phone; the unit sees who is ready and moves the rest.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Enterprise } from '@fugong/contract/enterprises'
import { changeFacts } from '@fugong/contract/enterprises.register'
import { newFirm } from '../../../server/test/declaring.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

describe.skipIf(!chromiumPath)('a district plans in batches', () => {
  let stage: Stage
  let tian: Visitor
  const firms: { firm: Enterprise; phone: string }[] = []
  beforeAll(async () => {
    stage = await openStage()
    for (const [name, industryCode, staff] of [['批次口罩厂', '2770', 80], ['批次影院', '8760', 30], ['批次电厂', '4411', 120]] as const) {
      const made = await newFirm(stage.city, 'yunyan', { name, industryCode })
      await made.contact.call(changeFacts, { params: { id: made.firm.id }, body: { revision: made.firm.revision, staff, staffYear: 2019 } })
      firms.push(made)
    }
    tian = await stage.visitor()
    await tian.signInAsStaff('tianyuqing')
  })
  afterAll(() => stage?.close())

  test('makes a plan, chooses firms, lets the rule put them in order', async () => {
    const { page } = tian
    await tian.goto('/console/batches')
    // The command centre's sample plan concerns other districts too; of it this one sees none of its own firms.
    await page.getByRole('button', { name: '制定方案' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('方案名称').fill('云岩分批复工')
    await dialog.getByLabel('最多场所数').first().fill('1')
    await tian.checkPage('batches-open-zh-1440')
    await dialog.getByRole('button', { name: '制定方案' }).click()
    await page.waitForURL(/\/console\/batches\/[0-9a-f-]{36}/)
    await page.getByText('方案里还没有企业').waitFor()
    await tian.checkPage('batches-empty-zh-1440')
    await page.getByRole('button', { name: '添加企业' }).click()
    await dialog.getByRole('radio', { name: '粘贴代码' }).check()
    await dialog.getByLabel('统一社会信用代码').fill(`${firms.map(({ firm }) => firm.creditCode).join('\n')}\n91520103NOBODY0001`)
    await dialog.getByText('已粘贴 4 个代码').waitFor()
    await dialog.getByRole('button', { name: '添加企业' }).click()
    await dialog.getByText('已添加 3 个场所').waitFor()
    await dialog.getByText('91520103NOBODY0001').waitFor()
    await tian.checkPage('batches-added-zh-1440')
    await dialog.getByRole('button', { name: '完成' }).click()
    await page.getByRole('button', { name: '自动排序' }).click()
    await dialog.getByRole('button', { name: '自动排序' }).click()
    await page.getByText('已自动排序，变动 3 家').waitFor()
    const first = page.getByRole('article', { name: /第 1 批/ })
    await first.getByText('1 / 1').waitFor()
    expect(await page.getByRole('row').nth(1).textContent()).toContain('批次口罩厂')
    await tian.checkPage('batches-plan-zh-1440')
  })

  test('moves a firm by hand, over the limit, and undoes it', async () => {
    const { page } = tian
    await page.getByRole('row', { name: /批次影院/ }).getByRole('checkbox').check()
    await page.getByRole('combobox', { name: '移到…' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: '第 1 批' }).click()
    await page.getByText('超出 1').waitFor()
    await tian.checkPage('batches-over-zh-1440')
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('超出 1').waitFor({ state: 'hidden' })
  })

  test('invites, the firm answers on its phone, and the unit sees it', async () => {
    const { page } = tian
    const first = page.getByRole('article', { name: /第 1 批/ })
    await first.getByRole('button', { name: '邀请' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '邀请' }).click()
    await page.getByText('已邀请 1 家').first().waitFor()

    const contact = await stage.visitor({ width: 390, height: 844 })
    await contact.signInAsContact(firms[0]!.phone)
    await contact.page.getByText('有 1 项复工批次等您回复').waitFor()
    await contact.page.getByRole('link', { name: '查看复工批次' }).click()
    await contact.page.getByText('批次口罩厂').first().waitFor()
    await contact.checkPage('batches-mine-zh-390')
    await contact.page.getByRole('radio', { name: '希望改在另一天' }).check()
    await contact.page.getByRole('button', { name: '回复' }).click()
    // Without a day it is not sent; the fault stands beside the field.
    await contact.page.getByText('请填写希望的日期').first().waitFor()
    const wished = new Date(Date.now() + 6 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
    await contact.page.getByLabel('希望的日期').fill(wished)
    await contact.page.getByLabel(/原因/).fill('熔喷布周末才到')
    await contact.page.getByRole('button', { name: '回复' }).click()
    await contact.page.getByText('已回复：希望改期').waitFor()
    await contact.checkPage('batches-answered-zh-390')
    expect(contact.faults).toEqual([])
    await contact.context.close()

    await page.reload()
    await page.getByRole('row', { name: /批次口罩厂/ }).getByText(`希望 ${wished}`).waitFor()
    await page.getByRole('button', { name: '批次口罩厂' }).click()
    await page.getByText('熔喷布周末才到').first().waitFor()
    await page.getByText('停不得，排在最前').waitFor()
    await tian.checkPage('batches-member-zh-1440')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: '办理记录' }).click()
    await page.getByRole('cell', { name: '邀请' }).first().waitFor()
    await tian.checkPage('batches-history-zh-1440')
    expect(tian.faults).toEqual([])
  })

  test('reads the same in English and on a phone', async () => {
    const address = new URL(tian.page.url()).pathname
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const visitor = await stage.visitor({ language, width, height: width === 390 ? 844 : 900 })
      await visitor.context.addCookies(await tian.context.cookies())
      await visitor.goto('/console/batches')
      await visitor.page.getByText('云岩分批复工').first().waitFor()
      await visitor.checkPage(`batches-list-${language}-${width}`)
      await visitor.goto(address)
      await visitor.page.getByText('批次口罩厂').first().waitFor()
      await visitor.checkPage(`batches-plan-${language}-${width}`)
      expect(visitor.faults).toEqual([])
      await visitor.context.close()
    }
  })
})
