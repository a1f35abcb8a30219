// Files over HTTP: what is taken and refused, where it lies, who reaches it before and after it belongs to something.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE_LIMIT } from '@fugong/contract/base'
import { downloadFile, uploadFile } from '@fugong/contract/files'
import { getSession } from '@fugong/contract/identity'
import { sha256 } from '../../base/crypto.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { Problem } from '../../base/problem.ts'
import { openCity, Refusal, type City, type Someone } from '../../test/harness.ts'
import { within } from '../../test/within.ts'
import { contentTypes, docxOf, zipOf } from '../../test/zip.ts'
import { attachFiles, filesOf, type FileOwner } from './index.ts'
import { filesJobs } from './jobs.ts'

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
let city: City
let folder: string
let wu: Someone // a firm in 520112
let qiao: Someone // the same firm, and another in 520121
let zhu: Someone // a firm in 520103
let peng: Someone // reviewer of 520112
let tian: Someone // reviewer of 520103
let firm: { enterpriseId: string; districtCode: string; streetCode: string; zoneCode: null; departmentKey: string }

beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  folder = join(city.config.dataDir, 'files')
  wu = await city.contact('13900000101')
  qiao = await city.contact('13900000109')
  zhu = await city.contact('13900000102')
  peng = await city.as('pengxiulan')
  tian = await city.as('tianyuqing')
  const { id } = await city.system(async (ctx) => (await sql<{ id: string }>`select id from enterprises.enterprises where credit_code = '91520112MAYP0001X2'`.execute(ctx.db)).rows[0]!)
  firm = { enterpriseId: id, districtCode: '520112', streetCode: '520112008', zoneCode: null, departmentKey: '520112/industry' }
})
afterAll(() => city?.close())
const owned = (): FileOwner => ({ kind: 'declaration', id: newId(), ...firm })
const uploadOf = (who: Someone, name = '方案.pdf', content: Buffer = pdf) => who.upload(uploadFile, { name, content })
const refusedUpload = async (name: string, content: Buffer, who = wu) => {
  const answer = await uploadOf(who, name, content).catch((error: unknown) => error)
  expect(answer).toBeInstanceOf(Refusal)
  return answer as Refusal
}
const rowOf = (id: string) => city.system(async (ctx) => (await sql<{ path: string; state: string; name: string; ownerId: string | null }>`select path, state, name, owner_id from files.files where id = ${id}`.execute(ctx.db)).rows[0])
const stored = () => existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('/')).length : 0

describe('what waits to be used', () => {
  const hold = (person: string, count: number, size: number) => city.system((ctx) => sql`
    insert into files.files (id, name, type, size, sha256, path, state, uploaded_by, uploaded_at)
    select gen_random_uuid(), 'held.pdf', 'application/pdf', ${size}::int, repeat('0', 64), left(md5(n::text || ${String(size)}), 2) || '/' || left(md5(${person} || n::text || ${String(size)}), 30), 'unscanned', ${person}::uuid, ${ctx.now}
    from generate_series(1, ${count}::int) as n`.execute(ctx.db))
  it('is at most forty files of one person, also of two sent at once', async () => {
    const who = await city.contact('13811119001')
    const { personId } = await who.call(getSession)
    await hold(personId!, 39, 100)
    const both = await Promise.allSettled([uploadOf(who), uploadOf(who)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const before = stored()
    expect(await refusedUpload('方案.pdf', pdf, who)).toMatchObject({ status: 409, code: 'files.too_many_waiting' })
    expect(stored()).toBe(before)
    const [taken] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))
    await city.system((ctx) => attachFiles({ ...ctx, actor: { ...ctx.actor, personId } }, [taken!], owned()))
    await uploadOf(who)
  })
  it('is at most 200 MB of one person', async () => {
    const who = await city.contact('13811119002')
    const { personId } = await who.call(getSession)
    await hold(personId!, 20, 10 * 1024 * 1024)
    expect(await refusedUpload('方案.pdf', pdf, who)).toMatchObject({ status: 409, code: 'files.too_many_waiting' })
    await city.system((ctx) => sql`delete from files.files where uploaded_by = ${personId}::uuid`.execute(ctx.db))
    await uploadOf(who)
  })
})

