import { chromium } from 'playwright-core'
import type { AddressInfo } from 'node:net'
import { openCluster } from '../tools/proof/cluster.ts'
import { openCity } from './test/harness.ts'
import { newId } from './base/ids.ts'
import { SESSION_COOKIE } from './base/http.ts'
import { startWorker } from './base/worker.ts'
import { issueCertificate, supersedeCertificate, suspendByOrder, closeCertificate, withdrawCertificate } from './modules/certificates/index.ts'
import { listEmergencies } from '@fugong/contract/emergencies'
import { listUnits } from '@fugong/contract/identity'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { revokeCertificate } from '@fugong/contract/certificates'
import * as P from '@fugong/contract/certificates.print'
import { qrText } from './modules/certificates/sign.actions.ts'
import { getCertificateRow } from './modules/certificates/store.ts'
const cluster = await openCluster()
const city = await openCity({ now: 'real', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} } })
await city.http.listen({ host: '127.0.0.1', port: 8152 })
const url = 'http://127.0.0.1:8152'
const { services, house, metrics, headsFile } = city.system_
const worker = startWorker({ services, jobs: house.jobs, subscriptions: house.subscriptions, headsFile, metrics, idleMs: 50 })
const firm = await city.contact('13900000102'); const reviewer = await city.as('tianyuqing'); const admin = await city.as('luyuanming'); const second = await city.as('shenruohan')
const em = (await firm.call(listEmergencies)).items[0]!.id
const ent = (await firm.call(listMyEnterprises)).items[0]!
const unit = (await admin.call(listUnits, { query: {} })).items.find((u) => u.areaCode === '520103' && u.kind === 'districtTaskForce')!
const issue = (name: string, level: 'low' | 'high' = 'low') => city.system((ctx) => issueCertificate(ctx, { declarationId: newId(), enterprise: { id: ent.id, name }, workplace: { name: '云上影城', address: '贵阳市云岩区普陀路街道样例街 8 号', districtCode: '520103', streetCode: '520103022', zoneCode: null }, departmentKey: null, plannedDate: new Date().toISOString().slice(0, 10), emergencyId: em, level, procedure: 'review', unit: { id: unit.id, name: unit.name }, sample: true }))
const names = ['贵阳市样例䶮影院有限公司', '样例二号电子厂', '样例三号', '样例四号', '样例五号', '样例六号', '样例七号']
const c = [] as { id: string; number: string }[]
for (const [i, n] of names.entries()) c.push(await issue(n, i === 1 ? 'high' : 'low'))
await city.system((ctx) => suspendByOrder(ctx, { id: c[2]!.id, orderNo: '云停〔2020〕3号', reason: '通道堆放易燃物' }))
await city.system((ctx) => supersedeCertificate(ctx, { id: c[3]!.id, by: c[1]! }))
await city.system((ctx) => closeCertificate(ctx, { id: c[4]!.id, reason: '企业停业' }))
await city.system((ctx) => withdrawCertificate(ctx, { id: c[5]!.id, reason: '不再经营' }))
await reviewer.call(revokeCertificate, { params: { id: c[6]!.id }, body: { reason: '承诺不实' } })
const path = async (i: number) => new URL(await city.system(async (ctx) => { const row = await getCertificateRow(ctx, c[i]!.id); return qrText(url, { ...row, keyId: row.keyId!, signature: row.signature! }) }))
await firm.call(P.printCertificate, { params: { id: c[0]!.id }, body: { layout: 'posterA4' } })
await reviewer.call(P.beginPrintBatch, { body: { layout: 'posterA4', filter: {} } })
await reviewer.call(P.beginPrintBatch, { body: { layout: 'certificate', filter: { q: '无此厂' } } })
await admin.call(P.rotateSigningKey, { body: { reason: '每年更换' } })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const visit = async (who: { cookie: string | undefined } | undefined, width: number, language: 'zh' | 'en', care = false) => {
  const context = await browser.newContext({ viewport: { width, height: 860 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', isMobile: width < 700, hasTouch: width < 700, reducedMotion: 'reduce' })
  context.setDefaultTimeout(60_000)
  await context.addInitScript(([l, k]) => { localStorage.setItem('fugong.language', l as string); if (k) localStorage.setItem('fugong.care', '1') }, [language, care ? '1' : ''])
  if (who?.cookie) await context.addCookies([{ name: SESSION_COOKIE, value: who.cookie, url }])
  return context.newPage()
}
const shoot = async (page: Awaited<ReturnType<typeof visit>>, to: string, name: string, wait?: string, full = true) => {
  try { await page.goto(url + to, { waitUntil: 'networkidle', timeout: 90_000 }); if (wait) await page.getByText(wait).first().waitFor(); await page.screenshot({ path: `/tmp/shot-${name}.png`, fullPage: full }); console.log('shot', name, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) } catch (e) { console.log('FAIL', name, (e as Error).message.slice(0, 200)); await page.screenshot({ path: `/tmp/shot-${name}.png` }).catch(() => {}) }
}
const p0 = await path(0), p1 = await path(1)
const phone = await visit(undefined, 390, 'zh')
await shoot(phone, p0.pathname + p0.hash, 'c-valid', '签名有效')
await phone.goto('about:blank'); await shoot(phone, p0.pathname + p1.hash, 'c-forged', '签名不符')
await phone.goto('about:blank'); await shoot(phone, `/c/${c[3]!.number}`, 'c-superseded', '已被替换')
await phone.goto('about:blank'); await shoot(phone, '/c/GY-00000-00000-1', 'c-faulty', '编号有误')
await shoot(phone, '/c/keys', 'c-keys', '证书签名公钥')
const care = await visit(undefined, 390, 'en', true); await shoot(care, p0.pathname + p0.hash, 'c-care-en', 'genuine')
const desk = await visit(reviewer, 1440, 'zh')
await shoot(desk, '/console/certificates', 'list', '样例三号')
try { await desk.getByRole('checkbox').nth(1).click(); await desk.getByRole('button', { name: '批量打印' }).click(); await desk.getByRole('dialog').waitFor(); await desk.screenshot({ path: '/tmp/shot-bulk.png' }); console.log('bulk') } catch (e) { console.log('FAIL bulk', (e as Error).message.slice(0, 200)) }
await shoot(desk, '/console/certificates/batches', 'batches', '可以下载')
const list390 = await visit(reviewer, 390, 'en'); await shoot(list390, '/console/certificates/batches', 'batches-en-390', 'Ready'); await shoot(list390, '/console/certificates', 'list-en-390', 'Valid')
const boss = await visit(admin, 1440, 'zh'); await shoot(boss, '/console/signing', 'signing', '签名密钥')
const boss3 = await visit(second, 390, 'en'); await shoot(boss3, '/console/signing', 'signing-en-390', 'Signing keys')
const own = await visit(firm, 1440, 'en'); await shoot(own, `/portal/certificates/${c[0]!.id}`, 'portal-en', 'Print no. 1')
const own3 = await visit(firm, 390, 'zh'); await shoot(own3, `/portal/certificates/${c[0]!.id}`, 'portal-390', '第 1 次')
try { const [download] = await Promise.all([own3.waitForEvent('download'), own3.getByRole('button', { name: '打印证书（A4）' }).click()]); await download.saveAs('/tmp/certs-dl.pdf'); console.log('download', download.suggestedFilename()) } catch (e) { console.log('FAIL dl', (e as Error).message.slice(0, 300)) }
console.log(city.log.filter((l) => /"level":[56]0/.test(l)).slice(0, 5).join('\n'))
await browser.close(); await worker.stop(); await city.close(); await cluster.stop(); process.exit(0)
