// Street and department review together; a complete declaration is decided by keyboard on one page; a rejected firm appeals and the command centre answers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rejectDeclaration, type Declaration } from '@fugong/contract/declarations'
import { declare, look, newFirm, ensureLevel } from '../../../server/test/declaring.ts'
import type { Someone } from '../../../server/test/harness.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

const soon = () => new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10)

describe.skipIf(!chromiumPath)('two units and an appeal', () => {
  let stage: Stage
  let contact: Someone
  let declaration: Declaration
  const shop = { industryCode: '5211', workplace: { name: '五金店', scene: 'office' as const, districtCode: '520103', streetCode: '520103020', zoneCode: null, address: '样例路 1 号' } }
  const declared = async () => {
    const made = await newFirm(stage.city, 'yunyan', shop)
    contact = made.contact
    return declare(made.contact, made.firm, 0, soon())
  }
  beforeAll(async () => {
    stage = await openStage()
    await ensureLevel(stage.city, '520103', 'medium')
  })
  afterAll(() => stage?.close())
  const asContact = async (options: Parameters<Stage['visitor']>[0]) => {
    const visitor = await stage.visitor(options)
    await visitor.context.addCookies([{ name: 'fugong_session', value: contact.cookie!, url: stage.url }])
    return visitor
  }

  test('the department passes its part, the street files: within a minute, by keyboard, on one page', async () => {
    declaration = await declared()
    expect(declaration.route!.nodes.map(({ unit }) => unit.zh)).toEqual([expect.any(String), '云岩区商务局'])
    const officer = await stage.visitor()
    await officer.signInAsStaff('suyiran')
    await officer.goto(`/console/declarations/${declaration.id}`)
    await officer.page.getByRole('button', { name: /受理通过/ }).waitFor()
    await officer.page.keyboard.press('a')
    await officer.page.getByRole('dialog').getByLabel('说明').fill('行业要求已落实')
    await officer.page.getByRole('dialog').getByRole('button', { name: /受理通过/ }).click()
    await officer.page.getByText('等待其他单位').first().waitFor()
    await officer.checkPage('together-passed-zh-1440')
    expect(officer.faults).toEqual([])

    const street: Visitor = await stage.visitor()
    await street.signInAsStaff('zouweimin')
    const { page } = street
    await street.goto(`/console/declarations/${declaration.id}`)
    await page.getByText('行业要求已落实').first().waitFor()
    await street.checkPage('together-review-zh-1440')
    let left = 0
    page.on('framenavigated', (frame) => { if (frame === page.mainFrame()) left += 1 })
    const began = Date.now()
    await page.getByRole('checkbox').first().focus()
    await page.keyboard.press('Space')
    await page.getByText(/^1 \/ \d+ 到位$/).waitFor()
    // A box that has the keyboard keeps it; a click on the page gives it back.
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('a')
    await page.getByRole('dialog').getByRole('button', { name: /受理通过/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('已备案').first().waitFor()
    console.log(`figure decide ${((Date.now() - began) / 1000).toFixed(1)} s from reading to filed, by keyboard, ${left} changes of page`)
    expect(left).toBe(0)
    expect(await look(contact, declaration)).toMatchObject({ state: 'filed', checks: [{ what: 'accept' }] })
    expect(street.faults).toEqual([])
  })

  test('a rejected firm appeals on its phone, the command centre overturns, the firm reads the answer', async () => {
    const waiting = await declared()
    await (await stage.city.as('tianyuqing')).call(rejectDeclaration, { params: { id: waiting.id }, body: { revision: waiting.revision, reason: '隔离场所不足' } })
    const firm = await asContact({ width: 390, height: 844 })
    await firm.goto(`/portal/declarations/${waiting.id}`)
    await firm.page.getByText('隔离场所不足').first().waitFor()
    await firm.checkPage('rejected-zh-390')
    await firm.page.getByRole('button', { name: '提出申诉' }).click()
    await firm.page.getByRole('dialog').getByLabel('申诉理由').fill('隔离间有三间，见平面图')
    await firm.page.getByRole('dialog').getByRole('button', { name: '提出申诉' }).click()
    await firm.page.getByText(/由贵阳市企业复工复产指挥部复核/).waitFor()
    await firm.checkPage('appealed-zh-390')
    const commander = await stage.visitor()
    await commander.signInAsStaff('gaohongtao')
    await commander.goto(`/console/declarations/${waiting.id}`)
    await commander.page.getByRole('button', { name: '答复申诉' }).click()
    await commander.page.getByRole('radio', { name: '撤销原决定，予以备案' }).check()
    await commander.page.getByRole('dialog').getByLabel('答复').fill('核实有三间，予以备案')
    await commander.page.getByRole('dialog').getByRole('button', { name: '答复申诉' }).click()
    await commander.page.getByText('已撤销，予以备案').first().waitFor()
    await commander.checkPage('appeal-answered-zh-1440')
    await firm.goto(`/portal/declarations/${waiting.id}`)
    await firm.page.getByText('核实有三间，予以备案').first().waitFor()
    expect([...firm.faults, ...commander.faults]).toEqual([])
    for (const [language, width] of [['en', 1440], ['en', 390], ['zh', 390]] as const) {
      const again = await stage.visitor({ width, height: 844, language })
      await again.context.addCookies((await commander.context.cookies()).filter((cookie) => cookie.name === 'fugong_session'))
      await again.goto(`/console/declarations/${declaration.id}`)
      await again.checkPage(`together-review-${language}-${width}`)
      await again.context.close()
    }
  })
})
