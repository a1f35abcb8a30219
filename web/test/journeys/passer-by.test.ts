// A passer-by with a phone: scans or types a certificate number and sees at once when it is suspended or revoked.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getCertificate, listCertificates, resumeCertificate, suspendCertificate } from '@fugong/contract/certificates'
import { codeOf } from '../../../server/modules/certificates/sign.actions.ts'
import { getCertificateRow } from '../../../server/modules/certificates/store.ts'
import { declare, newFirm } from '../../../server/test/declaring.ts'
import { chromiumPath, openStage, type Stage, type Visitor } from './browser.ts'

describe.skipIf(!chromiumPath)('a passer-by checks a certificate', () => {
  let stage: Stage
  let phone: Visitor
  let certificate: { id: string; number: string; enterpriseName: string }
  let username: string
  let reviewer: Awaited<ReturnType<Stage['city']['as']>>
  beforeAll(async () => {
    stage = await openStage()
    const { contact, firm } = await newFirm(stage.city, 'yunyan')
    await declare(contact, firm, 0, new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10))
    certificate = (await contact.call(listCertificates)).items[0]!
    const { listPeople } = await import('@fugong/contract/identity')
    const { items } = await (await stage.city.as('luyuanming')).call(listPeople, { query: { role: 'reviewer', limit: 200 } })
    username = items.find((one) => one.grants.some((grant) => grant.areaCode === '520103'))!.username!
    reviewer = await stage.city.as(username)
    phone = await stage.visitor({ width: 390, height: 844 })
  })
  afterAll(() => stage?.close())

  test('the address in the QR code shows name, place, dates and nothing personal', async () => {
    await phone.goto(`/c/${certificate.number}`)
    await phone.page.getByText('有效', { exact: true }).first().waitFor()
    const words = await phone.page.locator('body').innerText()
    expect(words).toContain('测试企业')
    expect(words).not.toMatch(/1[3-9]\d{9}|联络员/)
    await phone.checkPage('check-valid-zh-390')
  })
  test('the QR of the certificate proves who signed it; one that was tampered with is told before all else', async () => {
    const { qrSvg, certificate: shown } = await reviewer.call(getCertificate, { params: { id: certificate.id } })
    expect([qrSvg.slice(0, 4), shown.state]).toEqual(['<svg', 'valid'])
    const code = await stage.city.system(async (ctx) => { const row = await getCertificateRow(ctx, certificate.id); return codeOf({ ...row, keyId: row.keyId!, signature: row.signature! }) })
    await phone.goto(`/c/${certificate.number}#${code}`)
    await phone.page.getByText('签名有效').waitFor()
    await phone.checkPage('check-signed-zh-390')
    await phone.goto(`/c/${certificate.number}#${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`)
    await phone.page.getByRole('heading', { name: '二维码有假' }).waitFor()
    await phone.checkPage('check-fake-zh-390')
    await phone.goto('/c/keys')
    await phone.page.getByText('正在使用').waitFor()
    await phone.checkPage('check-keys-zh-390')
  })
  test('suspended, resumed: the next look tells', async () => {
    for (const [deed, word] of [[suspendCertificate, '已暂停'], [resumeCertificate, '有效']] as const) {
      await reviewer.call(deed, { params: { id: certificate.id }, body: { reason: '检查发现问题' } })
      await phone.goto(`/c/${certificate.number}`)
      await phone.page.getByText(word, { exact: true }).first().waitFor()
      await phone.checkPage(`check-${word}-zh-390`)
    }
  })
  test('revoked by the reviewer in the console: the phone tells when its page is looked at again', async () => {
    const desk = await stage.visitor()
    await desk.signInAsStaff(username)
    await desk.goto(`/console/certificates?q=${certificate.number}`)
    await desk.page.getByRole('button', { name: `撤销证书 ${certificate.number}` }).click()
    const dialog = desk.page.getByRole('dialog', { name: `撤销证书：${certificate.enterpriseName}` })
    await dialog.getByText('撤销后不能恢复').waitFor()
    await dialog.getByRole('textbox').fill('整改期满仍不合格')
    await desk.checkPage('certificate-revoke-zh-1440')
    await dialog.getByRole('button', { name: '撤销' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await desk.page.getByRole('row').filter({ hasText: certificate.number }).getByText('已撤销').waitFor()
    expect(desk.faults).toEqual([])
    await desk.context.close()
    // The page was left open showing 有效; coming back to it asks anew, no oftener than every four seconds.
    const revoked = phone.page.getByRole('heading', { name: '已撤销' })
    await expect.poll(async () => { await phone.page.evaluate(() => window.dispatchEvent(new Event('pageshow'))); return revoked.count() }, { timeout: 15_000, interval: 500 }).toBe(1)
    await phone.checkPage('check-已撤销-zh-390')
  })
  test('typed by hand, with small letters and blanks; a wrong number is told', async () => {
    await phone.goto('/c')
    await phone.checkPage('check-empty-zh-390')
    await phone.page.getByLabel('证书编号').fill(certificate.number.toLowerCase().replaceAll('-', ' '))
    await phone.page.getByRole('button', { name: '核验' }).click()
    await phone.page.getByText('已撤销', { exact: true }).first().waitFor()
    await phone.goto('/c/GY-00000-00000-1')
    await phone.page.getByText('编号有误', { exact: true }).first().waitFor()
    await phone.goto('/c/GY-00000-00000-0')
    await phone.page.getByText('查无此证', { exact: true }).first().waitFor()
    await phone.checkPage('check-unknown-zh-390')
    expect(phone.faults).toEqual([])
  })
  test('in English on a desktop', async () => {
    const desktop = await stage.visitor({ language: 'en' })
    await desktop.goto(`/c/${certificate.number}`)
    await desktop.page.getByText(/revoked/i).first().waitFor()
    await desktop.checkPage('check-revoked-en-1440')
  })
})
