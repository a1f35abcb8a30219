// What identity is told by the composition: where it stands and what it must ask of rooms above it.
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { OutboxMessage } from '../../base/sms.ts'

export interface IdentityOptions {
  sampleCity: boolean
  /** Six-digit code of the city. */
  city: string
  /** Address under which people reach the server, without a slash at the end; one-time links begin with it. */
  publicUrl: string
  /** Messages that the sample city would have sent, newest first. */
  messages(): OutboxMessage[]
  /** Every verb of the system with the roles that hold it. */
  allVerbs(): VerbTable
  /** Throws `not_found` for an emergency that does not exist. Emergencies lie above identity, hence a port. */
  getEmergency(ctx: Ctx, id: string): Promise<unknown>
}
