// Runs the tests (unit, then browser journeys) and ends with one line: N passed, N failed.
import { spawn } from 'node:child_process'
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at, commandOf, readJson, root, state } from './paths.mjs'
import { say } from './words.mjs'

const withValue = new Set(['-t', '--testNamePattern', '--project', '--retry', '--testTimeout', '--bail', '--shard', '--maxWorkers', '--exclude', '--dir'])

/** Which of the two projects a command line asks for: by --project, by file filters, else both. */
function projectsFor(args) {
  const named = args.flatMap((arg, n) => (arg === '--project' ? [args[n + 1]] : arg.startsWith('--project=') ? [arg.slice(10)] : []))
  const filters = args.filter((arg, n) => !arg.startsWith('-') && !withValue.has(args[n - 1]))
  const isJourney = (file) => file.startsWith('web/test/journeys/')
  const files = testFiles().filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter.replace(/^\.\//, ''))))
  return {
    unit: named.length > 0 ? named.includes('unit') : files.some((file) => !isJourney(file)),
    journeys: named.length > 0 ? named.includes('journeys') : files.some(isJourney),
    rest: args.filter((arg, n) => !arg.startsWith('--project') && args[n - 1] !== '--project'),
  }
}

function testFiles() {
  const found = []
  const look = (place) => {
    for (const entry of statSync(at(place), { throwIfNoEntry: false }) ? readdirSync(at(place), { withFileTypes: true }) : []) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'dist') look(`${place}/${entry.name}`)
      else if (/\.test\.tsx?$/.test(entry.name)) found.push(`${place}/${entry.name}`)
    }
  }
  ['contract', 'server', 'tools', 'web'].forEach(look)
  return found
}

export async function test(args, build) {
  const { unit, journeys, rest } = projectsFor(args)
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const all = []
  if (unit) add(counts, all, await runProject('unit', rest))
  if (journeys) {
    await build()
    const result = await runProject('journeys', rest)
    if (process.env.REQUIRE_BROWSER && result.skipped > 0) {
      say(`${result.skipped} 个浏览器测试被跳过，而 REQUIRE_BROWSER 不允许`, `${result.skipped} browser journeys were skipped, which REQUIRE_BROWSER forbids`)
      result.failed += result.skipped
      result.skipped = 0
    } else if (result.skipped > 0) {
      say(`${result.skipped} 个浏览器测试被跳过：没有找到 Chromium`, `${result.skipped} browser journeys were skipped: install Chromium to run them`)
    }
    add(counts, all, result)
  }
  if (counts.passed + counts.failed + counts.skipped === 0) {
    say('没有找到任何测试', 'no test was found; the words after "npm test --" must be part of a test file’s path')
    counts.failed = 1
  }
  writeFileSync(path.join(state, 'test-results.json'), JSON.stringify({ ...counts, testResults: all }))
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}\n`)
  return counts.failed === 0 ? 0 : 1
}

function add(counts, all, result) {
  for (const name of Object.keys(counts)) counts[name] += result[name]
  all.push(...result.files)
}

async function runProject(project, args) {
  const file = path.join(state, `test-results-${project}.json`)
  rmSync(file, { force: true })
  const command = [commandOf('vitest'), 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args]
  const code = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('exit', (status, signal) => resolve(signal ? 1 : status))
  })
  return count(readJson(file)?.testResults ?? [], code, project)
}

/** A file that could not even be read counts as one failure, and so does an error outside of any test. */
function count(files, code, project) {
  const result = { passed: 0, failed: 0, skipped: 0, files }
  for (const file of files) {
    const states = file.assertionResults.map((one) => one.status)
    result.passed += states.filter((one) => one === 'passed').length
    result.skipped += states.filter((one) => ['skipped', 'pending', 'todo', 'disabled'].includes(one)).length
    const failed = states.filter((one) => one === 'failed').length
    result.failed += failed === 0 && file.status === 'failed' ? 1 : failed
  }
  if (code !== 0 && result.failed === 0) {
    say(`${project}:vitest 以代码 ${code} 结束，错误不在某个测试里，见上`, `${project}: vitest ended with ${code} for an error outside of any test, see above`)
    result.failed = 1
  }
  return result
}