describe('uploading', () => {
  it.each([['方案.pdf', pdf, 'application/pdf'], ['门头照.png', png, 'image/png'], ['IMG_1.JPEG', jpg, 'image/jpeg'], ['承诺书.docx', docxOf(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']])('takes %s', async (name, content, type) => {
    const info = await uploadOf(wu, name, content)
    expect(info).toEqual({ id: info.id, name, type, size: content.length, sha256: sha256(content).toString('hex'), state: 'unscanned', uploadedAt: '2020-02-24T02:00:00.000Z', thumbnail: false })
    const answer = await wu.raw({ method: 'GET', url: `/api/files/${info.id}` })
    expect(answer.rawPayload.equals(content)).toBe(true)
    expect(answer.headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'no-store' })
    expect(answer.headers['content-disposition']).toBe(`${type.startsWith('image/') ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`)
  })
  it('keeps the bytes private, under a name nobody can guess, and announces no name', async () => {
    const info = await uploadOf(wu, '机密计划.pdf')
    const row = (await rowOf(info.id))!
    expect(row.path).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{30}$/)
    expect(statSync(join(folder, row.path)).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, row.path.slice(0, 2))).mode & 0o777).toBe(0o700)
    const events = await city.system((ctx) => sql<{ payload: object }>`select payload from base.events where name = 'file.uploaded' and subject_id = ${info.id}`.execute(ctx.db))
    expect(events.rows).toEqual([{ payload: { type: 'application/pdf', size: pdf.length, sha256: info.sha256 } }])
    expect(city.log.join('')).not.toContain('机密计划')
  })
  it('cleans names', async () => {
    expect((await uploadOf(wu, '..\\..\\c:计划\u202E\u0007.pdf')).name).toBe('c计划.pdf')
    expect([...(await uploadOf(wu, `${'䶮𬒈'.repeat(100)}.pdf`)).name]).toHaveLength(120)
  })
  const docm = docxOf([], contentTypes('application/vnd.ms-word.document.macroEnabled.main+xml'))
  it.each([
    ['a script called pdf', 'a.pdf', Buffer.from('<script>alert(1)</script>'), 'type_refused'],
    ['a page', 'a.html', Buffer.from('<!doctype html>'), 'type_refused'],
    ['a vector drawing', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'type_refused'],
    ['a program', 'a.exe', Buffer.from('MZ\x90\x00'), 'type_refused'],
    ['a program called a photo', 'a.jpg', Buffer.from('MZ\x90\x00'), 'type_refused'],
    ['an old Word file', 'a.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'type_refused'],
    ['a zip', 'a.zip', docxOf(), 'name_differs'],
    ['a zip called docx', 'a.docx', zipOf([{ name: 'evil.exe', content: 'MZ' }]), 'document_refused'],
    ['a workbook called docx', 'a.docx', zipOf([{ name: '[Content_Types].xml', content: 'x' }, { name: 'xl/workbook.xml' }]), 'document_refused'],
    ['macros', 'a.docx', docxOf([{ name: 'word/vbaProject.bin' }]), 'document_refused'],
    ['macros under another name', 'a.docx', docm, 'document_refused'],
    ['a bomb', 'a.docx', docxOf([{ name: 'word/media/a.bin', unpacked: 0xf0000000 }]), 'document_refused'],
    ['a bomb in the list of types', 'a.docx', docxOf([], `${contentTypes()}${' '.repeat(2_000_000)}`), 'document_refused'],
    ['an encrypted entry', 'a.docx', docxOf([{ name: 'word/x.xml', flags: 1 }]), 'document_refused'],
    ['a broken zip', 'a.docx', docxOf().subarray(0, 80), 'document_refused'],
    ['a program behind a document', 'a.docx', zipOf([{ name: '[Content_Types].xml', content: contentTypes() }, { name: 'word/document.xml' }], { tail: Buffer.from('MZ\x90') }), 'document_refused'],
    ['a lying local header', 'a.docx', zipOf([{ name: '[Content_Types].xml', content: contentTypes(), localName: 'evil.exe' }, { name: 'word/document.xml' }]), 'document_refused'],
    ['a photo called pdf', 'a.pdf', jpg, 'name_differs'],
    ['a name without an ending', 'scan', pdf, 'name_differs'],
    ['a name that is only an ending', '.pdf', pdf, 'name_differs'],
  ])('refuses %s and keeps nothing', async (_, name, content, code) => {
    const before = stored()
    expect(await refusedUpload(name, content)).toMatchObject({ status: 415, code: `files.${code}` })
    expect(stored()).toBe(before)
    expect(readdirSync(join(city.config.dataDir, 'incoming'))).toEqual([])
  })
  it('refuses what is empty, too large, no form, or nobody’s', async () => {
    expect(await refusedUpload('a.pdf', Buffer.alloc(0))).toMatchObject({ status: 422, code: 'files.empty' })
    expect(await refusedUpload('a.pdf', Buffer.concat([pdf, Buffer.alloc(FILE_LIMIT)]))).toMatchObject({ status: 413, code: 'request.too_large' })
    expect((await wu.raw({ method: 'POST', url: '/api/files', headers: { 'content-type': 'application/json' }, payload: '{}' })).statusCode).toBe(415)
    expect(await refusedUpload('a.pdf', pdf, city.anonymous())).toMatchObject({ status: 401 })
    expect(await refusedUpload('a.pdf', pdf, await city.as('gaohongtao'))).toMatchObject({ status: 403, code: 'session.forbidden' })
    expect(readdirSync(join(city.config.dataDir, 'incoming'))).toEqual([])
  })
})

