// The bootstrap as its readers meet it: every command is run as a child in a small copy with a dummy server, and its words and exit code are checked.
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const repository = join(import.meta.dirname, '..', '..')
const ADDRESS = 'http://localhost:18999'
/** Answers like the server does to the one who started it, then ends as told or stays until it is asked to stop. */
const DUMMY = `process.send?.({ address: '${ADDRESS}' })
process.on('SIGTERM', () => process.exit(0))
setTimeout(() => process.exit(Number(process.env.DUMMY_EXIT)), process.env.DUMMY_EXIT ? 0 : 20_000)
`
let place: string
const inPlace = (...names: string[]) => join(place, ...names)
const write = (name: string, text: string) => {
  mkdirSync(join(inPlace(name), '..'), { recursive: true })
  writeFileSync(inPlace(name), text)
}
const environment = (more: Record<string, string> = {}) => ({ PATH: process.env['PATH'] ?? '', LANG: 'C', ...more })
interface Run { env?: Record<string, string>; node?: string[] }
function run(args: string[], { env, node = [] }: Run = {}): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, 'tools/start.mjs', ...args], { cwd: place, env: environment(env), encoding: 'utf8', timeout: 20_000 })
  return { code: status, said: stdout + stderr }
}
/** What an installation leaves behind, so that nothing has to be installed. */
function installed(): void {
  const lock = createHash('sha256').update(readFileSync(inPlace('package-lock.json'))).digest('hex')
  write('node_modules/.fugong-install', `${lock} ${process.platform}-${process.arch}\n`)
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'fugong-start-'))
  for (const name of ['tools/start.mjs', 'package.json', 'package-lock.json']) cpSync(join(repository, name), inPlace(name))
  cpSync(import.meta.dirname, inPlace('tools/start'), { recursive: true })
  write('server/main.ts', '')
  write('server/dist/main.js', DUMMY)
  write('web/vite.config.ts', '')
  write('web/dist/sign-in.html', '')
  mkdirSync(inPlace('.fugong'))
  installed()
  // The stamps of a build, made with the bootstrap's own eyes.
  execFileSync(process.execPath, ['--input-type=module', '-e', `
    import { writeFileSync } from 'node:fs'
    import { hashOf, indexOf } from './tools/start/sources.mjs'
    const stamp = (part) => { const index = indexOf(['package-lock.json', 'tsconfig.base.json', 'tools/start/build.mjs', 'contract', part]); return { hash: hashOf(index), index } }
    writeFileSync('.fugong/build.json', JSON.stringify({ server: stamp('server'), web: stamp('web') }))`], { cwd: place, env: environment() })
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('words before anything runs', () => {
  test.each([[[]], [['sreve']], [['run']]])('%j is answered with the usage, in both languages', (args) => {
    const { code, said } = run(args)
    expect(code).toBe(2)
    expect(said).toMatch(/^✘ 用法:.* \/ usage: node tools\/start\.mjs serve\|dev\|build/)
    expect(said).not.toContain('    at ')
  })
  test('a Chinese terminal is spoken to in Chinese', () => expect(run(['sreve'], { env: { LANG: 'zh_CN.UTF-8' } }).said).not.toContain('usage'))
  test('a file that is not there is named', () => {
    expect(run(['run', 'server/nothing.ts'])).toMatchObject({ code: 2, said: expect.stringContaining('there is no file server/nothing.ts') as string })
  })
  test.each(['18.20.8', '20.18.3'])('Node %s is told to be too old, and where to get another', (version) => {
    const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`
    const { code, said } = run(['serve'], { node: ['--import', old] })
    expect(code).toBe(1)
    expect(said).toContain(`this is ${version}. Install it from https://nodejs.org`)
    expect(said).toContain(`现在是 ${version}`)
    expect(existsSync(inPlace('.fugong', 'serving'))).toBe(false)
  })
})

