// P10, P11: what a browser must fetch of script before a page works, gzip as served.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { projectRoot } from '../../server/base/data.ts'
import type { Figure } from './figure.ts'

interface Chunk { file: string; imports?: string[]; dynamicImports?: string[] }
const dist = join(projectRoot, 'web', 'dist')
const gzip = (file: string) => gzipSync(readFileSync(join(dist, file)), { level: 6 }).length

/** Files that a chunk needs at once: itself and its static imports. */
function needed(manifest: Record<string, Chunk>, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const inner of chunk.imports ?? []) needed(manifest, inner, found)
  return found
}
/** Scripts that a page's HTML names, and what they import, read from the files themselves: the phone pages have no manifest. */
function scriptsOf(html: string): Set<string> {
  const found = new Set<string>()
  const follow = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    for (const [, inner] of readFileSync(join(dist, file), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) follow(`assets/${inner}`)
  }
  for (const [, file] of readFileSync(join(dist, html), 'utf8').matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g)) follow(file!)
  return found
}
/** Scripts that a script fetches when it is needed, without texts of another language and one's own data, and what those import. */
function namedLate(file: string): string[] {
  const late = [...readFileSync(join(dist, file), 'utf8').matchAll(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g)].map(([, name]) => name!).filter((name) => !/\.en-|-own-/.test(name))
  return late.flatMap((name) => [`assets/${name}`, ...[...readFileSync(join(dist, 'assets', name), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(([, inner]) => `assets/${inner!}`)])
}
/** Everything a first visit fetches but what the server answers: page, style, scripts. */
const wholeOf = (html: string): Set<string> => new Set([html, ...scriptsOf(html), ...[...readFileSync(join(dist, html), 'utf8').matchAll(/href="\/(assets\/[\w.-]+\.css)"/g)].map(([, file]) => file!)])
const kilobytes = (files: Iterable<string>) => Math.round(([...files].reduce((sum, file) => sum + gzip(file), 0) / 1024) * 10) / 10

export async function measurePages(figure: Figure): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Record<string, Chunk>
  figure('P11', kilobytes(scriptsOf('sign-in.html')), 'KB', 'sign-in, script gzip')
  figure('P11', kilobytes(scriptsOf('c.html')), 'KB', 'certificate check for passers-by, script gzip')
  // A first visit to the daily report also fetches its service worker, which asks for the page once more.
  figure('P10', Math.round((kilobytes(wholeOf('report.html')) + kilobytes(['report-sw.js', 'report.html'])) * 10) / 10, 'KB', 'report.html, page, style, script and service worker of a first visit, gzip')
  const all = new Set([...wholeOf('report.html')].flatMap((file) => [file, ...(file.endsWith('.js') ? namedLate(file) : [])]))
  figure('P10', Math.round((kilobytes(all) + kilobytes(['report-sw.js', 'report.html'])) * 10) / 10, 'KB', 'report.html, with what comes behind while the phone is bound, so that everything opens without a network')
  for (const page of ['join.html', 'c.html', 'sign-in.html']) figure('P10', kilobytes(wholeOf(page)), 'KB', `${page}, page, style and script of a first visit, gzip`)
  const shell = needed(manifest, 'index.html')
  figure('P11', kilobytes(shell), 'KB', 'console and portal before any route, script gzip')
  for (const [key] of Object.entries(manifest).filter(([name]) => /modules\/\w+\/(\w*List|ReviewHome|ReviewPage|DeclarePage|PortalHome|LevelsPage)\.tsx$/.test(name))) {
    const shells = Object.keys(manifest).filter((name) => /(console|portal)-shell\.tsx$/.test(name) && !(/Portal|Declare/.test(key) ? /console/ : /portal/).test(name))
    const all = new Set([...shell, ...shells.flatMap((name) => [...needed(manifest, name)]), ...needed(manifest, key)])
    figure('P11', kilobytes(all), 'KB', `${key.replace(/^modules\//, '')}, everything it needs, script gzip`)
  }
}
