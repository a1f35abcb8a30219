// Installs the npm packages when node_modules does not match the lock file, and explains a failure.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { identity } from './lock.mjs'
import { at, noDisk, readJson, root } from './paths.mjs'
import { progress, Stop } from './words.mjs'

const stamp = at('node_modules', '.fugong-install')

function wanted() {
  const lock = createHash('sha256').update(readFileSync(at('package-lock.json'))).digest('hex')
  return `${lock} ${process.platform}-${process.arch}`
}

export function isInstalled() {
  const want = wanted()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === want) return true
  if (!agreesWithNpm()) return false
  writeFileSync(stamp, `${want}\n`)
  return true
}

/** Whether npm itself, run by hand, left exactly what the lock file asks for (it notes so in a hidden lock file). */
function agreesWithNpm() {
  const there = readJson(at('node_modules', '.package-lock.json'))?.packages
  if (!there) return false
  const asked = Object.entries(readJson(at('package-lock.json'))?.packages ?? {}).filter(([name]) => name.includes('node_modules/'))
  return asked.every(([name, { version, integrity, link, optional, devOptional, peer }]) => {
    const found = there[name]
    if (!found) return Boolean(optional || devOptional || peer)
    if (!existsSync(at(name))) return Boolean(optional || devOptional)
    return link ? Boolean(found.link) : found.version === version && found.integrity === integrity
  })
}

/** Runs `npm ci`, from npm’s cache alone where there is no network. The lock remembers it, for it may outlive us when we are killed. */
export async function install(lock) {
  const disk = statfsSync(root)
  if (disk.bavail * disk.bsize < 1e9) throw noDisk(root)

  const npm = process.env.npm_execpath && /npm-cli\.c?js$/.test(process.env.npm_execpath) ? process.env.npm_execpath : null
  const call = (...args) => (npm ? run(process.execPath, [npm, ...args], lock) : run('npm', args, lock))

  await progress('正在安装依赖（首次约一分钟）', 'installing packages (about a minute the first time)', async () => {
    // Without a network npm would try each of some hundred packages again and again, for many minutes: so it is asked once.
    const ping = await call('ping', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=10000')
    const cutOff = ping.code !== 0 && noConnection.test(ping.said)
    const { code, said } = await call('ci', ...quietly, ...(cutOff ? ['--offline'] : []))
    if (code !== 0) throw explain(cutOff ? ping.said : said)
  })
  writeFileSync(stamp, `${wanted()}\n`)
}

const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000']
const noConnection = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|CERT/

function run(command, args, lock) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: command === 'npm' && process.platform === 'win32' })
    if (child.pid) lock.update({ child: identity(child.pid) })
    // npm works on after a polite signal, and would do so without our lock.
    process.once('exit', () => child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 1, said: `${error.code} ${command}: ${error.message}` }))
    child.once('close', (status) => resolve({ code: status, said: output }))
  })
}

function explain(said) {
  const lines = said.split('\n').filter((line) => line.trim())
  const details = lines.slice(0, 3).concat(lines.slice(3).slice(-1)).join('\n')
  const stop = (zh, en, code = 1) => new Stop(zh, en, code, details)
  if (/ENOSPC|EDQUOT|no space left/i.test(said)) return noDisk(root)
  if (/^ENOENT npm|npm: not found/m.test(said)) {
    return stop('找不到 npm。请从 https://nodejs.org 安装带 npm 的 Node', 'npm was not found: install Node together with npm from https://nodejs.org')
  }
  if (/EINTEGRITY/.test(said)) {
    return stop('下载的包与 package-lock.json 的校验值不符。请运行 npm cache clean --force 后再试;再次出现时请检查镜像站', 'a downloaded package does not match package-lock.json: run "npm cache clean --force" and try again; if it stays, suspect the registry mirror')
  }
  if (/EACCES|EPERM|EROFS/.test(said)) {
    return stop(`没有权限写 ${root}/node_modules。请检查目录的所有者`, `no permission to write ${root}/node_modules: check who owns it`)
  }
  if (noConnection.test(said) || /network|E50[0-9]/i.test(said)) {
    return stop(
      '连不上 npm 软件源。请检查网络和代理(npm config get registry),或设置镜像:npm config set registry <地址>;然后再运行同一条命令',
      'the npm registry cannot be reached: check the network and proxy (npm config get registry), or set a mirror with "npm config set registry <address>"; then run the same command again',
    )
  }
  if (/npm ci.*can only install|EUSAGE/i.test(said)) {
    return stop('package.json 与 package-lock.json 不一致。请恢复它们(git checkout package-lock.json)或运行 npm install', 'package.json and package-lock.json disagree: restore them (git checkout package-lock.json), or run npm install after changing dependencies')
  }
  return stop('安装依赖失败，原因见下。处理后再运行同一条命令', 'installing the packages failed for the reason below: put it right and run the same command again')
}
