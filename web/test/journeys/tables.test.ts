// An official changes a decision table without a developer: by keyboard, checked as one goes, tried on the register, proposed, confirmed by another, brought back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listDrafts } from '@fugong/contract/rules.editing'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const TABLE = '/console/tables/enterprise.department/1?kind=epidemic'
describe.skipIf(!chromiumPath)('an official with a table', () => {
  let stage: Stage
  let author: Visitor
  let other: Visitor
  beforeAll(async () => {
    stage = await openStage()
    author = await stage.visitor()
    await author.signInAsStaff('gaohongtao')
    other = await stage.visitor()
    await other.signInAsStaff('luyuanming')
  })
  afterAll(() => stage?.close())
  const cell = (who: Visitor, row: number, place: number) => who.page.locator(`[data-cell="${row}:${place}"]`)
  const saved = (who: Visitor) => who.page.locator('.fg-page-tags').getByText(/^已保存/).waitFor()
  const tab = (who: Visitor, name: string) => who.page.getByRole('navigation', { name: '修改的各部分' }).getByRole('link', { name }).click()

  test('opens a draft and moves in the grid by keyboard', async () => {
    const { page } = author
    await author.goto(TABLE)
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.getByRole('grid').waitFor()
    await page.getByText('没有问题').waitFor()
    await author.checkPage('editor-rows-zh-1440')
    await cell(author, 0, 0).focus()
    await page.keyboard.press('ArrowDown')
    expect(await cell(author, 1, 0).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await cell(author, 1, 1).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.locator('.ru-pop').waitFor()
    await author.checkPage('editor-result-zh-1440')
    await page.keyboard.press('Escape')
    await page.locator('.ru-pop').waitFor({ state: 'hidden' })
    expect(await cell(author, 1, 1).evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('adds a row of its own at the top, by the names of trades', async () => {
    const { page } = author
    await cell(author, 0, -1).click()
    await page.getByRole('menuitem', { name: '在上面加一条' }).click()
    await page.getByText('永远用不到的规则（').waitFor()
    await cell(author, 0, 0).focus()
    await page.keyboard.press('Enter')
    const editor = page.locator('.ru-pop')
    await editor.getByLabel('以此开头').check()
    await editor.getByLabel('添加的值').fill('87 88')
    await editor.getByLabel('添加的值').press('Enter')
    await author.checkPage('editor-condition-zh-1440')
    await editor.getByRole('button', { name: '完成' }).click()
    expect(await cell(author, 0, 0).innerText()).toContain('以 87 开头')
    await cell(author, 0, 1).focus()
    await page.keyboard.press('Enter')
    await page.locator('.ru-pop').getByRole('combobox').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '卫健' }).click()
    await page.locator('.ru-pop').getByRole('button', { name: '完成' }).click()
    await page.getByText('没有问题').waitFor()
    await saved(author)
  })

  test('is told at once in plain words, and takes it back', async () => {
    const { page } = author
    await cell(author, 1, 0).focus()
    await page.keyboard.press('Enter')
    const editor = page.locator('.ru-pop')
    await editor.getByLabel('表达式').check()
    await editor.getByRole('textbox', { name: '表达式' }).fill('industry = "06"')
    await editor.getByText(/“等于”请写两个等号/).waitFor()
    await author.checkPage('editor-expression-zh-1440')
    await page.keyboard.press('Escape')
    await page.locator('.ru-fault').first().waitFor()
    expect(await page.getByRole('button', { name: '提交变更' }).isDisabled()).toBe(true)
    await author.checkPage('editor-fault-zh-1440')
    await cell(author, 1, 0).focus()
    // The way of asking and the text were one step each in one place.
    await page.keyboard.press('Control+z')
    await page.getByText('没有问题').waitFor()
  })

  test('finds the cases that no row answers and makes a row of one', async () => {
    const { page } = author
    const last = (await page.locator('.ru-grid tbody tr').count()) - 1
    await cell(author, last, 0).focus()
    await page.keyboard.press('Control+Backspace')
    await page.getByText('没有规则适用的情形（').waitFor()
    await author.checkPage('editor-gap-zh-1440')
    await cell(author, last - 1, 0).focus()
    await page.keyboard.press('Control+z')
    await page.getByText('没有问题').waitFor()
  })

  test('keeps an example, fails it and mends it', async () => {
    const { page } = author
    await tab(author, '例子')
    await page.getByRole('button', { name: '加一个例子' }).click()
    const example = page.getByRole('article', { name: '例子 1' })
    await example.getByLabel('行业代码（GB/T 4754-2017）').fill('8710')
    await example.getByRole('checkbox', { name: '主管部门' }).check()
    await example.getByText('通过', { exact: true }).waitFor()
    await author.checkPage('editor-examples-zh-1440')
    await tab(author, '名称、依据与生效时间')
    await page.getByText('确认后立即生效').first().waitFor()
    await author.checkPage('editor-about-zh-1440')
    await saved(author)
  })

  test('tries it on the whole register', async () => {
    const { page } = author
    await tab(author, '试算')
    await page.getByRole('button', { name: '开始试算' }).click()
    await page.getByText('已完成').waitFor()
    await page.getByText('样例云上影城有限公司').waitFor()
    await author.checkPage('editor-trial-zh-1440')
  })

  test('another person sees whose draft it is and cannot write into it', async () => {
    const { page } = other
    const draft = (await (await stage.city.as('luyuanming')).call(listDrafts)).items[0]!
    await other.goto('/console/tables')
    await page.getByText('正在修改', { exact: true }).waitFor()
    await other.checkPage('tables-drafts-zh-1440')
    await other.goto(`/console/tables/drafts/${draft.id}`)
    await page.getByText('高洪涛 正在修改这张表').waitFor()
    await other.checkPage('editor-others-zh-1440')
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await author.context.cookies()).filter((one) => one.name === 'fugong_session'))
      for (const name of ['rows', 'examples', 'about', 'trial']) {
        await again.goto(`/console/tables/drafts/${draft.id}?tab=${name}`)
        await again.page.getByRole('heading', { level: 1 }).waitFor()
        await again.checkPage(`editor-${name}-${language}-${width}`)
      }
      await again.goto(`/console/tables/drafts/${draft.id}`)
      await cell(again, 0, 0).click()
      if (width > 640) await again.page.keyboard.press('Enter')
      await again.page.locator('.ru-pop').waitFor()
      await again.checkPage(`editor-condition-${language}-${width}`)
      expect(again.faults).toEqual([])
      await again.context.close()
    }
  })

  test('a second window is told of the conflict and loses nothing', async () => {
    const window = await stage.visitor()
    await window.context.addCookies((await author.context.cookies()).filter((one) => one.name === 'fugong_session'))
    const draft = (await (await stage.city.as('gaohongtao')).call(listDrafts)).items[0]!
    await window.goto(`/console/tables/drafts/${draft.id}`)
    await author.goto(`/console/tables/drafts/${draft.id}`)
    await cell(author, 0, 2).focus()
    await author.page.keyboard.press('Enter')
    await author.page.locator('.ru-pop').getByLabel('中文').fill('健身和养老由卫健部门归口。')
    await author.page.locator('.ru-pop').getByLabel('英文').fill('The health department is in charge.')
    await author.page.keyboard.press('Escape')
    await saved(author)
    await cell(window, 1, 2).focus()
    await window.page.keyboard.press('Delete')
    await window.page.getByText('这份草稿在别处改过').waitFor()
    await window.checkPage('editor-conflict-zh-1440')
    await window.page.getByRole('button', { name: '载入最新内容' }).click()
    await window.page.getByText('健身和养老由卫健部门归口。').waitFor()
    expect(await window.page.getByRole('button', { name: '撤销' }).isEnabled()).toBe(true)
    expect(window.faults).toEqual([])
    await window.context.close()
  })

  test('proposes it; another person looks at the dry run, confirms, and an older version is brought back', async () => {
    const { page } = author
    await page.getByRole('button', { name: '提交变更' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('说明').fill('健身养老改由卫健归口')
    await author.checkPage('editor-propose-zh-1440')
    await dialog.getByRole('button', { name: '提交变更' }).click()
    await page.getByText('等待确认').first().waitFor()
    expect(author.faults).toEqual([])

    await other.goto('/console/tables?tab=proposals')
    await other.page.getByRole('button', { name: '试算' }).click()
    await other.page.getByText('已完成').waitFor()
    await other.checkPage('proposal-trial-zh-1440')
    await other.page.getByRole('button', { name: '确认生效' }).click()
    await other.page.getByRole('dialog').getByLabel('意见').fill('同意')
    await other.page.getByRole('dialog').getByRole('button', { name: '确认生效' }).click()
    await other.page.getByRole('dialog').waitFor({ state: 'hidden' })
    await other.goto('/console/tables/enterprise.department/2?kind=epidemic&tab=history')
    await other.page.getByText('健身养老改由卫健归口').waitFor()
    await other.page.getByText('健身和养老由卫健部门归口。').waitFor()
    await other.checkPage('table-history-zh-1440')
    await other.page.getByRole('button', { name: '改回这一版' }).click()
    await other.page.getByRole('dialog').getByLabel('说明').fill('先改回')
    await other.checkPage('table-return-zh-1440')
    await other.page.getByRole('dialog').getByRole('button', { name: '改回这一版' }).click()
    await other.page.getByText('须由另一人确认').first().waitFor()
    for (const [language, width] of [['en', 1440], ['zh', 390], ['en', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await author.context.cookies()).filter((one) => one.name === 'fugong_session'))
      await again.goto('/console/tables/enterprise.department/2?kind=epidemic&tab=history')
      await again.page.getByText('健身养老改由卫健归口').waitFor()
      await again.checkPage(`table-history-${language}-${width}`)
      await again.goto('/console/tables?tab=proposals')
      await again.checkPage(`proposals-${language}-${width}`)
      await again.context.close()
    }
    expect(other.faults).toEqual([])
  })
})
