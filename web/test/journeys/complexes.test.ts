// An operator registers its mall, lists tenants and files for them; a tenant confirms on its phone and has its certificate; the district sees the collection.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Enterprise } from '@fugong/contract/enterprises'
import { answers, newFirm, pdf } from '../../../server/test/declaring.ts'
import { getComplex, saveFiling } from '@fugong/contract/complexes'
import { uploadFile } from '@fugong/contract/files'
import type { Someone } from '../../../server/test/harness.ts'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const soon = () => new Date(Date.now() + 40 * 3_600_000).toISOString().slice(0, 10)

describe.skipIf(!chromiumPath)('a mall files for its tenants', () => {
  let stage: Stage
  let operator: { contact: Someone; phone: string; firm: Enterprise }
  let shop: { phone: string; firm: Enterprise }
  let visitor: Visitor
  let address = ''
  beforeAll(async () => {
    stage = await openStage()
    operator = await newFirm(stage.city, 'guanshanhu', { name: '旅程商场运营公司', industryCode: '7222' })
    shop = await newFirm(stage.city, 'guanshanhu', { name: '旅程书店', industryCode: '5211' })
    visitor = await stage.visitor()
    await visitor.signInAsContact(operator.phone)
  })
  afterAll(() => stage?.close())

  test('the operator registers it and pastes the list of tenants', async () => {
    const { page } = visitor
    await visitor.goto('/portal/complexes')
    await visitor.checkPage('complexes-mine-empty-zh-1440')
    await page.getByRole('button', { name: '登记综合体' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称', { exact: true }).fill('旅程商场')
    await choose(dialog.getByLabel('区县', { exact: true }), '观山湖')
    await choose(dialog.getByLabel('街道（乡镇）'), '世纪城')
    await dialog.getByLabel('地址').fill('旅程路 1 号')
    await dialog.getByRole('button', { name: '登记综合体' }).click()
    await page.waitForURL(/\/portal\/complexes\/[0-9a-f-]{36}/)
    address = new URL(page.url()).pathname
    await page.getByRole('button', { name: '添加商户' }).click()
    await dialog.getByLabel('商户名单').fill(`${shop.firm.creditCode}\t旅程书店\t3 层 306\t12\n91520115MAYP00124N\t旅程超市`)
    await dialog.getByRole('button', { name: '添加商户' }).click()
    await dialog.getByText('第 2 行缺楼层铺位').waitFor()
    await visitor.checkPage('complexes-lines-zh-1440')
    await dialog.getByLabel('商户名单').fill(`${shop.firm.creditCode}\t旅程书店\t3 层 306\t12\n91520115MAYP00124N\t旅程超市\t负 1 层\t60`)
    await dialog.getByRole('button', { name: '添加商户' }).click()
    await page.getByRole('cell', { name: '旅程超市' }).waitFor()
    await page.getByRole('button', { name: '开始集中申报' }).click()
    await page.getByText('先保存草稿').waitFor()
    await visitor.checkPage('complexes-draft-zh-1440')
  })

  test('asks them once the plan is whole', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: '征求 2 家商户' }).click()
    await page.getByText('请填写计划复工日期').first().waitFor()
    // Filled in over the wire: the questions themselves are those of every declaration.
    const params = { id: address.split('/').at(-1)! }
    const { filing } = await operator.contact.call(getComplex, { params })
    const file = await operator.contact.upload(uploadFile, { name: '商场防控方案.pdf', content: pdf, type: 'application/pdf' })
    await operator.contact.call(saveFiling, { params: { id: filing!.id }, body: { revision: filing!.revision, plannedDate: soon(), answers, fileIds: [file.id] } })
    await page.reload()
    await page.getByRole('button', { name: '征求 2 家商户' }).click()
    await page.getByText('征求商户中').first().waitFor()
    await visitor.checkPage('complexes-asked-zh-1440')
    expect(visitor.faults).toEqual([])
  })

  test('a tenant reads the plan on its phone, confirms with the pledge, and has its own declaration', async () => {
    const tenant = await stage.visitor({ width: 390, height: 844 })
    await tenant.signInAsContact(shop.phone)
    await tenant.page.getByText('有 1 项集中申报等您确认').waitFor()
    await tenant.page.getByRole('link', { name: '查看集中申报' }).click()
    await tenant.page.getByText('商场防控方案.pdf').waitFor()
    await tenant.checkPage('complexes-request-zh-390')
    await tenant.page.getByRole('button', { name: '确认并提交备案' }).click()
    await tenant.page.getByText('请阅读并作出承诺').first().waitFor()
    await tenant.page.getByRole('checkbox', { name: /以本单位名义作出承诺/ }).check()
    await tenant.page.getByRole('button', { name: '确认并提交备案' }).click()
    await tenant.page.getByRole('link', { name: '查看本单位的备案' }).click()
    await tenant.page.getByText(/旅程书店/).first().waitFor()
    await tenant.page.goBack()
    await tenant.checkPage('complexes-confirmed-zh-390')
    expect(tenant.faults).toEqual([])
    await tenant.context.close()
    await visitor.page.reload()
    await visitor.page.getByRole('row', { name: /旅程书店/ }).getByText('已确认').waitFor()
  })

  test('the district sees the collection, in both languages and widths', async () => {
    const jiang = await stage.visitor()
    await jiang.signInAsStaff('jianghaoyu')
    const console = address.replace('/portal/', '/console/')
    for (const [language, width] of [['zh', 1440], ['en', 1440], ['en', 390]] as const) {
      const one = await stage.visitor({ language, width, height: width === 390 ? 844 : 900 })
      await one.context.addCookies(await jiang.context.cookies())
      await one.goto('/console/complexes')
      await one.page.getByText('旅程商场', { exact: true }).first().waitFor()
      await one.checkPage(`complexes-list-${language}-${width}`)
      await one.goto(console)
      await one.page.getByText('旅程书店').first().waitFor()
      await one.checkPage(`complexes-page-${language}-${width}`)
      expect(one.faults).toEqual([])
      await one.context.close()
    }
    for (const [language, width] of [['en', 1440], ['en', 390]] as const) {
      const one = await stage.visitor({ language, width, height: width === 390 ? 844 : 900 })
      await one.context.addCookies(await visitor.context.cookies())
      await one.goto(address)
      await one.page.getByText('旅程书店').first().waitFor()
      await one.checkPage(`complexes-operate-${language}-${width}`)
      await one.context.close()
    }
    await jiang.context.close()
  })
})
