// R9 for rosters: rows in = stored + unchanged + rejected, also the second time; ID numbers, phones and addresses byte-equal when they are opened again.
import { listMyEnterprises } from '@fugong/contract/enterprises'
import type { Import } from '@fugong/contract/imports'
import { check, begin, store } from '../../server/test/importing.ts'
import { ROSTER_HEADER, mobile, residentId, rosterRow } from '../../server/test/rosters.ts'
import { openProofCity } from './city.ts'
import type { Proof } from './proof.ts'

const NAMES = ['欧阳·阿依古丽', '𬒈𫖮䶮', '李 ‘小’龙', 'Ｗａｎｇ Li', '㼆㼆', '=张三']
const ADDRESSES = ['云岩区北京路 1 号 2 单元 301 室', '𬒈家坝村 3 组，门牌“无”', '=SUM(A1) 小区', 'Room 5, 南明河路 12-1 号']
export async function proveRosters({ figure, broken, long }: Proof): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  try {
    const rows = long ? 65_537 : 4000
    const clerk = await city.contact('13900000102')
    const firm = (await clerk.call(listMyEnterprises)).items[0]!.id
    const fault = (n: number) => n % 89 === 3
    const repeats = (n: number) => n % 97 === 5 && !fault(n - 1)
    const cells = (n: number) => repeats(n) ? rosterRow(n - 1) : rosterRow(n, { 0: `${NAMES[n % NAMES.length]!}${n}`, 4: ADDRESSES[n % ADDRESSES.length]!, ...(fault(n) ? { 1: residentId(n).slice(0, 17) } : {}) })
    const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`
    const file = Buffer.from([ROSTER_HEADER, ...Array.from({ length: rows }, (_, n) => cells(n))].map((row) => row.map(quoted).join(',')).join('\r\n'))
    const once = async (): Promise<Import> => store(city, clerk, await check(city, clerk, await begin(city, clerk, file, '花名册.csv', { target: 'people', enterprise: firm })))
    const first = await once()
    const again = await once()
    for (const { counts } of [first, again]) if (!counts || counts.rows !== rows || counts.rows !== counts.fresh + counts.changed + counts.unchanged + counts.rejected + counts.notData) broken(`the rows do not add up: ${JSON.stringify(counts)}`)
    if (again.counts!.fresh || again.counts!.changed || again.counts!.rejected !== first.counts!.rejected) broken(`the same file again was not unchanged: ${JSON.stringify(again.counts)}`)
    const owner = await cluster.asOwner()
    const found = (await owner.query<{ id: string; name: string; sealed: Buffer }>('select id, name, sealed from people.employments')).rows
    const counted = (await owner.query<{ n: number }>('select coalesce(sum(people), 0)::int as n from people.counts')).rows[0]!.n
    await owner.end()
    const expected = new Map<string, string>()
    for (let n = 0; n < rows; n++) if (!fault(n) && !repeats(n)) expected.set(residentId(n), [`${NAMES[n % NAMES.length]!}${n}`.replace(/^'/, '').normalize('NFC'), mobile(n), ADDRESSES[n % ADDRESSES.length]!.normalize('NFC')].join('|'))
    let wrong = 0
    for (const { id, name, sealed } of found) {
      const [number, phone, address] = JSON.parse(city.system_.services.sealer.envelope.open(`people ${id}`, sealed)) as string[]
      if (expected.get(number!) !== [name, phone, address].join('|')) wrong += 1
    }
    if (found.length !== first.counts!.fresh || found.length !== expected.size || wrong) broken(`${found.length} stored of ${first.counts!.fresh} counted and ${expected.size} expected, ${wrong} with another number, name, phone or address than the file`)
    if (counted !== found.length) broken(`the counters say ${counted}, a recount ${found.length}`)
    figure('R9', rows, 'rows', `of a roster: ${first.counts!.fresh} stored + ${first.counts!.rejected} rejected; again: ${again.counts!.unchanged} unchanged + ${again.counts!.rejected} rejected; ID numbers, names, phones and addresses byte-equal when opened; counters equal a recount`)
  } finally {
    await close()
  }
}