describe('one instance', () => {
  let first: ChildProcess | undefined
  afterAll(() => first?.kill('SIGKILL'))
  const owner = () => JSON.parse(readFileSync(inPlace('.fugong/serving/owner.json'), 'utf8')) as { pid: number; address?: string }

  test('a second start tells the address of the first and ends well; the first stops on a signal', async () => {
    first = spawn(process.execPath, ['tools/start.mjs', 'serve'], { cwd: place, env: environment(), stdio: 'ignore' })
    await expect.poll(() => existsSync(inPlace('.fugong/serving/owner.json')) && owner().address, { timeout: 10_000 }).toBe(ADDRESS)
    const second = run(['serve'])
    expect(second.said).toContain(`already running at ${ADDRESS} (process ${first.pid})`)
    expect(second.code).toBe(0)
    expect(owner().pid).toBe(first.pid)
    const ended = new Promise((resolve) => first!.once('exit', resolve))
    first.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(existsSync(inPlace('.fugong/serving'))).toBe(false)
  })
  test('locks of a process that died are taken over, and the exit code of the server is handed on', () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    for (const lock of ['lock', 'serving']) write(`.fugong/${lock}/owner.json`, JSON.stringify({ pid, began: '1', address: 'http://localhost:1' }))
    const { code, said } = run(['serve'], { env: { DUMMY_EXIT: '71' } })
    expect(code).toBe(71)
    // The server has said its own sentence; ours would only repeat it.
    expect(said).toBe('')
    expect(existsSync(inPlace('.fugong/serving')) || existsSync(inPlace('.fugong/lock'))).toBe(false)
  })
  test('an end that nobody expects is said', () => expect(run(['serve'], { env: { DUMMY_EXIT: '3' } })).toMatchObject({ code: 3, said: expect.stringContaining('the server ended with code 3') as string }))
})

describe.skipIf(process.platform === 'win32')('packages that cannot be installed', () => {
  beforeAll(() => rmSync(inPlace('node_modules'), { recursive: true, force: true }))
  const withNpm = (text: string) => {
    write('fake/npm', `#!/bin/sh\necho '${text}' >&2\nexit 1\n`)
    chmodSync(inPlace('fake/npm'), 0o755)
    return run(['serve'], { env: { PATH: inPlace('fake') } })
  }
  test.each([
    ['npm error code ENOTFOUND\nnpm error network request to https://registry.example/vite failed', 1, 'the npm registry cannot be reached'],
    ['npm error code EINTEGRITY', 1, 'does not match package-lock.json'],
    ['npm error code EACCES', 1, 'no permission to write'],
    ['npm error code ENOSPC', 74, 'is full: free at least 2 GB'],
    ['npm error something else', 1, 'for the reason below'],
  ])('%j', (text, expected, sentence) => {
    const { code, said } = withNpm(text)
    expect(code).toBe(expected)
    expect(said).toContain(sentence)
    if (expected === 1) expect(said).toContain(text.split('\n')[0])
    expect(said).not.toContain('    at ')
    expect(existsSync(inPlace('.fugong/lock'))).toBe(false)
  })
  /** An npm that cannot reach its registry: `ci` goes on trying, and with `--offline` ends as told. */
  const cutOff = (cached: number) => {
    write('fake/npm', `#!/bin/sh
case "$*" in
  ping*) echo 'npm error code EAI_AGAIN' >&2; exit 1;;
  *--offline*) [ ${cached} = 0 ] && /bin/mkdir -p node_modules; echo 'npm error code ENOTCACHED' >&2; exit ${cached};;
  *) exec /bin/sleep 60;;
esac
`)
    chmodSync(inPlace('fake/npm'), 0o755)
    return run(['build'], { env: { PATH: inPlace('fake') } })
  }
  test('no network is told at once, not after npm has tried every package', () => {
    expect(cutOff(1)).toMatchObject({ code: 1, said: expect.stringMatching(/the npm registry cannot be reached[^]*EAI_AGAIN/) as string })
  })
  test('no network does no harm where npm has every package in its cache', () => {
    expect(cutOff(0)).toMatchObject({ code: 0, said: expect.stringContaining('the build is up to date') as string })
    rmSync(inPlace('node_modules'), { recursive: true })
  })
  test('no npm at all', () => {
    mkdirSync(inPlace('empty'))
    expect(run(['serve'], { env: { PATH: inPlace('empty') } })).toMatchObject({ code: 1, said: expect.stringContaining('npm was not found') as string })
  })
})
