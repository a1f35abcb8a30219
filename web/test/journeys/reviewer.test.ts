// The command centre sets levels, a district's reviewer decides: gaps told once, supplement, acceptance, site check, rejection, suspension.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listCertificates } from '@fugong/contract/certificates'
import type { Declaration } from '@fugong/contract/declarations'
import { declare, fill, firmOf, look, newFirm, openFor, submit } from '../../../server/test/declaring.ts'
import type { Someone } from '../../../server/test/harness.ts'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const soon = () => new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)
const YUNYAN = '520103'

describe.skipIf(!chromiumPath)('a district decides', () => {
  let stage: Stage
  let reviewer: Visitor
  let contact: Someone
  let declaration: Declaration
  beforeAll(async () => { stage = await openStage() })
  afterAll(() => stage?.close())

  const setLevel = async (commander: Visitor, word: string) => {
    const { page } = commander
    await commander.goto('/console/levels')
    await page.getByRole('button', { name: '调整风险等级' }).first().click()
    await choose(page.getByRole('dialog').getByLabel('区县', { exact: true }), '云岩')
    await page.getByRole('dialog').getByRole('radio', { name: word }).check()
    const now = new Date(Date.now() + 8 * 3_600_000 - 60_000).toISOString().slice(0, 16)
    await page.getByRole('dialog').getByLabel('生效时间').fill(now)
    await page.getByRole('dialog').getByLabel('文号').fill('筑复工办〔2026〕1号')
    await page.getByRole('dialog').getByLabel('原因').fill('按省级名单调整')
    await page.getByRole('dialog').getByRole('button', { name: '调整风险等级' }).click()
    await page.locator('.ant-modal').waitFor({ state: 'hidden' })
  }

  test('the command centre sets 云岩 to medium', async () => {
    const commander = await stage.visitor()
    await commander.signInAsStaff('gaohongtao')
    await setLevel(commander, '中风险')
    await commander.checkPage('levels-zh-1440')
    expect(commander.faults).toEqual([])
    await commander.context.close()
    const fresh = await newFirm(stage.city, 'yunyan')
    contact = fresh.contact
    declaration = await declare(contact, fresh.firm, 0, soon())
    expect(declaration).toMatchObject({ state: 'underReview', procedure: 'review', level: 'medium' })
  })

  test('the reviewer finds it first in the list and tells the gaps once', async () => {
    reviewer = await stage.visitor()
    await reviewer.signInAsStaff(await reviewerOf(stage))
    const { page } = reviewer
    await page.getByText(declaration.enterpriseName).first().waitFor()
    await reviewer.checkPage('review-home-zh-1440')
    await reviewer.goto(`/console/declarations/${declaration.id}`)
    await page.getByRole('button', { name: /受理通过/ }).waitFor()
    await reviewer.checkPage('review-zh-1440')
    await page.keyboard.press('r')
    await choose(page.getByLabel('所缺的内容'), '复工人数')
    await page.getByLabel('怎样补齐').fill('请按班组分列人数')
    await reviewer.checkPage('review-gaps-zh-1440')
    await page.getByRole('button', { name: '告知 1 项并退回补正' }).click()
    await page.getByText('等待企业补正').first().waitFor()
  })

  test('the firm sees the gap where it belongs, supplements and submits again', async () => {
    const visitor = await stage.visitor({ width: 390, height: 844 })
    await visitor.context.addCookies([{ name: 'fugong_session', value: contact.cookie!, url: stage.url }])
    await visitor.goto(`/portal/declarations/${declaration.id}`)
    const { page } = visitor
    await page.getByText('请按班组分列人数').first().waitFor()
    await visitor.checkPage('returned-zh-390')
    // Nothing touched: the firm is asked for its word before it may submit.
    await visitor.goto(`/portal/declarations/${declaration.id}?step=check`)
    await page.getByText('以下补正项自退回后没有改动').waitFor()
    await page.getByRole('button', { name: '补正完毕，再次提交' }).click()
    await page.getByText('请先改动以上各项，或勾选确认').waitFor()
    await visitor.checkPage('returned-untouched-zh-390')
    await page.getByRole('link', { name: '复工人数' }).first().click()
    await page.getByLabel('复工人数').fill('24')
    await page.getByText(/已保存/).first().waitFor()
    await visitor.goto(`/portal/declarations/${declaration.id}?step=check`)
    await page.getByText('已改动').first().waitFor()
    expect(await page.getByText('以下补正项自退回后没有改动').count()).toBe(0)
    await page.getByRole('button', { name: '补正完毕，再次提交' }).click()
    await page.getByText('正在审核').first().waitFor()
    await visitor.checkPage('under-review-zh-390')
    expect(visitor.faults).toEqual([])
  })

  test('the second time a further list would count against the unit; accepted by the keyboard', async () => {
    const { page } = reviewer
    await reviewer.goto(`/console/declarations/${declaration.id}`)
    await page.getByText('计入本单位').first().waitFor()
    await page.keyboard.press('a')
    await page.getByRole('dialog').getByRole('button', { name: /受理通过/ }).click()
    await page.getByText('已备案').first().waitFor()
    expect((await look(contact, declaration)).state).toBe('filed')
    await reviewer.checkPage('review-filed-zh-1440')
  })

  test('two people deciding at once: the second is told what changed', async () => {
    const firm = await newFirm(stage.city, 'yunyan')
    const waiting = await declare(firm.contact, firm.firm, 0, soon())
    await reviewer.goto(`/console/declarations/${waiting.id}`)
    const { page } = reviewer
    await page.getByRole('button', { name: /不予备案/ }).click()
    await page.getByLabel('原因').fill('材料与现场不符')
    const { withdrawDeclaration } = await import('@fugong/contract/declarations')
    await firm.contact.call(withdrawDeclaration, { params: { id: waiting.id }, body: { revision: waiting.revision, reason: '改日再报' } })
    await page.getByRole('dialog').getByRole('button', { name: '不予备案' }).click()
    await page.getByRole('dialog').getByText(/已被/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '载入最新内容' }).click()
    await page.getByText('企业已撤回').first().waitFor()
  })

  test('at high risk: documents, then a site check; and the certificate is suspended', async () => {
    const commander = await stage.visitor()
    await commander.signInAsStaff('gaohongtao')
    await setLevel(commander, '高风险')
    const firm = await newFirm(stage.city, 'yunyan')
    const high = await declare(firm.contact, firm.firm, 0, soon())
    expect(high).toMatchObject({ procedure: 'reviewAndSite', level: 'high' })
    await reviewer.goto(`/console/declarations/${high.id}`)
    const { page } = reviewer
    await page.getByRole('button', { name: /受理通过/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /受理通过/ }).click()
    await page.getByRole('button', { name: /记录现场核查结果/ }).click()
    await page.getByRole('radio', { name: '合格', exact: true }).check()
    await page.getByLabel('核查情况').fill('门岗、消毒、隔离间均到位')
    await page.getByRole('dialog').getByRole('button', { name: '记录核查结果' }).click()
    await page.getByText('已备案').first().waitFor()
    const { items } = await firm.contact.call(listCertificates)
    await reviewer.goto(`/console/certificates?q=${items[0]!.number}`)
    await page.getByRole('button', { name: new RegExp(`暂停证书 ${items[0]!.number}`) }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('检查发现未测温')
    await page.getByRole('dialog').getByRole('button', { name: '暂停' }).click()
    await page.getByText('已暂停').first().waitFor()
    await reviewer.checkPage('certificates-zh-1440')
  })

  test('none: effective on submission, and the reviewer is told that nobody can hold it', async () => {
    const commander = await stage.visitor()
    await commander.signInAsStaff('gaohongtao')
    await setLevel(commander, '无疫情')
    const firm = await newFirm(stage.city, 'yunyan')
    const draft = await fill(firm.contact, await openFor(firm.contact, await firmOf(firm.contact)), soon())
    const filed = await submit(firm.contact, draft)
    expect(filed).toMatchObject({ state: 'filed', procedure: 'effective', level: 'none' })
    await reviewer.goto(`/console/declarations/${filed.id}`)
    await reviewer.page.getByText('任何人不能扣留').first().waitFor()
  })

  test('lists by keyboard; every console page at both widths in both languages', async () => {
    const { page } = reviewer
    await reviewer.goto('/console/declarations')
    await page.getByRole('table').or(page.getByRole('grid')).first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await reviewer.checkPage('declarations-panel-zh-1440')
    expect(reviewer.faults).toEqual([])
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await reviewer.context.cookies()).filter((cookie) => cookie.name === 'fugong_session'))
      for (const [name, path] of [['review-home', '/console'], ['declarations', '/console/declarations'], ['review', `/console/declarations/${declaration.id}`], ['enterprises', '/console/enterprises'], ['enterprise', `/console/enterprises/${declaration.enterpriseId}`], ['certificates', '/console/certificates'], ['levels', '/console/levels']] as const) {
        await again.goto(path)
        await again.checkPage(`${name}-${language}-${width}`)
      }
      expect(again.faults).toEqual([])
      await again.context.close()
    }
  })
})

/** The reviewer of 云岩 in the sample. */
async function reviewerOf(stage: Stage): Promise<string> {
  const { listPeople } = await import('@fugong/contract/identity')
  const { items } = await (await stage.city.as('luyuanming')).call(listPeople, { query: { role: 'reviewer', limit: 200 } })
  return items.find((one) => one.grants.some((grant) => grant.areaCode === YUNYAN))!.username!
}
