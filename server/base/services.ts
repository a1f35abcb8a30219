// What every request and job of a running system shares.
import type { VerbTable } from './auth.ts'
import type { Clock } from './clock.ts'
import type { Sealer } from './crypto.ts'
import type { Database } from './db.ts'
import type { Log } from './log.ts'

export interface Services { database: Database; clock: Clock; log: Log; sealer: Sealer; verbs: VerbTable; /** Verbs of rooms whose records lie in areas. */ recordVerbs: ReadonlySet<string> }
