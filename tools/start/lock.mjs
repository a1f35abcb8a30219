// Directory locks between processes: taken whole (a directory with its owner's note is renamed into place), freed by death.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readJson } from './paths.mjs'

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const note = (directory) => path.join(directory, 'owner.json')

/** A process as a lock remembers it; `began` (Linux: ticks since boot) tells it from a later one with the same pid. */
export function identity(pid = process.pid) {
  return { pid, began: procStat(pid)?.[19] ?? null }
}

function procStat(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** Alive, the same process, and no zombie. */
export function lives(one) {
  if (!one || !one.pid) return false
  try {
    process.kill(one.pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const stat = procStat(one.pid)
  return stat === null || (stat[0] !== 'Z' && stat[0] !== 'X' && (!one.began || one.began === stat[19]))
}

/** The note of the living owner, or null when the lock is free. A lock may name a child that keeps it, too. */
export function ownerOf(directory) {
  const owner = readJson(note(directory))
  return owner && (lives(owner) || lives(owner.child)) ? owner : null
}

/** Takes the lock or says who has it: { release, update } or { owner }. */
export function tryLock(directory, about) {
  const fresh = `${directory}.${process.pid}`
  const held = { ...identity(), since: new Date().toISOString(), ...about }
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh)
  writeFileSync(note(fresh), JSON.stringify(held))
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      renameSync(fresh, directory)
      return hold(directory, held)
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(error.code)) throw error
      const owner = ownerOf(directory)
      if (owner) {
        rmSync(fresh, { recursive: true, force: true })
        return { owner }
      }
      removeStale(directory)
    }
  }
  rmSync(fresh, { recursive: true, force: true })
  return { owner: readJson(note(directory)) ?? {} }
}

function hold(directory, held) {
  const mine = () => {
    const now = readJson(note(directory))
    return now && now.pid === held.pid && now.began === held.began
  }
  const release = () => {
    if (mine()) rmSync(directory, { recursive: true, force: true })
  }
  process.once('exit', release)
  const update = (more) => {
    Object.assign(held, more)
    writeFileSync(`${note(directory)}.new`, JSON.stringify(held))
    renameSync(`${note(directory)}.new`, note(directory))
  }
  return { release, update }
}

/** Only one of several takers may remove a dead owner's lock, and only after looking again. */
function removeStale(directory) {
  const guard = `${directory}.takeover`
  try {
    mkdirSync(guard)
  } catch {
    const made = statSync(guard, { throwIfNoEntry: false })
    if (made && Date.now() - made.mtimeMs > 10_000) rmSync(guard, { recursive: true, force: true })
    return
  }
  try {
    if (!ownerOf(directory)) rmSync(directory, { recursive: true, force: true })
  } finally {
    rmSync(guard, { recursive: true, force: true })
  }
}

/** Waits for the lock, telling from time to time the pid it waits for. */
export async function waitForLock(directory, about, tell) {
  for (let turn = 0; ; turn += 1) {
    const lock = tryLock(directory, about)
    if (lock.release) return lock
    if (turn % 150 === 1) tell((lives(lock.owner) ? lock.owner : lock.owner.child)?.pid ?? '?')
    await sleep(100)
  }
}
