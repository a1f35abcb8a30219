// The scanner's protocol: verdicts, and every way in which it can fail to give one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eicar, startClamd, type FakeClamd } from '../test/clamd.ts'
import { addressOfClamd, readVerdict, scanFile } from './clamd.ts'

let daemon: FakeClamd
let folder: string
const file = (content: string | Buffer) => {
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fugong-clamd-'))
  daemon = await startClamd()
})
afterAll(async () => {
  await daemon.close()
  rmSync(folder, { recursive: true })
})

describe('a verdict', () => {
  it('is that a file is harmless, or what was found, also in pieces and over a Unix socket', async () => {
    expect(await scanFile(daemon.address, file('plain'), 2000)).toEqual({ harmful: false })
    expect(await scanFile(daemon.address, file(eicar), 2000)).toEqual({ harmful: true, signature: 'Win.Test.EICAR_HDB-1' })
    expect(await scanFile(daemon.address, file(Buffer.concat([Buffer.alloc(300_000, 7), Buffer.from(eicar)])), 2000)).toMatchObject({ harmful: true })
    const local = await startClamd(join(folder, 'clamd.ctl'))
    expect(local.address).toBe(`unix:${join(folder, 'clamd.ctl')}`)
    expect(await scanFile(local.address, file('plain'), 2000)).toEqual({ harmful: false })
    await local.close()
  })
  it('is not given by a daemon that hangs, hangs up, fails, or is not there', async () => {
    daemon.mood = 'silent'
    await expect(scanFile(daemon.address, file('x'), 150)).rejects.toThrow(/in time/)
    daemon.mood = 'hangingUp'
    await expect(scanFile(daemon.address, file(Buffer.alloc(1_000_000)), 2000)).rejects.toThrow()
    daemon.mood = 'failing'
    await expect(scanFile(daemon.address, file('x'), 2000)).rejects.toThrow(/size limit exceeded/)
    daemon.mood = 'well'
    await expect(scanFile('tcp://127.0.0.1:1', file('x'), 2000)).rejects.toThrow(/ECONNREFUSED/)
    await expect(scanFile(`unix:${join(folder, 'nowhere')}`, file('x'), 2000)).rejects.toThrow(/ENOENT/)
  })
  it.each(['', '\0', 'stream: OK and more', 'OK', 'stream: FOUND', 'UNKNOWN COMMAND'])('cannot be read out of %j', (answer) => expect(() => readVerdict(answer)).toThrow(/The scanner answered/))
  it('names what was found in plain characters only', () => expect(readVerdict('stream: Evil\u202E<b> FOUND\0')).toEqual({ harmful: true, signature: 'Evil??b?' }))
})
it.each([['tcp://clam.local:3310', { host: 'clam.local', port: 3310 }], ['tcp://[::1]:3310', { host: '::1', port: 3310 }], ['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }], ['unix:///run/clamd', { path: '/run/clamd' }]])('the address %s is understood', (address, expected) => expect(addressOfClamd(address)).toEqual(expected))
