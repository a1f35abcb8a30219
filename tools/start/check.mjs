// Runs every static check, two at a time, prints each one's time and all faults, and fails if any fails.
import { spawn } from 'node:child_process'
import { at, commandOf, root } from './paths.mjs'
import { seconds, words } from './words.mjs'

function tasks() {
  const tsc = commandOf('typescript', 'tsc')
  const types = ['contract', 'server', 'web', 'web/h5'].map((place) => ({ name: `types ${place}`, args: [tsc, '-p', place, '--pretty', 'false'] }))
  return [
    types[1],
    { name: 'lint', args: [commandOf('eslint'), '.'] },
    types[2],
    { name: 'house', args: ['--import', 'tsx', at('tools/check-house.ts')] },
    { name: 'unused', args: [commandOf('knip')] },
    types[0],
    types[3],
  ]
}

function run({ name, args }) {
  const began = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', (error) => (said += error.message))
    child.once('close', (code) => {
      const good = code === 0
      process.stdout.write(`${good ? '✔' : '✘'} ${name.padEnd(16)} ${seconds(began)}\n`)
      const last = said.trim()
      if (!good) process.stdout.write(`${last.replace(/^/gm, '    ')}\n`)
      else if (name === 'house' && last) process.stdout.write(`    ${last.split('\n').at(-1)}\n`)
      resolve(good)
    })
  })
}

export async function check() {
  const waiting = tasks()
  const results = []
  const worker = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) results.push(await run(task))
  }
  await Promise.all([worker(), worker()])
  const bad = results.filter((good) => !good).length
  process.stdout.write(
    bad === 0
      ? `${words(`全部 ${results.length} 项检查通过`, `all ${results.length} checks passed`)}\n`
      : `${words(`${results.length} 项检查中有 ${bad} 项不通过，见上`, `${bad} of ${results.length} checks failed, see above`)}\n`,
  )
  return bad === 0 ? 0 : 1
}
