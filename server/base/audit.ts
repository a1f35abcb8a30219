// The sealed audit: each second's committed events are hashed into a Merkle tree whose root links to the block before it and is also kept outside the database.
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Ctx } from './context.ts'
import { sha256 } from './crypto.ts'
import { sql } from './db.ts'
import { rootOf } from './tree.ts'

export interface Head { no: number; hash: string; count: number; sealedAt: string }
/** The last sealed block, or 0 before the first. */
export async function lastBlockNo(ctx: Ctx): Promise<number> {
  return Number((await sql<{ no: number | null }>`select max(no) as no from base.audit_blocks`.execute(ctx.db)).rows[0]?.no ?? 0)
}
/** The first block sealed after another one: nobody knew its hash before, and nobody alone decides it. */
export async function firstBlockAfter(ctx: Ctx, no: number): Promise<{ no: number; hash: string } | undefined> {
  const found = (await sql<{ no: number; hash: Buffer }>`select no, hash from base.audit_blocks where no > ${no} order by no limit 1`.execute(ctx.db)).rows[0]
  return found && { no: Number(found.no), hash: found.hash.toString('hex') }
}
export interface AuditReport { blocks: number; events: number; unsealed: number; faults: string[] }
const GENESIS = Buffer.alloc(32)

// Hashed inside Postgres from every column, so that sealing and verifying cannot differ in how a value is written.
const LEAF = sql<Buffer>`sha256(convert_to(jsonb_build_array(id, xid::text, extract(epoch from at)::text, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, seeing_as, request_id, payload)::text, 'UTF8'))`

/** Root of a binary Merkle tree; leaves and nodes are hashed with different prefixes, an odd node moves up alone. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  return leaves.length ? rootOf(leaves.map((leaf) => sha256(Buffer.concat([LEAF_MARK, leaf])))) : GENESIS
}
const LEAF_MARK = Buffer.of(0)
const blockHash = (block: { no: number; xidTo: string; count: number; root: Buffer; previous: Buffer }) =>
  sha256(`${block.no}|${block.xidTo}|${block.count}|${block.root.toString('hex')}|${block.previous.toString('hex')}`)

/** Seals what has been committed since the last block; answers the new head, or undefined when there was nothing. Runs under the system scope. */
export async function sealNext(ctx: Ctx, limit = 50_000): Promise<Head | undefined> {
  await sql`select pg_advisory_xact_lock(701)`.execute(ctx.db)
  const last = (await sql<{ no: number; xidTo: string; hash: Buffer }>`select no, xid_to::text, hash from base.audit_blocks order by no desc limit 1`.execute(ctx.db)).rows[0]
  const from = last?.xidTo ?? '0'
  // Whole transactions only: the block ends below the oldest running one, or at the transaction that passes the limit.
  const until = (await sql<{ xid: string }>`
    select least(pg_snapshot_xmin(pg_current_snapshot())::text::bigint, coalesce((select xid::text::bigint + 1 from base.events where xid >= ${from}::xid8 and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id offset ${limit - 1} limit 1), 9223372036854775807))::text as xid`.execute(ctx.db)).rows[0]!.xid
  const leaves = (await sql<{ leaf: Buffer }>`select ${LEAF} as leaf from base.events where xid >= ${from}::xid8 and xid < ${until}::xid8 order by xid, id`.execute(ctx.db)).rows
  if (!leaves.length) return undefined
  const block = { no: (last?.no ?? 0) + 1, xidTo: until, count: leaves.length, root: merkleRoot(leaves.map((row) => row.leaf)), previous: last?.hash ?? GENESIS }
  const hash = blockHash(block)
  await sql`insert into base.audit_blocks (no, xid_to, count, root, previous, hash, sealed_at) values (${block.no}, ${block.xidTo}::xid8, ${block.count}, ${block.root}, ${block.previous}, ${hash}, ${ctx.now})`.execute(ctx.db)
  return { no: block.no, hash: hash.toString('hex'), count: block.count, sealedAt: ctx.now.toISOString() }
}

