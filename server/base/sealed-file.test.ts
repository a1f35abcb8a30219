// Sealed files: what was written comes back, and nothing that was cut, changed or opened with another key does.
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { newFileKey, readSealed, writeSealed } from './sealed-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'fugong-sealed-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
async function sealed(pieces: Buffer[]) {
  const path = join(folder, String(++files))
  const key = newFileKey()
  const size = await writeSealed(path, key, (async function* () { yield* pieces })())
  return { path, key, size }
}
const opened = async ({ path, key }: { path: string; key: Buffer }) => {
  const pieces: Buffer[] = []
  for await (const piece of readSealed(path, key)) pieces.push(piece)
  return Buffer.concat(pieces)
}
const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7) % 251))

it.each([['nothing', []], ['one byte', [Buffer.of(1)]], ['exactly one frame', [content.subarray(0, 65_536)]], ['many pieces', [content.subarray(0, 10), content.subarray(10, 150_000), content.subarray(150_000)]], ['two frames', [content.subarray(0, 131_072)]]])('gives back %s', async (_, pieces) => {
  const one = await sealed(pieces)
  expect((await opened(one)).equals(Buffer.concat(pieces))).toBe(true)
  expect(one.size).toBe(Buffer.concat(pieces).length)
  expect(statSync(one.path).mode & 0o777).toBe(0o600)
})
it('says nothing on disk', async () => {
  const text = Buffer.from('批量企业'.repeat(100))
  expect(readFileSync((await sealed([text])).path).includes('批量企业')).toBe(false)
})
it('does not open with another key, cut short at any frame, or with a byte changed', async () => {
  const one = await sealed([content])
  await expect(opened({ path: one.path, key: newFileKey() })).rejects.toThrow()
  const bytes = readFileSync(one.path)
  const frame = 5 + 65_536 + 16
  for (const length of [frame, frame * 2, frame * 3, bytes.length - 1, 3]) {
    truncateSync(one.path, length)
    await expect(opened(one), String(length)).rejects.toThrow()
    writeFileSync(one.path, bytes)
  }
  for (const at of [2, 4, 100, frame + 4, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    writeFileSync(one.path, changed)
    await expect(opened(one), String(at)).rejects.toThrow()
  }
})
it('does not write over a file', async () => {
  const one = await sealed([content])
  await expect(writeSealed(one.path, one.key, (async function* () { yield content })())).rejects.toThrow(/EEXIST/)
})
