// Care of files over HTTP: quarantine and scanner, thumbnails of honest and hostile pictures, removal with what they belong to.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeclaration, saveDeclaration, withdrawDeclaration } from '@fugong/contract/declarations'
import { downloadFile, getThumbnail, uploadFile, type FileInfo } from '@fugong/contract/files'
import { sql } from '../../base/db.ts'
import { eicar, startClamd, type FakeClamd } from '../../test/clamd.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, Refusal, type City, type Someone } from '../../test/harness.ts'
import { within } from '../../test/within.ts'
import { docxOf } from '../../test/zip.ts'
import { filesOf } from './index.ts'

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
let plain: City // no scanner is set up
let guarded: City
let daemon: FakeClamd
beforeAll(async () => {
  daemon = await startClamd()
  ;[plain, guarded] = await Promise.all([openCity({ now: '2020-02-24T02:00:00Z' }), openCity({ now: '2020-02-24T02:00:00Z', environment: { CLAMD: daemon.address } })])
}, 120_000)
afterAll(async () => {
  await plain?.close()
  await guarded?.close()
  await daemon?.close()
})
const upload = (who: Someone, content: Buffer = pdf, name = '方案.pdf') => who.upload(uploadFile, { name, content })
const rowOf = (city: City, id: string) => city.system(async (ctx) => (await sql<{ path: string; thumbnail: string | null; state: string; thumbnailState: string; signature: string | null }>`select path, thumbnail, state, thumbnail_state, signature from files.files where id = ${id}`.execute(ctx.db)).rows[0])
const eventsOf = (city: City, id: string) => city.system(async (ctx) => (await sql<{ name: string; payload: unknown }>`select name, payload from base.events where subject_kind = 'file' and subject_id = ${id} order by at, id`.execute(ctx.db)).rows)
const at = (city: City, path: string) => join(city.config.dataDir, 'files', path)
const infoOf = async (city: City, who: Someone, id: string): Promise<FileInfo> => (await within(city, who, 'file.read', (ctx) => filesOf(ctx, [id])))[0]!

describe('with a scanner', () => {
  it('a file waits in quarantine and opens once it has passed', async () => {
    const wu = await guarded.contact('13900000101')
    const file = await upload(wu)
    expect(file).toMatchObject({ state: 'waiting', thumbnail: false })
    expect(await wu.refused(downloadFile, { params: { id: file.id } })).toMatchObject({ status: 409, code: 'files.not_ready' })
    await guarded.work()
    expect(await infoOf(guarded, wu, file.id)).toMatchObject({ state: 'clean' })
    expect(Buffer.from((await wu.call(downloadFile, { params: { id: file.id } })) as unknown as Uint8Array).equals(pdf)).toBe(true)
    expect((await eventsOf(guarded, file.id)).map(({ name, payload }) => [name, payload])).toEqual([['file.uploaded', { type: 'application/pdf', size: pdf.length, sha256: file.sha256 }], ['file.scanned', { state: 'clean', signature: null }]])
  })
  it('a harmful one is refused: its entry says so, its bytes are gone', async () => {
    const wu = await guarded.contact('13900000101')
    const file = await upload(wu, Buffer.concat([pdf, Buffer.from(eicar)]))
    const { path } = (await rowOf(guarded, file.id))!
    await guarded.work()
    expect(await rowOf(guarded, file.id)).toMatchObject({ state: 'refused', signature: 'Win.Test.EICAR_HDB-1' })
    await expect.poll(() => existsSync(at(guarded, path))).toBe(false)
    expect(await wu.refused(downloadFile, { params: { id: file.id } })).toMatchObject({ status: 410, code: 'files.infected' })
    expect((await eventsOf(guarded, file.id)).at(-1)).toEqual({ name: 'file.scanned', payload: { state: 'refused', signature: 'Win.Test.EICAR_HDB-1' } })
  })
  it('that is down lets nothing out, and is asked again', async () => {
    const wu = await guarded.contact('13900000101')
    daemon.mood = 'hangingUp'
    const file = await upload(wu)
    await guarded.work()
    expect(await wu.refused(downloadFile, { params: { id: file.id } })).toMatchObject({ status: 409, code: 'files.not_ready' })
    expect(guarded.log.join('')).toContain('the file stays in quarantine')
    daemon.mood = 'well'
    // It rests for half a minute after a failure; another process, or a later moment, asks again.
    const job = guarded.system_.house.jobs.find(({ name }) => name === 'files.scan_waiting')!
    await guarded.system((ctx) => job.run(ctx, null))
    expect(await guarded.system(async (ctx) => (await sql`select name from base.jobs where name = 'files.scan'`.execute(ctx.db)).rows)).toHaveLength(1)
    await guarded.work()
    expect((await rowOf(guarded, file.id))?.state).toBe('waiting')
    const anew = await openScanning()
    await anew(file.id)
    expect((await rowOf(guarded, file.id))?.state).toBe('clean')
  })
  it('a picture has no thumbnail before it has passed', async () => {
    const wu = await guarded.contact('13900000101')
    const file = await upload(wu, await photo(), '门头.jpg')
    expect(await wu.refused(getThumbnail, { params: { id: file.id } })).toMatchObject({ status: 409, code: 'files.not_ready' })
    await (await openScanning())(file.id)
    await guarded.work()
    expect(await infoOf(guarded, wu, file.id)).toMatchObject({ state: 'clean', thumbnail: true })
  })
  /** A scan as another process would do it. */
  async function openScanning() {
    const { filesJobs } = await import('./jobs.ts')
    const job = filesJobs({ folder: join(guarded.config.dataDir, 'files'), city: '520100', clamd: daemon.address }).find(({ name }) => name === 'files.scan')!
    return (id: string) => job.before!((work) => guarded.system(work), { id }, new AbortController().signal)
  }
})

