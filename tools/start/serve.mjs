// Runs the server as a child: one instance per installation, signals passed on, its exit code handed back.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { at, commandOf, root, state } from './paths.mjs'
import { identity, ownerOf, tryLock } from './lock.mjs'
import { say, Stop } from './words.mjs'

const serving = path.join(state, 'serving')
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export function instance() {
  return ownerOf(serving)
}

/** Claims to be the one instance; the other one when there is one. */
export function claim(doing) {
  return tryLock(serving, { doing })
}

/** Tells where the instance that is already there answers; waits a little when it is just coming up. */
export async function tellOther() {
  for (let tries = 0; tries < 200; tries += 1) {
    const other = instance()
    if (!other) return false
    if (other.address) {
      say(`复工已在运行：${other.address}(进程 ${other.pid})。要重启，请先在那个终端按 Ctrl-C`, `Fugong is already running at ${other.address} (process ${other.pid}); to restart it, press Ctrl-C in its terminal first`)
      return true
    }
    if (tries === 0) say(`另一个进程(${other.pid})正在启动复工，等它就绪`, `another process (${other.pid}) is starting Fugong: waiting until it is ready`)
    await sleep(100)
  }
  const other = instance()
  say(`复工由进程 ${other?.pid} 运行着，但没有报告地址`, `Fugong is being run by process ${other?.pid}, which has not told its address`)
  return true
}

/** Runs the built server until it ends; resolves to the exit code. */
export async function serve(lock) {
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production' }
  // Names are kept in the build, so traces are readable; reading the maps of all that is loaded would cost half a second.
  const child = spawn(process.execPath, [at('server/dist/main.js')], {
    cwd: root,
    env,
    // Its own process group: the terminal's Ctrl-C reaches us alone, and we pass it on once.
    detached: process.platform !== 'win32',
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  lock.update({ child: identity(child.pid) })
  child.on('message', (message) => {
    if (message && typeof message.address === 'string') lock.update({ address: message.address })
  })
  return follow([child])
}

const devPorts = { pages: 8031, phonePages: 8032 }

/** The port that the server will take: from the environment, else from .env, which the server reads itself. */
function serverPort() {
  const settings = existsSync(at('.env')) ? readFileSync(at('.env'), 'utf8') : ''
  return process.env.PORT || /^\s*PORT\s*=\s*["']?(\d+)/m.exec(settings)?.[1] || '8020'
}

/** The server from its sources, restarted on change; in front of it vite's servers, one for console and portal, one for the phone pages. */
export async function serveForDevelopment(lock) {
  const address = process.env.PUBLIC_URL || `http://localhost:${devPorts.pages}`
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'development', PORT: serverPort(), PUBLIC_URL: address }
  const run = (args, cwd, more) => spawn(process.execPath, args, { cwd, env: { ...env, ...more }, detached: process.platform !== 'win32', stdio: ['ignore', 'inherit', 'inherit'] })
  const server = run(['--enable-source-maps', '--import', 'tsx', '--watch', '--watch-preserve-output', 'server/main.ts'], root)
  lock.update({ child: identity(server.pid), address })
  const vite = commandOf('vite', 'vite', 'web/package.json')
  const ports = { DEV_PORT: String(devPorts.pages), DEV_PHONE_PORT: String(devPorts.phonePages) }
  const pages = run([vite, '--clearScreen', 'false'], at('web'), ports)
  const phonePages = run([vite, '--config', 'h5/vite.config.ts', '--logLevel', 'warn'], at('web'), ports)
  say(`开发地址 ${address};服务端在 ${env.PORT} 端口，就绪前接口还不能用`, `open ${address} while developing; the server behind it is on port ${env.PORT} and takes a moment`)
  return follow([server, pages, phonePages])
}

/** Passes signals on and waits for all; when one ends, the others are asked to end. A second Ctrl-C does not wait. */
function follow(children) {
  let asked = 0
  let patience
  const send = (signal) => children.forEach((child) => child.exitCode === null && child.signalCode === null && child.kill(signal))
  const stop = () => {
    if (asked) return
    asked = Date.now()
    send('SIGTERM')
    patience = setTimeout(() => {
      say('20 秒内没有停下，强制结束;下次启动会自动恢复数据', 'it did not stop within 20 s and is ended by force; the next start recovers the data')
      send('SIGKILL')
    }, 20_000)
  }
  // One Ctrl-C may reach us twice, from the terminal and from npm: only a later one means impatience.
  const onSignal = () => {
    if (!asked || Date.now() - asked < 1_000) return stop()
    say('强制结束', 'ending it by force')
    send('SIGKILL')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
  // A signal to npm itself ends only the shell between npm and us: losing that parent means stop.
  const parent = process.ppid
  const orphaned = process.env.npm_lifecycle_event && setInterval(() => process.ppid !== parent && stop(), 500)
  const ends = children.map(
    (child) =>
      new Promise((resolve, reject) => {
        child.once('error', (error) => reject(new Stop('服务没有启动', 'the server could not be run', 1, error.message)))
        child.once('exit', (code, signal) => {
          const wished = asked > 0
          stop()
          resolve({ code, signal, wished })
        })
      }),
  )
  return Promise.race(ends).then(async (first) => {
    await Promise.all(ends)
    clearTimeout(patience)
    clearInterval(orphaned)
    if (first.wished) return first.signal === 'SIGKILL' ? 1 : (first.code ?? 0)
    if (first.signal) {
      say(`服务被信号 ${first.signal} 结束（常见原因：内存不足）。再次运行 npm start,数据会自动恢复`, `the server was ended by ${first.signal} (often: out of memory); run npm start again, the data recovers by itself`)
      return 1
    }
    // 71 busy port, 72 configuration, 73 database, 74 disk: the server has said its own sentence.
    if (first.code && (first.code < 71 || first.code > 74)) say(`服务以代码 ${first.code} 结束，原因见上面的日志`, `the server ended with code ${first.code}; the lines above say why`)
    return first.code ?? 1
  })
}
