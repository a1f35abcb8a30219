// The employee: scans the poster of a workplace and enters themselves on the roster, on a phone, in either language.
import { getEnterprise, listMyEnterprises } from '@fugong/contract/enterprises'
import { listEntries, makePoster } from '@fugong/contract/people.entries'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mobile, residentId } from '../../../server/test/rosters.ts'
import { chromiumPath, openStage, type Stage } from './browser.ts'

let stage: Stage
let path: string
beforeAll(async () => {
  if (!chromiumPath) return
  stage = await openStage()
  const firm = await stage.city.contact('13900000102')
  const { id } = (await firm.call(listMyEnterprises)).items[0]!
  const { workplaces } = await firm.call(getEnterprise, { params: { id } })
  path = `/join#${(await firm.call(makePoster, { params: { id }, body: { workplaceId: workplaces[0]!.id } })).url!.split('#')[1]!}`
})
afterAll(() => stage?.close())

describe.skipIf(!chromiumPath)('an employee with a phone', () => {
  it('fills the form in page by page, is told what is wrong, finds the draft again, and waits for the firm', async () => {
    const { page, faults, goto, checkPage } = await stage.visitor({ width: 390, height: 844 })
    await goto(path)
    await page.getByText('来自登记信息').first().waitFor()
    await page.getByText('不是您的单位').waitFor()
    await checkPage('join-1-zh')
    const onward = () => page.locator('button[type=submit]').click()
    await onward()
    // Each fault stands above and at its field, in the same words.
    for (const words of ['请填写姓名', '请填写证件类型', '请填写证件号码', '请填写本人手机']) expect(await page.getByText(words).count()).toBe(2)
    await checkPage('join-1-faults-zh')
    await page.getByLabel('姓名').fill('秦雨桐')
    await page.getByLabel('居民身份证').check()
    await page.getByLabel('证件号码').fill(residentId(71))
    await page.getByLabel('本人手机').fill(`+86 ${mobile(71).slice(0, 3)} ${mobile(71).slice(3)}`)
    await onward()
    await page.getByRole('heading', { name: '班组和住处' }).waitFor()
    await page.getByLabel('班组').fill('包装二组')
    // The page is loaded anew, as when a phone puts the browser away.
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByText('上次填的内容还在').waitFor()
    expect(await page.getByLabel('证件号码').inputValue()).toBe(residentId(71))
    await onward()
    expect(await page.getByLabel('班组').inputValue()).toBe('包装二组')
    await onward()
    await page.getByLabel('来源地').selectOption({ label: '湖北省' })
    await page.getByLabel('市（可不选）').selectOption({ label: '武汉市' })
    await page.getByLabel('离开那里的日期').fill('2020-02-20')
    await page.getByLabel('返回日期').fill('2020-02-19')
    await page.getByLabel('铁路').check()
    await page.getByLabel('车次').fill('G1529')
    await onward()
    expect(await page.getByText('返回日期不能早于离开日期').count()).toBe(2)
    await checkPage('join-3-zh')
    await page.getByLabel('返回日期').fill('2020-02-21')
    // What is no longer asked does not count.
    await page.getByLabel('自驾').check()
    expect(await page.getByLabel('车次').count()).toBe(0)
    await onward()
    await page.getByLabel('是', { exact: true }).check()
    await page.getByLabel('接触过重点地区来的人').check()
    await checkPage('join-4-zh')
    await onward()
    await page.getByRole('heading', { name: '核对填写内容' }).waitFor()
    expect(await page.locator('.read').allInnerTexts().then((all) => all.join(' '))).not.toContain('G1529')
    expect(await page.locator('.read').nth(2).innerText()).toContain('武汉市')
    await checkPage('join-check-zh')
    await onward()
    expect(await page.getByText('请先阅读并同意告知内容').count()).toBe(2)
    await page.getByLabel('我已阅读并同意').check()
    await onward()
    await page.getByRole('heading', { name: '已提交' }).waitFor()
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    expect(faults).toEqual([])
    const firm = await stage.city.contact('13900000102')
    const { id } = (await firm.call(listMyEnterprises)).items[0]!
    expect((await firm.call(listEntries, { params: { id } })).items).toMatchObject([{ name: '秦雨桐', crew: '包装二组', origin: { code: '420100' }, returnedOn: '2020-02-21' }])
  })
  it('reads it in English, large, and is taken back to the page that the server finds at fault', async () => {
    const { page, faults, goto, checkPage } = await stage.visitor({ width: 390, height: 844, language: 'en' })
    await goto(path)
    await page.getByRole('button', { name: /Large|Care|Easy/i }).click()
    await checkPage('join-1-en-care')
    const onward = () => page.locator('button[type=submit]').click()
    await page.getByLabel('Name', { exact: true }).fill('Sam Carter')
    await page.getByLabel('Passport').check()
    await page.getByLabel('ID number').fill('12')
    await page.getByLabel('Your mobile phone').fill('0851-85988888')
    await onward()
    await page.locator('.error').first().waitFor()
    await page.getByLabel('ID number').fill('520103')
    await onward()
    await onward()
    await onward()
    await page.getByLabel('No', { exact: true }).check()
    await onward()
    await page.getByRole('heading', { name: 'Check your answers' }).waitFor()
    await page.getByLabel('I have read').check()
    await checkPage('join-check-en')
    await onward()
    // A landline is a phone to the form, but not to the roster: the page of that question opens, with the words beside it.
    await page.getByRole('heading', { name: 'About you', exact: true, level: 2 }).waitFor()
    expect(await page.locator('.error').allInnerTexts()).toEqual([expect.stringContaining('11')])
    await checkPage('join-server-fault-en')
    expect(faults).toEqual([])
  })
})
