// The roster as a source of exports for case officers: numbers and addresses only as personal columns, which take a reason and a second person; whose were taken out stays on record.
import { Strict, Id } from '@fugong/contract/base'
import { rosterFilters, type RosterState } from '@fugong/contract/people'
import { Type } from 'typebox'
import { BETWEEN } from '../../base/reading.ts'
import { newId } from '../../base/ids.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type ReadingCtx, type SourceColumn } from '../exports/index.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { elevated } from '../../base/context.ts'
import { divisionOf } from './divisions.actions.ts'
import { countExported, exportQuery, type ExportedColumn, type ExportFilter } from './export.store.ts'
import { openSecrets } from './sealed.actions.ts'
import { insertReads } from './store.ts'

const column = (code: ExportedColumn, zh: string, en: string, width: number, sensitivity: SourceColumn['sensitivity'] = 'internal'): SourceColumn => ({ code, header: { zh, en }, width, sensitivity })
const columns: SourceColumn[] = [
  column('firm', '企业', 'Firm', 34), column('workplace', '经营场所', 'Workplace', 24), column('crew', '班组', 'Crew', 16), column('shift', '班次', 'Shift', 10), column('dormitory', '宿舍', 'Dormitory', 16), column('state', '人员状态', 'State', 12), column('stateSince', '状态起始', 'State since', 12),
  column('observingUntil', '观察至', 'Under observation until', 12), column('origin', '来源地', 'Origin', 24), column('returnedOn', '返回日期', 'Returned on', 12),
  column('name', '姓名', 'Name', 12, 'personal'), column('idNumber', '证件号码', 'ID number', 24, 'personal'), column('phone', '手机', 'Mobile phone', 16, 'personal'), column('address', '现住址', 'Present address', 34, 'personal'), column('vehicleNo', '车次、航班或车牌', 'Train, flight or plate', 16, 'personal'),
]
const states = wordsOf({ notReturned: { zh: '未返岗', en: 'Not returned' }, onTheWay: { zh: '在途', en: 'On the way' }, observing: { zh: '观察中', en: 'Under observation' }, onDuty: { zh: '在岗', en: 'On duty' }, absent: { zh: '缺勤', en: 'Absent' }, left: { zh: '离职', en: 'Left' } } satisfies Record<RosterState, { zh: string; en: string }>)
const OPENED = ['idNumber', 'phone', 'address', 'vehicleNo'] as const
const filterOf = (filter: Filter): ExportFilter => filter as ExportFilter
const labels: Readonly<Record<keyof ExportFilter, { zh: string; en: string }>> = { enterprise: { zh: '企业', en: 'Firm' }, state: { zh: '人员状态', en: 'State' }, workplace: { zh: '经营场所', en: 'Workplace' }, crew: { zh: '班组', en: 'Crew' }, dormitory: { zh: '宿舍', en: 'Dormitory' }, origin: { zh: '来源地', en: 'Origin' } }

export const rosterSource: ExportSource = {
  code: 'roster', name: { zh: '返岗人员', en: 'Returning staff' }, verb: 'roster.facts', columns, filter: Strict({ ...rosterFilters, enterprise: Type.Optional(Id) }),
  async words(_ctx, filter) {
    return (Object.keys(labels) as (keyof ExportFilter)[]).flatMap((name) => {
      const value = filter[name]
      return value === undefined ? [] : [filterPart(labels[name], (name === 'state' ? states.get(String(value)) : name === 'origin' ? divisionOf(String(value))?.name : undefined) ?? String(value))]
    })
  },
  count: (ctx, filter, most) => countExported(ctx, filterOf(filter), most),
  async *rows(ctx, filter, codes, language) {
    const asked = codes as ExportedColumn[]
    const opens = asked.some((code) => code === 'name' || (OPENED as readonly string[]).includes(code))
    for await (const batch of ctx.stream(exportQuery(ctx, filterOf(filter), asked, wordsIn(states, language)), { ahead: false })) yield await fillIn(ctx, batch, asked, { opens, language })
  },
}
/** Puts names of firms, workplaces and origins, and what is sealed, into their columns; behind each row stand what they are found by. */
async function fillIn(ctx: ReadingCtx, batch: readonly string[], asked: readonly ExportedColumn[], { opens, language }: { opens: boolean; language: 'zh' | 'en' }): Promise<string[]> {
  const rows = batch.map((row) => {
    const cells = row.split(BETWEEN)
    const [id, personId, enterpriseId, caseKey, workplaceId, originCode, sealed] = cells.splice(asked.length) as [string, string, string, string, string, string, string]
    return { cells, id, personId, enterpriseId, caseKey, workplaceId, originCode, sealed: Buffer.from(sealed, 'base64') }
  })
  if (opens) await ctx.apart((system) => insertReads(system, rows.map(({ id, personId, enterpriseId, caseKey }) => ({ id: newId(), personId, employmentId: id, enterpriseId, caseKey, field: 'export', reason: '导出', office: true, byPerson: ctx.actor.personId! }))))
  const [firms, places] = await ctx.apart((apart) => elevated(apart, async (system) => [new Map((await selectFirms(system, [...new Set(rows.map((row) => row.enterpriseId))])).map((firm) => [firm.id, firm.name])), await workplaceNames(system, [...new Set(rows.map((row) => row.workplaceId))])] as const))
  return rows.map((row) => {
    const secrets = opens ? openSecrets(ctx, row) : undefined
    const values: Partial<Record<ExportedColumn, string>> = {
      firm: firms.get(row.enterpriseId) ?? '', workplace: places.get(row.workplaceId) ?? '', origin: (row.originCode && divisionOf(row.originCode)?.name[language]) || '',
      ...(secrets ? { idNumber: secrets.idNumber, phone: secrets.phone ?? '', address: secrets.address ?? '', vehicleNo: secrets.vehicleNo ?? '' } : {}),
    }
    return asked.map((code, at) => values[code]?.replaceAll(BETWEEN, '') ?? row.cells[at]!).join(BETWEEN)
  })
}