/** After a crash between the commit of a block and the writing of its head: adds that one head, and no more than that one. */
export async function addLastHead(ctx: Pick<Ctx, 'db'>, file: string): Promise<void> {
  const last = (await sql<{ no: number; hash: Buffer; count: number; sealedAt: string }>`select no, hash, count, sealed_at from base.audit_blocks order by no desc limit 1`.execute(ctx.db)).rows[0]
  const heads = readHeads(file, [])
  if (last && (heads.at(-1)?.no ?? 0) === last.no - 1) keepHead(file, { ...last, hash: last.hash.toString('hex') })
}
/** Appends a head to the file outside the database. */
export function keepHead(file: string, head: Head): void {
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(file, 'a+', 0o600)
  try {
    // Begins a new line after one that a crash cut short.
    const { size } = fstatSync(handle)
    const last = Buffer.alloc(1)
    const cut = size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 10
    writeSync(handle, `${cut ? '\n' : ''}${JSON.stringify(head)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
/** Heads in the file; a last line cut short by a crash is none, any other unreadable line is a fault. */
function readHeads(file: string, faults: string[]): Head[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.flatMap((line, i) => {
    try {
      return [JSON.parse(line) as Head]
    } catch {
      if (i < lines.length - 1) faults.push(`line ${i + 1} of the file of heads is unreadable`)
      return []
    }
  })
}

/** Recomputes every block from the events and holds it against the chain and the heads kept outside; lists every fault. */
export async function verifyAudit(ctx: Pick<Ctx, 'db'>, headsFile: string): Promise<AuditReport> {
  const faults: string[] = []
  const blocks = (await sql<{ no: number; xidTo: string; count: number; root: Buffer; previous: Buffer; hash: Buffer }>`select no, xid_to::text, count, root, previous, hash from base.audit_blocks order by no`.execute(ctx.db)).rows
  let previous: Buffer = GENESIS
  let from = '0'
  let events = 0
  for (const [index, block] of blocks.entries()) {
    if (block.no !== index + 1) faults.push(`block ${index + 1} is missing`)
    if (!block.previous.equals(previous)) faults.push(`block ${block.no} does not follow the block before it`)
    if (!blockHash(block).equals(block.hash)) faults.push(`block ${block.no} was changed`)
    const leaves = (await sql<{ leaf: Buffer }>`select ${LEAF} as leaf from base.events where xid >= ${from}::xid8 and xid < ${block.xidTo}::xid8 order by xid, id`.execute(ctx.db)).rows
    if (leaves.length !== block.count) faults.push(`block ${block.no} was sealed over ${block.count} events, ${leaves.length} are there`)
    else if (!merkleRoot(leaves.map((row) => row.leaf)).equals(block.root)) faults.push(`an event of block ${block.no} was changed`)
    events += leaves.length
    previous = block.hash
    from = block.xidTo
    if (faults.length > 100) break
  }
  const byNumber = new Map(blocks.map((block) => [block.no, block.hash.toString('hex')]))
  const heads = readHeads(headsFile, faults)
  const kept = new Set(heads.map((head) => head.no))
  // The newest head may be on its way to the file; any other that is missing was taken out.
  for (const block of blocks.slice(0, -1)) if (!kept.has(block.no)) faults.push(`block ${block.no} has no head in the file of heads`)
  for (const head of heads) {
    const present = byNumber.get(head.no)
    if (present === undefined) faults.push(`block ${head.no} is in the file of heads and not in the database`)
    else if (present !== head.hash) faults.push(`block ${head.no} differs from the file of heads`)
  }
  const unsealed = (await sql<{ count: number }>`select count(*) from base.events where xid >= ${from}::xid8`.execute(ctx.db)).rows[0]!.count
  return { blocks: blocks.length, events, unsealed, faults }
}
