// A real city behind a real port and a real browser in front of it; journeys are skipped, visibly, where there is no Chromium.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { projectRoot } from '../../../server/base/data.ts'
import { SESSION_COOKIE } from '../../../server/base/http.ts'
import { startWorker, type Worker } from '../../../server/base/worker.ts'
import { openCity, type City } from '../../../server/test/harness.ts'
import { chromiumPath } from './chromium.ts'

export { chromiumPath }

export interface Stage {
  city: City
  url: string
  /** A fresh visitor: own cookies, size and language. */
  visitor(options?: { width?: number; height?: number; language?: 'zh' | 'en'; dark?: boolean }): Promise<Visitor>
  close(): Promise<void>
}
export interface Visitor {
  page: Page
  context: BrowserContext
  /** Errors that the page threw or wrote to its console. */
  faults: string[]
  goto(path: string): Promise<void>
  /** Signs in through the real page, with password and one-time code of the sample city. */
  signInAsStaff(username: string): Promise<void>
  signInAsContact(phone: string, name?: string): Promise<void>
  /** No accessibility fault of WCAG 2.2 AA on the page as it is now, and no sideways scrolling. */
  checkPage(name: string): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const city = await openCity({ now: 'real', environment: { LOG_LEVEL: 'info' } })
  await city.http.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(city.http.server.address() as AddressInfo).port}`
  const { services, house, metrics, headsFile } = city.system_
  const worker: Worker = startWorker({ services, jobs: house.jobs, subscriptions: house.subscriptions, headsFile, metrics, idleMs: 50 })
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'] })
  return {
    city, url,
    visitor: (options) => visit(browser, city, url, options),
    async close() {
      await browser.close()
      await worker.stop()
      await city.close()
    },
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface AxeResult { violations: { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[] }

/** Who has signed in through the page: a code works once, and whoever comes again does not wait half a minute for the next. */
const known = new Set<string>()

async function visit(browser: Browser, city: City, url: string, options: Parameters<Stage['visitor']>[0] = {}): Promise<Visitor> {
  const language = options.language ?? 'zh'
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', timezoneId: 'Asia/Shanghai',
    colorScheme: options.dark ? 'dark' : 'light', isMobile: (options.width ?? 1440) < 700, hasTouch: (options.width ?? 1440) < 700, reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  // Chinese is first whatever the browser asks for; a person switches, and the choice is remembered.
  await context.addInitScript((chosen) => localStorage.setItem('fugong.language', chosen), language)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  // Refusals of the API are part of journeys; the browser notes each as an error of its own.
  page.on('console', (message) => { if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text()) })
  const goto = async (path: string) => { await page.goto(url + path, { waitUntil: 'networkidle' }) }
  const outbox = async () => (await (await context.request.get(`${url}/api/sample/outbox`)).json()) as { messages: { id: string; to: string; text: { zh: string } }[]; staff: { username: string; password: string; code: string }[] }
  return {
    page, context, faults, goto,
    async signInAsStaff(username) {
      if (known.has(`${url} ${username}`)) {
        await context.addCookies([{ name: SESSION_COOKIE, value: (await city.as(username)).cookie!, url, httpOnly: true, sameSite: 'Lax' }])
        return goto('/console')
      }
      known.add(`${url} ${username}`)
      await goto('/sign-in')
      const person = (await outbox()).staff.find((one) => one.username === username)
      if (!person) throw new Error(`${username} is not a sample person`)
      await page.getByRole('tab', { name: /工作人员|Official/ }).click()
      await page.locator('input[name=username]').fill(username)
      await page.locator('input[name=password]').fill(person.password)
      await page.locator('input[name=code]:visible').fill(person.code)
      await page.locator('button[type=submit]:visible').click()
      await page.waitForURL(/\/console/)
    },
    async signInAsContact(phone, name) {
      await goto('/sign-in')
      await page.locator('input[name=phone]').fill(phone)
      const before = (await outbox()).messages[0]?.id
      await page.getByRole('button', { name: /获取验证码|发送验证码|Send code|Get code/ }).click()
      await vi.waitUntil(async () => (await outbox()).messages[0]?.id !== before, { timeout: 10_000 })
      const message = (await outbox()).messages.find((one) => one.to === phone)!
      await page.locator('input[name=code]:visible').fill(/\d{6}/.exec(message.text.zh)![0])
      await page.locator('button[type=submit]:visible').click()
      // A phone that signs in for the first time is asked for a name.
      const own = page.locator('input[name=name]')
      await Promise.race([page.waitForURL(/\/portal/), own.waitFor()])
      if (name && (await own.isVisible())) {
        await own.fill(name)
        await page.locator('button[type=submit]:visible').click()
      }
      await page.waitForURL(/\/portal/)
    },
    async checkPage(name) {
      // What fades or waits for an answer is not yet what people read.
      await page.waitForFunction(() => !document.querySelector('.ant-btn-loading') && document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity))
      await page.evaluate(AXE)
      const { violations } = await page.evaluate(async () => (await (globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })) as never) as AxeResult
      await picture(page, name)
      expect(violations.map((one) => `${one.id}: ${one.help} at ${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}`), name).toEqual([])
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(1)
    },
  }
}

/** Pictures of every checked page go to .fugong/pictures when PICTURES is set, to be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['PICTURES']) return
  const folder = join(projectRoot, '.fugong', 'pictures')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Chooses in a list by typing and Enter, as the keyboard alone would. */
export async function choose(control: Locator, words: string): Promise<void> {
  await control.click()
  await control.pressSequentially(words)
  // The list narrows while one types; Enter takes what is marked.
  await control.page().locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active').filter({ hasText: words }).first().waitFor({ state: 'attached' })
  await control.press('Enter')
}
