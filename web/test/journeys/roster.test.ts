// An HR clerk brings the roster, corrects a person, looks at a number with a reason, confirms a self-entry; the district counts. Both languages and widths.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { enterSelf, listPosters } from '@fugong/contract/people.entries'
import { ROSTER_HEADER, mobile, residentId, rosterRow } from '../../../server/test/rosters.ts'
import { xlsx } from '../../../server/test/importing.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

describe.skipIf(!chromiumPath)('an HR clerk', () => {
  let stage: Stage
  let clerk: Visitor
  let firm: string
  const roster = (rest = '') => `/portal/enterprises/${firm}/roster${rest}`
  beforeAll(async () => {
    stage = await openStage()
    firm = (await (await stage.city.contact('13900000102')).call(listMyEnterprises)).items[0]!.id
    clerk = await stage.visitor()
    await clerk.signInAsContact('13900000102')
  })
  afterAll(() => stage?.close())

  test('imports a roster and is told the row at fault', async () => {
    const { page } = clerk
    await clerk.goto(roster())
    await page.getByText('名册还是空的').waitFor()
    await clerk.checkPage('roster-empty-zh-1440')
    await page.getByRole('link', { name: '导入名册' }).first().click()
    await page.getByText('的模板').or(page.getByText('模板')).first().waitFor()
    const rows = [...Array.from({ length: 40 }, (_, n) => rosterRow(n)), rosterRow(41, { 1: residentId(41).slice(0, 17) })]
    await page.locator('input[type=file]').setInputFiles({ name: '花名册.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: await xlsx([ROSTER_HEADER, ...rows]) })
    await page.getByRole('button', { name: '检查' }).or(page.getByRole('button', { name: '预检' })).or(page.locator('.fg-deeds .ant-btn-primary')).first().waitFor()
    expect(await page.locator('.im-samples').first().textContent()).not.toContain(residentId(0))
    await page.locator('.ant-btn-primary:visible').last().click()
    await page.getByText(/应为 18 位/).first().waitFor()
    await clerk.checkPage('roster-check-zh-1440')
    await page.locator('.ant-btn-primary:visible').last().click()
    await page.locator('.im-counts').waitFor()
    await clerk.goto(roster())
    await page.getByRole('table', { name: '员工名册' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(40)
    await clerk.checkPage('roster-zh-1440')
  })

  test('finds a person by initials, corrects them, looks at a number with a reason', async () => {
    const { page } = clerk
    await page.getByPlaceholder(/拼音首字母/).fill(residentId(7).slice(-4))
    await page.keyboard.press('Enter')
    await page.getByText(`139****${mobile(7).slice(-4)}`).first().waitFor()
    expect(page.url()).not.toContain(residentId(7).slice(-4))
    // Others may end in the same four characters.
    await page.locator('tbody tr', { hasText: `139****${mobile(7).slice(-4)}` }).locator('[data-row-main]').click()
    await page.getByRole('button', { name: '查看证件号码' }).click()
    await page.getByRole('dialog').getByLabel('查看理由').fill('办理参保')
    await page.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
    await page.getByText(residentId(7)).waitFor()
    await page.getByText('办理参保').waitFor()
    await page.getByRole('button', { name: '更改', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('宿舍').fill('9 栋 909')
    await clerk.checkPage('roster-edit-zh-1440')
    await dialog.getByRole('button', { name: '更改', exact: true }).click()
    await page.getByText('更改宿舍').waitFor()
    await page.getByRole('button', { name: '返岗核查' }).first().click()
    await page.getByText('请先补填').first().waitFor()
    await page.keyboard.press('Escape')
    await clerk.checkPage('person-zh-1440')
  })

  test('moves many and takes it back', async () => {
    const { page } = clerk
    await clerk.goto(`${roster()}?state=notReturned`)
    await page.getByRole('checkbox', { name: '选择本页' }).or(page.locator('thead input[type=checkbox]')).first().check()
    await page.getByRole('button', { name: '更改状态' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('状态').click()
    await page.getByTitle('在岗').last().click()
    await dialog.getByRole('button', { name: '更改状态' }).click()
    await page.getByText(/人已转为在岗/).waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText(/已撤销/).first().waitFor()
  })

  test('puts up a code; an employee enters themselves, and is confirmed', async () => {
    const { page } = clerk
    await clerk.goto(roster('/posters'))
    await page.getByRole('button', { name: '生成二维码' }).first().click()
    await page.getByRole('link', { name: '打印' }).first().waitFor()
    await clerk.checkPage('posters-zh-1440')
    await page.getByRole('link', { name: '打印' }).first().click()
    await page.getByText('返岗登记').first().waitFor()
    await clerk.checkPage('poster-zh-1440')
    const poster = (await (await stage.city.contact('13900000102')).call(listPosters, { params: { id: firm } })).items[0]!
    // How it looks on the phone is the employee's own journey.
    await stage.city.anonymous().call(enterSelf, { body: { token: poster.url!.split('#')[1]!, noticeVersion: 1, agreed: true, formVersion: 1, answers: { name: '新来的', idType: '01', idNumber: residentId(900), phone: mobile(900), exposed: false } } })
    await clerk.goto(roster('/entries'))
    await page.getByText('新来的').waitFor()
    await clerk.checkPage('entries-zh-1440')
    await page.getByRole('button', { name: '确认', exact: true }).click()
    await page.getByText('没有待确认的登记').waitFor()
    expect(clerk.faults).toEqual([])
  })

  test('the district sees numbers; every screen in English and on a phone', async () => {
    const reviewer = await stage.visitor({ language: 'en' })
    await reviewer.signInAsStaff('tianyuqing')
    await reviewer.goto('/console/rosters')
    await reviewer.page.getByRole('table', { name: 'Staff returned' }).waitFor()
    await reviewer.checkPage('counts-en-1440')
    const small = await stage.visitor({ width: 390, height: 844, language: 'en' })
    await small.signInAsContact('13900000102')
    for (const [rest, name] of [['', 'roster'], ['/posters', 'posters'], ['/entries', 'entries']] as const) {
      await small.goto(roster(rest))
      await small.page.locator('h1').waitFor()
      await small.checkPage(`${name}-en-390`)
    }
    await small.goto(roster())
    await small.page.locator('[data-row-main]').first().click()
    await small.page.getByText('Document and contact').waitFor()
    await small.checkPage('person-en-390')
    expect([...reviewer.faults, ...small.faults]).toEqual([])
  })
})
