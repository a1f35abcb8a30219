// An administrator: a new colleague by one-time link, a role that ends at once, another role to look through, a rule table changed by two people.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSession, listPeople, endGrant } from '@fugong/contract/identity'
import { projectRoot } from '../../../server/base/data.ts'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

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
    await page.getByRole('button', { name: /添加人员/ }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('姓名').fill('样例新同事')
    await dialog.getByLabel('用户名').fill('xintongshi')
    await choose(dialog.getByLabel('岗位'), '审核')
    await choose(dialog.getByLabel('单位'), '云岩区')
    const area = dialog.getByLabel(/地区|区域|范围/)
    if (await area.count()) await choose(area.first(), '云岩')
    await dialog.locator('button[type=submit], .ant-btn-primary').last().click()
    const link = await page.getByText(/\/invitation#/).first().innerText()
    await administrator.checkPage('invitation-link-zh-1440')
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
    const session = (await (await colleague.context.request.get(`${stage.url}${getSession.path}`)).json()) as { roles: string[] }
    expect(session.roles).toEqual([])
    expect((await colleague.context.request.get(`${stage.url}/api/declarations`)).status()).toBe(403)
  })

  test('looks at the system as a reviewer, and only looks', async () => {
    await administrator.goto('/console/me')
    await administrator.checkPage('me-zh-1440')
  })

  test('a table with faults is refused with all of them; a sound one waits for another person', async () => {
    const { page } = administrator
    const table = JSON.parse(readFileSync(join(projectRoot, 'packs/epidemic-2020/tables/declaration.procedure.json'), 'utf8')) as { version: number; effectiveFrom: string; rows: { when: Record<string, string> }[] }
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
    const note = dialog.getByRole('textbox').last()
    await note.fill('放宽试行')
    await dialog.locator('button[type=submit], .ant-btn-primary').last().click()
    await dialog.getByText(/第 1 行/).first().waitFor()
    await administrator.checkPage('table-faults-zh-1440')
    await page.locator('input[type=file]').setInputFiles({ name: 'table.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...table, version: 2, effectiveFrom: new Date().toISOString() })) })
    await dialog.locator('button[type=submit], .ant-btn-primary').last().click()
    await page.getByText(/待确认|等待/).first().waitFor()
    await administrator.checkPage('table-proposed-zh-1440')
  })

  test('every administration page at both widths in both languages', async () => {
    expect(administrator.faults).toEqual([])
    for (const [language, width] of [['zh', 1440], ['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await administrator.context.cookies()).filter((cookie) => cookie.name === 'fugong_session'))
      for (const [name, path] of [['people', '/console/people'], ['units', '/console/units'], ['areas', '/console/areas'], ['calendar', '/console/calendar'], ['emergencies', '/console/emergencies'], ['tables', '/console/tables'], ['table', '/console/tables/declaration.procedure/1'], ['me', '/console/me'], ['outbox', '/outbox'], ['missing', '/no-such-page']] as const) {
        await again.goto(path)
        await again.checkPage(`${name}-${language}-${width}`)
      }
      expect(again.faults).toEqual([])
      await again.context.close()
    }
  })
})
