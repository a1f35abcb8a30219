// The code under which an inspector stands in one draw.
import { createHash } from 'node:crypto'
import type { Ctx } from '../../base/context.ts'

/** It tells nothing of the person, and another one stands there in the next draw. */
export const codeOf = (system: Ctx, drawId: string, personId: string): string => createHash('sha256').update(system.sealer.blind('spotchecks.inspector', `${drawId} ${personId}`)).digest('hex').slice(0, 12)
