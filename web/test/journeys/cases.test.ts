// An official works through what waits: by keyboard and in bulk, hands on, comments, sees what waits where; every screen in both languages and widths.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lampKind, openLamp, unitIds } from '../../../server/test/casing.ts'
import { casesModule } from '../../../server/modules/cases/routes.ts'
import { choose, chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

describe.skipIf(!chromiumPath)('an official with cases', () => {
  let stage: Stage
  let fang: Visitor
  let ids: string[]
  beforeAll(async () => {
    stage = await openStage()
    casesModule({ kinds: [lampKind().kind], city: '520100' })
    const units = await unitIds(stage.city)
    const steps = [[{ unitId: units['gy-520102-taskforce']!, role: 'lead' as const }]]
    ids = []
    for (const age of [200, 90, 30, 4, 2, 1]) ids.push((await openLamp(stage.city, { steps, title: `路灯 ${age} 中华南路`, openedAt: new Date(Date.now() - age * 3_600_000), clocks: [{ clock: 'respond', workingHours: 8 }, { clock: 'resolve', workingHours: 24 }] })).id)
    fang = await stage.visitor()
    await fang.signInAsStaff('fangzhiping')
  })
  afterAll(() => stage?.close())
  const rows = () => fang.page.locator('tbody tr')

  test('sees what is overdue first, moves by keys, takes many at once and undoes it', async () => {
    const { page } = fang
    await fang.goto('/console/cases')
    await page.getByRole('link', { name: /待办.*6/ }).first().waitFor()
    expect(await rows().first().textContent()).toContain('已超期')
    await fang.checkPage('cases-todo-zh-1440')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('已选 2').first().waitFor()
    await fang.checkPage('cases-chosen-zh-1440')
    await page.locator('.fg-bulk').getByRole('button', { name: '认领' }).click()
    await page.getByText('已认领 2 件').waitFor()
    await fang.checkPage('cases-taken-zh-1440')
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('已撤销 2 件').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('打开').first().waitFor()
    await page.keyboard.press('Escape')
  })
  test('looks at one beside the list, hands it on, and finds it under what is done', async () => {
    const { page } = fang
    await rows().first().getByRole('button').first().click()
    await page.locator('.fg-cases-panel').getByText('办理经过').or(page.locator('.fg-cases-panel .fg-timeline')).first().waitFor()
    await fang.checkPage('cases-panel-zh-1440')
    await page.locator('.fg-cases-panel').getByRole('button', { name: '转办' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '转办' }).click()
    await dialog.getByText('请填写原因').first().waitFor()
    await choose(dialog.getByRole('combobox'), '云岩区复工复产')
    await dialog.getByLabel('原因').fill('位于云岩区')
    await fang.checkPage('cases-hand-on-zh-1440')
    await dialog.getByRole('button', { name: '转办' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('.fg-cases-panel').getByText(/转办至云岩区/).waitFor()
    await page.getByRole('link', { name: /^已办/ }).click()
    await page.getByText('已办', { exact: false }).first().waitFor()
    await expect.poll(() => rows().count()).toBe(1)
    await fang.checkPage('cases-done-zh-1440')
  })
  test('decides several with the same words, after the count was told', async () => {
    const { page } = fang
    await fang.goto('/console/cases')
    await rows().nth(4).waitFor()
    await rows().nth(0).getByRole('checkbox').check()
    await rows().nth(1).getByRole('checkbox').check()
    await page.locator('.fg-bulk').getByRole('button', { name: '办结', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('办结（2 件）').waitFor()
    await choose(dialog.getByLabel('结果'), '已修复')
    await dialog.getByLabel('原因').fill('已更换灯泡')
    await fang.checkPage('cases-decide-zh-1440')
    await dialog.getByRole('button', { name: '办结 2 件' }).click()
    await page.getByText('已办理 2 件').waitFor()
    await expect.poll(() => rows().count()).toBe(3)
  })
  test('comments on the page of a case, and presses', async () => {
    const { page } = fang
    await fang.goto(`/console/cases/${ids[5]}`)
    await page.getByRole('heading', { name: '办理经过' }).waitFor()
    await page.getByRole('textbox', { name: '留言' }).fill('灯杆编号 1024，请看照片')
    await page.getByRole('button', { name: '发表留言' }).click()
    await page.getByText('灯杆编号 1024，请看照片').first().waitFor()
    await page.getByRole('button', { name: '催办' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('请今天内处理')
    await page.getByRole('dialog').getByRole('button', { name: '催办' }).click()
    await page.getByText('催办南明区', { exact: false }).first().waitFor()
    await fang.checkPage('case-page-zh-1440')
  })
  test('sees what waits where and which limits were kept, and goes from a number to the list', async () => {
    const { page } = fang
    await fang.goto('/console/cases/figures')
    await page.getByRole('cell', { name: '路灯报修' }).first().waitFor()
    await fang.checkPage('case-figures-zh-1440')
    await fang.goto('/console/cases/figures?view=kept')
    await page.getByText('响应时限').first().waitFor()
    await fang.checkPage('case-kept-zh-1440')
    await fang.goto('/console/cases/figures')
    await rows().getByRole('link', { name: '3', exact: true }).first().click()
    await page.waitForURL(/\/console\/cases\?/)
    await expect.poll(() => rows().count()).toBe(3)
  })
  test('reads all of it on a phone and in English', async () => {
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const visitor = await stage.visitor({ language, width, height: 844 })
      await visitor.signInAsStaff('fangzhiping')
      for (const [name, path, words] of [['cases-todo', '/console/cases', /路灯 [0-9a-f]{4}/], ['case-page', `/console/cases/${ids[5]}`, /灯杆编号/], ['case-figures', '/console/cases/figures', /路灯报修|Street lamp/], ['case-kept', '/console/cases/figures?view=kept', /响应时限|Time to respond/]] as const) {
        await visitor.goto(path)
        await visitor.page.getByText(words).first().waitFor({ state: 'attached' })
        await visitor.checkPage(`${name}-${language}-${width}`)
      }
      expect(visitor.faults).toEqual([])
    }
    expect(fang.faults).toEqual([])
  })
})
