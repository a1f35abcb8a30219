// An administrator: a new colleague by one-time link, a role that ends at once, another role to look through, a rule table changed by two people.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSync } from 'otplib'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listCertificates, suspendCertificate } from '@fugong/contract/certificates'
import { listEmergencies } from '@fugong/contract/emergencies'
import { getSession, listPeople, endGrant } from '@fugong/contract/identity'
import { getTable } from '@fugong/contract/rules'
import { projectRoot } from '../../../server/base/data.ts'
import { declare, newFirm } from '../../../server/test/declaring.ts'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const TASK_FORCE = '云岩区复工复产工作专班'
/** Role and unit; the unit brings its area along. */
async function grantFields(dialog: Locator, role: string, unit: string): Promise<void> {
  await dialog.getByLabel('岗位', { exact: true }).click()
  await dialog.page().locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: role }).click()
  await choose(dialog.getByLabel('单位', { exact: true }), unit)
  await dialog.locator('.fg-field').filter({ has: dialog.page().getByText('地区', { exact: true }) }).getByText('云岩区').waitFor()
}

describe.skipIf(!chromiumPath)('an administrator', () => {
  let stage: Stage
  let administrator: Visitor
  let colleague: Visitor
  beforeAll(async () => {
    stage = await openStage()
    administrator = await stage.visitor()
    await administrator.signInAsStaff('luyuanming')
  })
  afterAll(() => stage?.close())

  test('makes an account, and the new colleague takes up the link', async () => {
    const { page } = administrator
    await administrator.goto('/console/people')
    await administrator.checkPage('people-zh-1440')
    await page.getByRole('button', { name: '新建人员' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('姓名', { exact: true }).fill('样例新同事')
    await dialog.getByLabel('用户名', { exact: true }).fill('xintongshi')
    await grantFields(dialog, '审核专班', TASK_FORCE)
    await administrator.checkPage('person-new-zh-1440')
    await dialog.getByRole('button', { name: '新建人员' }).click()
    const link = await page.getByRole('textbox', { name: '链接' }).inputValue()
    await administrator.checkPage('invitation-link-zh-1440')
    await page.getByRole('button', { name: '已转交，关闭' }).click()
    await page.getByRole('heading', { level: 1, name: '样例新同事' }).waitFor()
    await administrator.checkPage('person-zh-1440')
    colleague = await stage.visitor({ width: 390, height: 844 })
    await colleague.goto(new URL(link.trim()).pathname + new URL(link.trim()).hash)
    const secret = (await colleague.page.getByText(/^[A-Z2-7 ]{16,}$/).first().innerText()).replace(/\s/g, '')
    await colleague.checkPage('invitation-zh-390')
    await colleague.page.getByLabel('新密码').fill('四个没有关系的词语连在一起吧')
    await colleague.page.getByLabel('动态码').fill(generateSync({ secret }))
    await colleague.page.locator('button[type=submit]').click()
    await colleague.page.getByText('账号已启用').first().waitFor()
    await colleague.goto('/console')
    await colleague.page.getByRole('heading', { level: 1 }).waitFor()
    await colleague.checkPage('review-home-empty-zh-390')
  })

  test('ends the role: within a second nothing opens any more', async () => {
    const api = await stage.city.as('luyuanming')
    const { items } = await api.call(listPeople, { query: { q: 'xintongshi' } })
    await api.call(endGrant, { params: { id: items[0]!.grants[0]!.id }, body: { reason: '调离' } })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const session = (await (await colleague.context.request.get(`${stage.url}${getSession.path}`)).json()) as { signedIn: boolean; roles: string[] }
    // It was the only role: nothing is left to be signed in for.
    expect(session).toMatchObject({ signedIn: false, roles: [] })
    expect((await colleague.context.request.get(`${stage.url}/api/declarations`)).status()).toBe(401)
    await colleague.goto('/console')
    await colleague.page.waitForURL(/\/sign-in/)
  })

  test('an account is recovered by two: one asks, the other confirms and keeps the link in sight', async () => {
    const { page } = administrator
    const { items } = await (await stage.city.as('luyuanming')).call(listPeople, { query: { q: 'fangzhiping' } })
    await administrator.goto(`/console/people/${items[0]!.id}`)
    await page.getByRole('button', { name: '申请恢复' }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('本人到场，核对工作证')
    await page.getByRole('dialog').getByRole('button', { name: '申请恢复' }).click()
    await page.getByText('这项申请由您提出，须由另一名管理员确认。').waitFor()
    expect(await page.getByRole('button', { name: '确认恢复' }).count()).toBe(0)
    const second = await stage.visitor({ width: 390, height: 844 })
    await second.signInAsStaff('shenruohan')
    await second.goto(`/console/people/${items[0]!.id}`)
    await second.checkPage('recovery-waiting-zh-390')
    await second.page.getByRole('button', { name: '确认恢复' }).click()
    await second.page.getByRole('dialog').getByRole('button', { name: '确认恢复' }).click()
    // The person's state is read anew meanwhile: the link is given once and must outlast that.
    await second.page.getByText('待本人设置密码').waitFor()
    expect(await second.page.getByRole('textbox', { name: '链接' }).inputValue()).toMatch(/^http.*#[\w-]{20,}$/)
    await second.checkPage('recovery-link-zh-390')
    expect(second.faults).toEqual([])
    await second.context.close()
  })

  test('looks at the system as a reviewer, and only looks', async () => {
    const { page, context } = administrator
    const { contact, firm } = await newFirm(stage.city, 'yunyan')
    await declare(contact, firm, 0, new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10))
    const certificate = (await contact.call(listCertificates)).items[0]!
    await administrator.goto('/console/me')
    await administrator.checkPage('me-zh-1440')
    await page.getByRole('button', { name: '以其他岗位查看' }).click()
    const dialog = page.getByRole('dialog')
    await grantFields(dialog, '审核专班', TASK_FORCE)
    await dialog.getByLabel('原因').fill('核对云岩区专班能看到什么')
    await administrator.checkPage('see-as-zh-1440')
    await dialog.getByRole('button', { name: '开始查看' }).click()
    const banner = page.getByText(`正在以“审核专班”（${TASK_FORCE}）的身份查看，只能看、不能办理`)
    await banner.waitFor()
    await administrator.goto('/console/certificates')
    await page.getByText(certificate.number).first().waitFor()
    await banner.waitFor()
    // The page offers no deed, and one sent all the same is refused.
    expect(await page.getByRole('button', { name: /暂停证书|撤销证书/ }).count()).toBe(0)
    await administrator.checkPage('seeing-as-zh-1440')
    const refused = await context.request.post(`${stage.url}${suspendCertificate.path.replace(':id', certificate.id)}`, { headers: { 'x-fugong': '1' }, data: { reason: '试' } })
    expect(refused.status()).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'session.read_only', title: '正在以其他岗位查看，只能看、不能办理' })
    await page.getByRole('button', { name: '停止查看' }).click()
    await banner.waitFor({ state: 'hidden' })
    expect((await (await context.request.get(`${stage.url}${getSession.path}`)).json()) as object).toMatchObject({ seeingAs: null, roles: ['administrator'] })
  })

  test('the console says which emergency one works in', async () => {
    const { items } = await (await stage.city.as('luyuanming')).call(listEmergencies)
    await administrator.goto('/console/tables')
    const shown = administrator.page.getByRole('banner').getByText(items.find((one) => one.endedAt === null)!.name.zh)
    await shown.waitFor()
    expect(await shown.evaluate((element) => element.scrollWidth <= element.clientWidth + 1), 'its name is cut off').toBe(true)
  })

  test('a table with faults is refused with all of them; a sound one waits for another person', async () => {
    const { page } = administrator
    const table = JSON.parse(readFileSync(join(projectRoot, 'packs/epidemic-2020/tables/declaration.procedure.json'), 'utf8')) as { version: number; effectiveFrom: string; rows: { when: Record<string, string>; because?: object }[] }
    await administrator.goto('/console/tables')
    await administrator.checkPage('tables-zh-1440')
    await administrator.goto('/console/tables/declaration.procedure/1')
    await page.getByText('r1').first().waitFor()
    await administrator.checkPage('table-zh-1440')
    await administrator.goto('/console/tables')
    await page.getByRole('button', { name: /导入/ }).first().click()
    const faulty = { ...table, version: 2, rows: [{ ...table.rows[0]!, when: { level: 'level ==' } }, ...table.rows.slice(1)] }
    await page.locator('input[type=file]').setInputFiles({ name: 'table.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(faulty)) })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('应急类别').click()
    await page.locator('.ant-select-item-option').filter({ hasText: '疫情' }).click()
    await dialog.getByLabel('说明').fill('放宽试行')
    await dialog.getByRole('button', { name: '检查并提交' }).click()
    await dialog.getByText(/第 1 行/).first().waitFor()
    await administrator.checkPage('table-faults-zh-1440')
    // What changes: rule r1 gives another reason. What was typed is still there.
    const row = { ...table.rows[0]!, because: { zh: '试行：改由承诺办理', en: 'On trial: by declaration' } }
    await page.locator('input[type=file]').setInputFiles({ name: 'table.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...table, version: 2, effectiveFrom: new Date().toISOString(), rows: [row, ...table.rows.slice(1)] })) })
    await dialog.getByRole('button', { name: '检查并提交' }).click()
    await page.getByText('须由另一人确认').first().waitFor()
    expect(await page.getByRole('button', { name: '确认生效' }).count()).toBe(0)
    await administrator.checkPage('table-proposed-zh-1440')
  })

  test('a second person confirms, and the new version is in force', async () => {
    const commander = await stage.visitor()
    await commander.signInAsStaff('gaohongtao')
    await commander.goto('/console/tables?tab=proposals')
    const { page } = commander
    await page.getByText('试行：改由承诺办理').first().waitFor()
    await commander.checkPage('proposal-zh-1440')
    await page.getByRole('button', { name: '确认生效' }).click()
    await page.getByRole('dialog').getByLabel('意见').fill('同意试行')
    await page.getByRole('dialog').getByRole('button', { name: '确认生效' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('已生效').first().waitFor()
    await commander.goto('/console/tables')
    await page.getByRole('row').filter({ hasText: 'declaration.procedure' }).filter({ hasText: /第 2 版.*起/ }).waitFor()
    const { inForce, versions } = await (await stage.city.as('gaohongtao')).call(getTable, { params: { code: 'declaration.procedure', version: 2 }, query: { kind: 'epidemic' } })
    expect(inForce).toBe(true)
    expect(versions.find((one) => one.version === 1 && one.emergencyKind === 'epidemic')?.inForce).toBe(false)
    await commander.goto('/console/tables/declaration.procedure/2?kind=epidemic')
    await page.getByText('试行：改由承诺办理').first().waitFor()
    await commander.checkPage('table-in-force-zh-1440')
    expect(commander.faults).toEqual([])
    await commander.context.close()
  })

  test.each([['zh', 1440], ['en', 1440], ['zh', 390], ['en', 390]] as const)('every administration page in %s at %d pixels', async (language, width) => {
    expect(administrator.faults).toEqual([])
    const again = await stage.visitor({ width, height: 844, language })
    await again.context.addCookies((await administrator.context.cookies()).filter((cookie) => cookie.name === 'fugong_session'))
    for (const [name, path] of [['people', '/console/people'], ['units', '/console/units'], ['areas', '/console/areas'], ['calendar', '/console/calendar'], ['emergencies', '/console/emergencies'], ['system', '/console/system'], ['tables', '/console/tables'], ['table', '/console/tables/declaration.procedure/1'], ['me', '/console/me'], ['outbox', '/outbox'], ['missing', '/no-such-page']] as const) {
      await again.goto(path)
      await again.checkPage(`${name}-${language}-${width}`)
    }
    expect(again.faults).toEqual([])
    await again.context.close()
  })
})
