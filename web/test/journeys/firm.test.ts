// A firm, from the first sign-in to the certificate on its door: at low risk in the browser, with faults made on the way.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const PDF = { name: '防疫物资照片.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') }
const tomorrow = () => new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)

describe.skipIf(!chromiumPath)('a firm resumes work', () => {
  let stage: Stage
  let firm: Visitor
  beforeAll(async () => { stage = await openStage(); firm = await stage.visitor() })
  afterAll(() => stage?.close())

  test('signs in with a phone and registers, told at once what is wrong', async () => {
    const { page } = firm
    await firm.goto('/')
    await firm.checkPage('landing-zh-1440')
    await firm.goto('/sign-in')
    await firm.checkPage('sign-in-zh-1440')
    await firm.signInAsContact('13900001234', '样例新联络员')
    await firm.checkPage('portal-empty-zh-1440')
    await page.getByRole('link', { name: '登记企业' }).first().click()
    await page.getByRole('button', { name: '继续' }).click()
    await firm.checkPage('register-faults-zh-1440')
    expect(await page.getByRole('alert').first().innerText()).toContain('统一社会信用代码')
    await page.getByLabel('统一社会信用代码').fill('91350200MA2YJ1XR9A')
    await page.getByLabel('企业名称').click()
    await page.getByText('第 18 位应为 G').first().waitFor()
    await page.getByLabel('统一社会信用代码').fill('91350200MA2YJ1XR9G')
    await page.getByLabel('企业名称').fill('样例䶮㼆食品有限公司')
    await choose(page.getByLabel('国民经济行业'), '2770')
    await page.getByText('一般企业').click()
    // A control is told on the page where it was typed, and nothing goes on with it.
    await page.getByLabel('企业名称').fill('样例\u202e公司')
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByRole('alert').getByText('企业名称不能为空白，也不能含控制字符').waitFor()
    await page.getByLabel('企业名称').fill('样例䶮㼆食品有限公司')
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByLabel('场所名称').waitFor()
    await firm.checkPage('register-place-empty-zh-1440')
    await page.getByLabel('场所名称').fill('一号车间')
    await page.getByText('园区厂房').click()
    await choose(page.getByLabel('所在区县'), '云岩区')
    await choose(page.getByLabel('街道（乡镇）'), '黔灵东路街道')
    await page.getByLabel('详细地址').fill('样例路 1 号')
    await firm.checkPage('register-place-zh-1440')
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByText('91350200MA2YJ1XR9G').waitFor()
    await firm.checkPage('register-check-zh-1440')
    await page.getByRole('button', { name: '提交登记' }).click()
    await page.getByText('已登记').first().waitFor()
    await firm.checkPage('firm-zh-1440')
  })

  test('declares: nothing typed twice, saved while typing, effective on submission', async () => {
    const { page } = firm
    await page.getByRole('button', { name: /申报复工/ }).or(page.getByRole('link', { name: /申报复工/ })).first().click()
    await page.getByLabel('计划复工日期').waitFor()
    await firm.checkPage('declare-plan-zh-1440')
    await page.getByRole('button', { name: '保存并继续' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('计划复工日期').fill(tomorrow())
    await page.getByLabel('复工人数').fill('32')
    await page.getByRole('button', { name: '保存并继续' }).click()
    for (let step = 0; step < 5; step++) {
      await page.getByText(`第 ${step + 2} 步`).waitFor()
      await fillPage(page)
      if (step === 0) await firm.checkPage('declare-answers-zh-1440')
      await page.getByRole('button', { name: '保存并继续' }).click()
    }
    await page.getByText('第 7 步').waitFor()
    await page.locator('input[type=file]').setInputFiles(PDF)
    await page.getByText('防疫物资照片.pdf 已上传').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: '保存并继续' }).click()
    await page.getByRole('checkbox').check()
    await firm.checkPage('declare-pledge-zh-1440')
    await page.getByRole('button', { name: '保存并继续' }).click()
    await page.getByText('提交即生效').first().waitFor()
    await firm.checkPage('declare-check-zh-1440')
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByText('提交即生效').first().waitFor()
    await page.getByRole('button', { name: '提交备案' }).click()
    await page.getByText('可以复工').first().waitFor()
    await firm.checkPage('declared-zh-1440')
  })

  test('has a certificate to print, on a phone and in English too', async () => {
    const { page } = firm
    await page.getByRole('link', { name: '查看复工证书' }).click()
    await page.getByText(/GY-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]/).first().waitFor()
    await firm.checkPage('certificate-zh-1440')
    const [poster] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), page.getByRole('button', { name: '打印门口海报（A4）' }).click()])
    expect(poster.suggestedFilename()).toMatch(/-GY-.*\.pdf$/)
    await page.getByText('第 1 次', { exact: true }).waitFor()
    await firm.checkPage('certificate-printed-zh-1440')
    const address = new URL(page.url()).pathname
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await firm.context.cookies()).filter((cookie) => cookie.name === 'fugong_session'))
      for (const [name, path] of [['portal', '/portal'], ['certificate', address], ['register', '/portal/register'], ['me', '/portal/me']] as const) {
        await again.goto(path)
        await again.checkPage(`${name}-${language}-${width}`)
      }
      expect(again.faults).toEqual([])
      await again.context.close()
    }
  })

  test('nothing failed in the page, and the database has what was typed', async () => {
    expect(firm.faults).toEqual([])
    const { items } = await (await stage.city.contact('13900001234')).call(listMyEnterprises)
    expect(items.map((one) => [one.name, one.creditCode])).toEqual([['样例䶮㼆食品有限公司', '91350200MA2YJ1XR9G']])
  })
})

type Page = Visitor['page']
/** Answers every question of a page of the plan as a firm with everything in place would. */
async function fillPage(page: Page): Promise<void> {
  await fillOnce(page)
  // An answer may bring up a question that hangs on it.
  await fillOnce(page)
}
async function fillOnce(page: Page): Promise<void> {
  for (const group of await page.locator('.fg-decl-body .ant-radio-group').all()) if (!(await group.locator('input:checked').count())) await group.locator('input').first().check()
  for (const box of await page.locator('.fg-decl-body textarea:visible').all()) if (!(await box.inputValue())) await box.fill('已落实，专人负责')
  for (const box of await page.locator('.fg-decl-body input:visible:not([type=radio]):not([type=checkbox]):not([type=file])').all()) {
    if (await box.inputValue()) continue
    await box.fill(/decimal|numeric/.test((await box.getAttribute('inputmode')) ?? '') ? '5' : '办公楼一层东侧')
  }
}
