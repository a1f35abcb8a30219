// Where things are, for every part of the bootstrap.
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stop } from './words.mjs'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')
export const at = (...names) => path.join(root, ...names)
export const state = at('.fugong')

/** The directory of everything that this installation remembers; others may pass it (the database user), not read it. */
export function makeState() {
  try {
    if (mkdirSync(state, { recursive: true })) chmodSync(state, 0o755)
  } catch (error) {
    if (error.code === 'ENOSPC') throw noDisk(root)
    throw new Stop(
      `不能在 ${root} 写文件。请检查目录的所有者和权限`,
      `cannot write to ${root}: check who owns the directory and its permissions`,
      1,
      error.message,
    )
  }
}

export function noDisk(where) {
  return new Stop(
    `${where} 所在的磁盘空间不足。请腾出至少 2 GB 后再运行同一条命令`,
    `the disk that holds ${where} is full: free at least 2 GB and run the same command again`,
    74,
  )
}

export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** The script behind a package's command, as seen from one workspace; run with our own node, so no shell is needed. */
export function commandOf(name, command = name, from = 'package.json') {
  const lookups = createRequire(at(from)).resolve.paths(name) ?? []
  const home = lookups.map((directory) => path.join(directory, name)).find((directory) => existsSync(path.join(directory, 'package.json')))
  if (!home) throw new Stop(`没有安装 ${name}。请删除 node_modules 后再运行`, `${name} is not installed: delete node_modules and run the same command again`)
  const { bin } = readJson(path.join(home, 'package.json'))
  return path.join(home, typeof bin === 'string' ? bin : bin[command])
}