describe('reading', () => {
  it('a free upload is the uploader’s alone', async () => {
    const { id } = await uploadOf(wu)
    await wu.call(downloadFile, { params: { id } })
    for (const who of [qiao, zhu, peng, tian]) expect(await who.refused(downloadFile, { params: { id } })).toMatchObject({ status: 404, code: 'not_found' })
    expect(await city.anonymous().refused(downloadFile, { params: { id } })).toMatchObject({ status: 401 })
  })
  it('an attached one follows what it belongs to', async () => {
    const { id } = await uploadOf(wu)
    await within(city, wu, 'file.upload', (ctx) => attachFiles(ctx, [id], owned()))
    for (const who of [wu, qiao, peng, await city.as('gaohongtao'), await city.as('wenguangyu'), await city.as('leixiaofeng')]) await who.call(downloadFile, { params: { id } })
    for (const who of [zhu, tian, await city.as('suyiran')]) expect(await who.refused(downloadFile, { params: { id } })).toMatchObject({ status: 404 })
    expect(await (await city.as('luyuanming')).refused(downloadFile, { params: { id } })).toMatchObject({ status: 403 })
  })
  it('waits while a file is not ready, and does not hand out bytes that are gone or cut', async () => {
    const [one, two] = [await uploadOf(wu), await uploadOf(wu)]
    const { path } = (await rowOf(one.id))!
    await city.system((ctx) => sql`update files.files set state = 'waiting' where id = ${one.id}`.execute(ctx.db))
    expect(await wu.refused(downloadFile, { params: { id: one.id } })).toMatchObject({ status: 409, code: 'files.not_ready' })
    await city.system((ctx) => sql`update files.files set state = 'clean' where id = ${one.id}`.execute(ctx.db))
    writeFileSync(join(folder, path), 'cut')
    expect(await wu.refused(downloadFile, { params: { id: one.id } })).toMatchObject({ status: 404 })
    rmSync(join(folder, (await rowOf(two.id))!.path))
    expect(await wu.refused(downloadFile, { params: { id: two.id } })).toMatchObject({ status: 404 })
  })
  it.each(['nonsense', '../../etc/passwd', "' or 1=1 --"])('refuses the reference %j', async (id) => {
    expect(await wu.refused(downloadFile, { params: { id } })).toMatchObject({ status: 422, issues: [{ path: '/id', code: 'issue.id' }] })
  })
  it('is one more wall in the database itself', async () => {
    const { id } = await uploadOf(wu)
    const seen = (who: Someone) => within(city, who, 'file.read', async (ctx) => (await sql`select id from files.files where id = ${id}`.execute(ctx.db)).rows.length)
    expect([await seen(wu), await seen(qiao), await seen(peng), await seen(zhu)]).toEqual([1, 0, 0, 0])
  })
})