describe('a thumbnail', () => {
  it('is small, upright, and says nothing of camera or place', async () => {
    const wu = await plain.contact('13900000101')
    const original = await photo()
    expect((await sharp(original).metadata()).exif).toBeDefined()
    const file = await upload(wu, original, '门头照.jpg')
    expect(await wu.refused(getThumbnail, { params: { id: file.id } })).toMatchObject({ status: 404, code: 'files.no_thumbnail' })
    await plain.work()
    expect(await infoOf(plain, wu, file.id)).toMatchObject({ state: 'unscanned', thumbnail: true })
    const answer = await wu.raw({ method: 'GET', url: `/api/files/${file.id}/thumbnail` })
    expect(answer.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" })
    const small = await sharp(answer.rawPayload).metadata()
    // 1200 × 800 lying on its side, as orientation 6 says.
    expect([small.width, small.height]).toEqual([320, 480])
    expect([small.exif, small.orientation, small.icc]).toEqual([undefined, undefined, undefined])
    expect(answer.rawPayload.includes('GPS') || answer.rawPayload.includes('Canon')).toBe(false)
    for (const other of [await plain.contact('13900000102'), await plain.as('tianyuqing')]) expect(await other.refused(getThumbnail, { params: { id: file.id } })).toMatchObject({ status: 404, code: 'not_found' })
  })
  it('is not made of a document', async () => {
    const wu = await plain.contact('13900000101')
    const file = await upload(wu)
    await plain.work()
    expect(await infoOf(plain, wu, file.id)).toMatchObject({ thumbnail: false })
  })
})

describe('hostile uploads', () => {
  const hostile: [string, string, () => Buffer][] = [
    ['a picture that unpacks to 10,000 megapixels', '炸弹.png', () => bomb(100_000, 100_000)],
    ['a picture just above the limit, fully packed', '大图.png', () => bomb(6000, 6000, true)],
    ['a picture that is cut off', '断.jpg', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0')])],
    ['a picture of noise', '噪.png', () => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100_000, 0xab)])],
  ]
  it.each(hostile)('%s gives no thumbnail and no harm', async (_, name, make) => {
    const wu = await plain.contact('13900000101')
    const content = make()
    const [began, before] = [performance.now(), process.memoryUsage().rss]
    const file = await upload(wu, content, name)
    await plain.work()
    expect(performance.now() - began).toBeLessThan(2000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    expect(await rowOf(plain, file.id)).toMatchObject({ thumbnailState: 'none', thumbnail: null })
    expect(await wu.refused(getThumbnail, { params: { id: file.id } })).toMatchObject({ status: 404 })
  })
  it.each([['a bomb of a document', 'a.docx', () => docxOf([{ name: 'word/media/a.bin', unpacked: 0xf0000000 }])], ['many entries', 'a.docx', () => docxOf(Array.from({ length: 20_000 }, (_, n) => ({ name: `word/${n}.xml` })))]])('%s is refused at once', async (_, name, make) => {
    const wu = await plain.contact('13900000101')
    const content = make()
    const [began, before] = [performance.now(), process.memoryUsage().rss]
    const answer = await upload(wu, content, name).catch((error: unknown) => error)
    expect(answer).toBeInstanceOf(Refusal)
    expect(answer).toMatchObject({ status: 415, code: 'files.document_refused' })
    expect(performance.now() - began).toBeLessThan(2000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('removal', () => {
  const stored = () => readdirSync(join(plain.config.dataDir, 'files'), { recursive: true }).filter((name) => String(name).includes('/')).length
  it('of a draft takes its files with it, row, bytes and thumbnail', async () => {
    const { contact, firm } = await newFirm(plain, 'yunyan')
    const draft = await contact.call(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })
    const [one, two, picture] = [await upload(contact), await upload(contact), await upload(contact, await photo(), '门头.jpg')]
    await plain.work()
    const before = stored()
    let saved = await contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: draft.revision, fileIds: [one.id, two.id, picture.id] } })
    saved = await contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: saved.revision, fileIds: [one.id, picture.id] } })
    expect(await contact.refused(downloadFile, { params: { id: two.id } })).toMatchObject({ status: 404 })
    await plain.work()
    expect(await rowOf(plain, two.id)).toBeUndefined()
    await expect.poll(stored).toBe(before - 1)
    await contact.call(withdrawDeclaration, { params: { id: draft.id }, body: { revision: saved.revision, reason: '填错了' } })
    await plain.work()
    for (const { id } of [one, picture]) expect(await rowOf(plain, id)).toBeUndefined()
    await expect.poll(stored).toBe(before - 4)
    expect((await eventsOf(plain, picture.id)).at(-1)).toEqual({ name: 'file.removed', payload: { why: 'owner_gone' } })
  })
  it('does not take what an office has been given', async () => {
    const { contact, firm } = await newFirm(plain, 'yunyan')
    const draft = await contact.call(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })
    const file = await upload(contact)
    const saved = await contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: draft.revision, fileIds: [file.id] } })
    await plain.system((ctx) => sql`update declarations.declarations set submitted_at = ${ctx.now}, procedure = 'review' where id = ${draft.id}`.execute(ctx.db))
    await contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: saved.revision, fileIds: [] } })
    await plain.work()
    expect(await rowOf(plain, file.id)).toBeDefined()
    expect(readFileSync(at(plain, (await rowOf(plain, file.id))!.path)).equals(pdf)).toBe(true)
  })
})

/** A photo as a phone takes it: on its side, with camera and place. */
function photo(): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 800, channels: 3, background: '#336699' } }).withExif({ IFD0: { Make: 'Canon' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '26/1 35/1 0/1' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer()
}
/** A PNG that claims, or truly has, that many pixels in a few kilobytes. */
function bomb(width: number, height: number, whole = false): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const head = Buffer.alloc(4)
    const tail = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    tail.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, tail])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(whole ? (width * 4 + 1) * height : 1_000_000))), chunk('IEND', Buffer.alloc(0))])
}
