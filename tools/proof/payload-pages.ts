// R7's pages: the planted records opened in a real browser, where a payload that runs would be seen.
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { SESSION_COOKIE } from '../../server/base/http.ts'
import type { City, Someone } from '../../server/test/harness.ts'
import { chromiumPath } from '../../web/test/journeys/chromium.ts'
import type { Planted } from './payload-plant.ts'
import type { Proof } from './proof.ts'

/** Opens every list and the planted records; answers how many pages, nothing where there is no Chromium. */
export async function openPages(city: City, { reviewer, administrator, planted }: { reviewer: Someone; administrator: Someone; planted: Planted[] }, proof: Proof): Promise<number | undefined> {
  if (!chromiumPath) {
    if (process.env['REQUIRE_BROWSER']) proof.broken('there is no Chromium, and REQUIRE_BROWSER asks for one')
    return undefined
  }
  await city.http.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(city.http.server.address() as AddressInfo).port}`
  // Lists show all payloads; of the records' own pages the short form opens those of markup in a text and in an attribute.
  const chosen = proof.long ? planted : planted.slice(0, 2)
  const tabs = proof.long ? ['', '?tab=history', '?tab=workplaces', '?tab=projects', '?tab=records'] : ['', '?tab=history']
  const visits: [Someone, string[]][] = [
    [reviewer, ['/console', '/console/enterprises', '/console/declarations', '/console/imports', '/console/exports', '/console/notices', '/console/certificates', ...chosen.flatMap(({ enterpriseId, declarationId }) => [...tabs.map((tab) => `/console/enterprises/${enterpriseId}${tab}`), `/console/declarations/${declarationId}`])]],
    [administrator, ['/console/units', '/console/people']],
    ...chosen.map(({ firm, enterpriseId, declarationId }): [Someone, string[]] => [firm, ['/portal', '/portal/notices', `/portal/enterprises/${enterpriseId}`, `/portal/declarations/${declarationId}`]]),
  ]
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] })
  let opened = 0
  try {
    await Promise.all(visits.map(async ([who, paths]) => {
      const context = await browser.newContext()
      await context.addCookies([{ name: SESSION_COOKIE, value: who.cookie!, url }])
      const page = await context.newPage()
      page.on('dialog', (dialog) => { proof.broken(`a dialog opened at ${page.url()}`); void dialog.dismiss() })
      for (const path of paths) {
        const answer = await page.goto(url + path, { waitUntil: 'networkidle' })
        if (!answer?.ok()) throw new Error(`${path} answered ${answer?.status()}: build the web first`)
        await page.locator('h1').first().waitFor({ timeout: 60_000 }).catch(() => { throw new Error(`${path} shows no heading: ${page.url()}`) })
        opened += 1
        if (await page.evaluate<boolean>(`'fgRan' in window`)) proof.broken(`a payload ran at ${path}`)
        const made = await page.evaluate<number>(`document.querySelectorAll('[onerror],[onload],script:not([src]),a[href^="javascript:"]').length`)
        if (made) proof.broken(`a payload became markup at ${path}`)
      }
      await context.close()
    }))
  } finally {
    await browser.close()
  }
  return opened
}