describe('attaching', () => {
  const attach = (who: Someone, ids: string[], owner = owned(), path?: string) => within(city, who, 'file.upload', (ctx) => attachFiles(ctx, ids, owner, path))
  const faults = async (deed: Promise<unknown>) => {
    const error = await deed.catch((failed: unknown) => failed)
    expect(error).toBeInstanceOf(Problem)
    return (error as Problem).issues.map((issue) => `${issue.path} ${issue.code}`)
  }
  it('is once and for all, and harmless to repeat', async () => {
    const { id } = await uploadOf(wu)
    const owner = owned()
    await attach(wu, [id, id], owner)
    await attach(wu, [id], owner)
    expect(await faults(attach(wu, [id]))).toEqual(['/files/0 issue.file_unknown'])
    expect((await rowOf(id))?.ownerId).toBe(owner.id)
  })
  it('names every file that is not there to take, and takes none of the others', async () => {
    const [mine, theirs] = [await uploadOf(wu), await uploadOf(zhu)]
    expect(await faults(attach(wu, [mine.id, theirs.id, newId(), 'nonsense', ''], owned(), '/answers/plan'))).toEqual([1, 2, 3, 4].map((at) => `/answers/plan/${at} issue.file_unknown`))
    expect((await rowOf(mine.id))?.ownerId).toBeNull()
  })
  it('lets only one of two owners have a file', async () => {
    const { id } = await uploadOf(wu)
    const answers = await Promise.allSettled([attach(wu, [id]), attach(wu, [id])])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('cannot give a file to a firm that is not the caller’s', async () => {
    const { id } = await uploadOf(zhu)
    await expect(attach(zhu, [id])).rejects.toThrow(/row-level security/)
  })
  it('refuses refused files', async () => {
    const { id } = await uploadOf(wu)
    await city.system((ctx) => sql`update files.files set state = 'refused' where id = ${id}`.execute(ctx.db))
    expect(await faults(attach(wu, [id]))).toEqual(['/files/0 issue.file_unknown'])
  })
  it('filesOf answers in the order asked for and leaves out what the caller may not see', async () => {
    const [one, two, theirs] = [await uploadOf(wu, '一.pdf'), await uploadOf(wu, '二.pdf'), await uploadOf(zhu)]
    const infos = await within(city, wu, 'file.read', (ctx) => filesOf(ctx, [two.id, theirs.id, 'nonsense', one.id]))
    expect(infos).toEqual([two, one])
    expect(await within(city, wu, 'file.read', (ctx) => filesOf(ctx, []))).toEqual([])
  })
})

describe('forgetting', () => {
  it('removes uploads that nothing took within a day, rows and bytes, and strays that no row names', async () => {
    const [old, kept] = [await uploadOf(wu), await uploadOf(wu)]
    await within(city, wu, 'file.upload', (ctx) => attachFiles(ctx, [kept.id], owned()))
    const [oldRow, keptRow] = [(await rowOf(old.id))!, (await rowOf(kept.id))!]
    city.clock.set('2020-02-25T01:00:00Z')
    const young = await uploadOf(wu)
    const stray = join(folder, 'ab', 'c'.repeat(30))
    mkdirSync(join(folder, 'ab'), { recursive: true })
    writeFileSync(stray, 'left behind')
    for (const one of [stray, join(folder, keptRow.path)]) utimesSync(one, new Date('2020-02-20'), new Date('2020-02-20'))

    city.clock.set('2020-02-25T02:00:01Z')
    for (const job of filesJobs({ folder, city: '520100' })) if (!job.before) await city.system((ctx) => job.run(ctx, null))
    expect(await rowOf(old.id)).toBeUndefined()
    await expect.poll(() => existsSync(join(folder, oldRow.path))).toBe(false)
    expect(existsSync(stray)).toBe(false)
    expect(readFileSync(join(folder, keptRow.path)).equals(pdf)).toBe(true)
    expect(await rowOf(young.id)).toBeDefined()
    city.clock.set('2020-02-24T02:00:00Z')
  })
})
