// The commands of tools/start.mjs: bootstrap what the command needs (packages, build) under one lock, then do it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildIfStale } from './build.mjs'
import { check } from './check.mjs'
import { install, isInstalled } from './install.mjs'
import { waitForLock } from './lock.mjs'
import { at, makeState, noDisk, root, state } from './paths.mjs'
import { claim, instance, serve, serveForDevelopment, tellOther } from './serve.mjs'
import { test } from './test.mjs'
import { say, Stop } from './words.mjs'

const commands = {
  serve: () => start('serve', serve, true),
  dev: () => start('dev', serveForDevelopment, false),
  build: async () => {
    await prepare('build', { build: true })
    say('构建是最新的', 'the build is up to date')
    return 0
  },
  check: async () => {
    await prepare('check', {})
    return check()
  },
  test: async (args) => {
    await prepare('test', {})
    return test(args, () => prepare('test', { build: true }))
  },
  bench: (args) => runTool('tools/bench/run.ts', args, { build: true }),
  proof: (args) => runTool('tools/proof/run.ts', args, { build: true }),
  run: ([file, ...args]) => {
    if (!file) throw usage()
    return runTool(file, args, {})
  },
}

export async function main([name, ...args]) {
  try {
    if (!Object.hasOwn(commands, name ?? '')) throw usage()
    makeState()
    process.exitCode = await commands[name](args)
  } catch (error) {
    const stop = error.code === 'ENOSPC' ? noDisk(root) : error
    if (!(stop instanceof Stop)) throw error
    process.stderr.write(`✘ ${stop.message}\n`)
    if (stop.details) process.stderr.write(`${stop.details.trim().replace(/^/gm, '    ')}\n`)
    process.exitCode = stop.code
  }
}

/** While packages are installed or built a signal ends us and, by their exit handlers, the locks and children. */
function leave(signal) {
  process.exit(signal === 'SIGINT' ? 130 : 143)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

function usage() {
  return new Stop('用法:node tools/start.mjs serve|dev|build|check|test|bench|proof|run <file.ts> [参数]', 'usage: node tools/start.mjs serve|dev|build|check|test|bench|proof|run <file.ts> [arguments]', 2)
}

/** Packages and build brought up to date, one process at a time. `inside` runs first, under the same lock. */
async function prepare(doing, { build = false, inside } = {}) {
  for (const signal of signals) process.on(signal, leave)
  const lock = await waitForLock(path.join(state, 'lock'), { doing }, (pid) =>
    say(`进程 ${pid} 正在安装或构建，等它完成`, `process ${pid} is installing or building: waiting for it`),
  )
  try {
    const claimed = inside?.()
    if (claimed?.owner) return claimed
    if (!isInstalled()) {
      const other = claimed ? null : instance()
      if (other) {
        throw new Stop(
          `依赖需要重新安装，但复工正在运行（进程 ${other.pid}）。请先停止它`,
          `the packages must be installed anew, but Fugong is running on them (process ${other.pid}): stop it first`,
        )
      }
      await install(lock)
    }
    if (build) await buildIfStale()
    return claimed
  } finally {
    lock.release()
    for (const signal of signals) process.off(signal, leave)
  }
}

async function start(doing, run, build) {
  for (;;) {
    const lock = await prepare(doing, { build, inside: () => claim(doing) })
    if (lock.release) return run(lock)
    if (await tellOther()) return 0
  }
}

async function runTool(file, args, needs) {
  await prepare('run', needs)
  if (!existsSync(at(file))) throw new Stop(`没有 ${file} 这个文件`, `there is no file ${file}`, 2)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', 'tsx', file, ...args], { cwd: root, stdio: 'inherit' })
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal) say(`${file} 被信号 ${signal} 结束`, `${file} was ended by ${signal}`)
      resolve(code ?? 1)
    })
  })
}
