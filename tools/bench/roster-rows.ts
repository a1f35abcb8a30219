// The rows of a roster under a bench, and how what was stored of one is held against its row.
import { createHash } from 'node:crypto'
import type { Value } from '../../server/base/sheets/write.ts'
import { ROSTER_HEADER, residentId, rosterRow } from '../../server/test/rosters.ts'

const wrongEnd = (id: string) => id.slice(0, 17) + (id[17] === '0' ? '1' : '0')
/** A header and `rows` people; `faults` of them with a wrong check character, spread evenly. */
export function* rosterTable(rows: number, faults = 0): Generator<Value[]> {
  yield ROSTER_HEADER
  const every = faults ? Math.floor(rows / faults) : 0
  for (let n = 0; n < rows; n++) yield every && n % every === every - 1 && n / every < faults ? rosterRow(n, { 1: wrongEnd(residentId(n)) }) : rosterRow(n)
}
export const fingerprint = (cells: readonly string[]): string => createHash('sha256').update(cells.join('\u001F')).digest('base64').slice(0, 16)
