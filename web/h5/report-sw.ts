// The service worker of /report: keeps the page and what it needs, so that it opens without a network; answers nothing of the API.
interface Later extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Later { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; addEventListener<E>(name: string, run: (event: E) => void): void }
const worker = self as unknown as Worker
const STORE = 'fugong-report-1'
const PAGE = '/report'
/** A bad network gets this long before the kept page is shown. */
const PATIENCE = 2500
const LATER = /\.en-|-own-/
const namedIn = (text: string, pattern: RegExp): string[] => (text.match(pattern) || []).map((one) => `/assets/${one.slice(one.lastIndexOf('/') + 1)}`)
const assetsOf = (text: string): string[] => namedIn(text, /(?:\.\/|assets\/)h5-[\w.-]+\.(?:js|css)/g)

/** Keeps a page with everything that it and its scripts name; the page last, so that it never stands without them. */
async function keepPage(page: Response): Promise<void> {
  const store = await caches.open(STORE)
  const text = await page.clone().text()
  const there = await store.match(PAGE)
  if (there && assetsOf(await there.text()).join() === assetsOf(text).join()) return
  const wanted = assetsOf(text).concat('/mark.svg')
  for (let i = 0; i < wanted.length; i++) {
    const url = wanted[i]!
    const asset = (await store.match(url)) || (await fetch(url))
    if (!asset.ok) throw new Error(url)
    await store.put(url, asset.clone())
    // Texts of another language come when they are spoken, one's own data when it is asked for.
    if (/\.js$/.test(url)) for (const more of assetsOf(await asset.text())) if (wanted.indexOf(more) < 0 && !LATER.test(more)) wanted.push(more)
  }
  await store.put(PAGE, page)
  for (const { url } of await store.keys()) { const path = new URL(url).pathname; if (path !== PAGE && wanted.indexOf(path) < 0 && !LATER.test(path)) await store.delete(url) }
}
const freshPage = () => fetch(PAGE, { cache: 'no-store', credentials: 'same-origin' })
async function open(event: Fetching): Promise<Response> {
  const keptPage = await caches.match(PAGE)
  const fresh = freshPage()
  event.waitUntil(fresh.then((page) => (page.ok ? keepPage(page.clone()) : undefined)).catch(() => undefined))
  if (!keptPage) return fresh
  return Promise.race([fresh.then((page) => (page.ok ? page : keptPage), () => keptPage), new Promise<Response>((show) => setTimeout(() => show(keptPage), PATIENCE))])
}
/** From what is kept; what is not, English texts say, is kept when it is first asked for. */
async function asset(path: string): Promise<Response> {
  const found = await caches.match(path)
  if (found) return found
  const fresh = await fetch(path)
  if (fresh.ok) await (await caches.open(STORE)).put(path, fresh.clone())
  return fresh
}
worker.addEventListener<Later>('install', (event) => event.waitUntil(freshPage().then((page) => (page.ok ? keepPage(page) : Promise.reject(new Error(PAGE)))).then(() => worker.skipWaiting())))
worker.addEventListener<Later>('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener<Fetching>('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') { if (url.pathname === PAGE) event.respondWith(open(event)) }
  else if (/^\/assets\/h5-|^\/mark\.svg$/.test(url.pathname)) event.respondWith(asset(url.pathname))
})
export {}
