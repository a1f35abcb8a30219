// Which emergency one works in: always known, always shown, changed in one place.
import { chooseEmergency, type Session } from '@fugong/contract/identity'
import { listEmergencies, type Emergency } from '@fugong/contract/emergencies'
import { useQueryClient } from '@tanstack/react-query'
import { useRead, useDeed } from './query.tsx'
import { useSession } from './session.tsx'

export interface EmergencyView {
  /** Undefined while loading, and when none has ever begun. */
  emergency: Emergency | undefined
  emergencies: Emergency[]
  pending: boolean
  choose: (id: string) => Promise<void>
}
/** The one chosen in the session; else the first open one, else the latest. */
export function presentEmergency(items: Emergency[], chosen: string | null): Emergency | undefined {
  return items.find((item) => item.id === chosen) ?? items.find((item) => item.endedAt === null) ?? items[0]
}
export function useEmergency(): EmergencyView {
  const { session, accept } = useSession()
  const client = useQueryClient()
  const read = useRead(listEmergencies, {}, { staleTime: 60_000 })
  const deed = useDeed(chooseEmergency)
  const emergencies = read.data?.items ?? []
  return {
    emergencies, emergency: presentEmergency(emergencies, session.emergencyId), pending: read.isPending,
    choose: async (emergencyId) => {
      const answer: Session | undefined = await deed.run({ body: { emergencyId } })
      if (!answer) return
      accept(answer)
      // Everything else on the page belonged to the other emergency.
      await client.invalidateQueries()
    },
  }
}
