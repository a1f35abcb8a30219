// What the bootstrap says and how: Chinese for a Chinese terminal, both languages otherwise; always on stderr.
const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

export function words(zh, en) {
  return chinese ? zh : `${zh} / ${en}`
}

export function say(zh, en) {
  process.stderr.write(`· ${words(zh, en)}\n`)
}

/** An end that the reader can do something about: its sentence is printed without a stack. */
export class Stop extends Error {
  constructor(zh, en, code = 1, details = '') {
    super(words(zh, en))
    this.code = code
    this.details = details
  }
}

export function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}

/** Does something long and shows that it goes on: one rewritten line in a terminal, a line every 15 s elsewhere. */
export async function progress(zh, en, work) {
  const began = Date.now()
  const terminal = process.stderr.isTTY
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  let turn = 0
  if (!terminal) say(zh, en)
  const timer = setInterval(() => {
    const elapsed = Math.round((Date.now() - began) / 1000)
    if (terminal) process.stderr.write(`\r\x1b[K${frames[turn++ % frames.length]} ${words(zh, en)} ${elapsed} s`)
    else process.stderr.write(`  … ${elapsed} s\n`)
  }, terminal ? 120 : 15_000)
  try {
    const result = await work()
    process.stderr.write(`${terminal ? '\r\x1b[K' : ''}✔ ${words(zh, en)} ${seconds(began)}\n`)
    return result
  } catch (error) {
    if (terminal) process.stderr.write('\r\x1b[K')
    throw error
  } finally {
    clearInterval(timer)
  }
}
