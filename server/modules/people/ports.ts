// What the roster asks of the rooms above it: the risk level of where somebody comes from.
import type { Ctx } from '../../base/context.ts'

export interface PeopleOptions {
  /** Six-digit code of the city. */
  city: string
  /** Address under which people reach the server, without a slash at the end. */
  publicUrl: string
  /** The level recorded for an area at a moment; null: none is recorded. Levels lie above rosters, hence a port. */
  levelAt(ctx: Ctx, areaCode: string, at: Date): Promise<{ level: 'none' | 'low' | 'medium' | 'high' } | null>
}
/** Limits of `limits-people.json`. */
export interface PeopleLimits { version: number; mostPeople: number; undoMinutes: number; mostWaiting: number; entryDays: number; leastAge: number }
