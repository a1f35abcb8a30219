// Which colour holds after a new report, and what becomes of a change by hand whose last day has passed.

export interface Told { day: string; slot: 1 | 2; level: number }
/** `by`: who lowers such a colour, by the table. A report that is older than the one that set the colour lowers nothing. */
export function colourAfter(now: number, told: Told, set: { day: string | null; slot: 1 | 2 | null } | undefined, by: 'report' | 'person'): number {
  if (told.level >= now) return told.level
  const older = set?.day !== null && set?.day !== undefined && (told.day < set.day || (told.day === set.day && told.slot < (set.slot ?? 1)))
  return by === 'person' || older ? now : told.level
}
/** What a change by hand falls back to: what was reported since it was made, else what stood before it. */
export function fallsBackTo({ before, reported }: { before: number; reported: number | undefined }): number {
  return reported ?? before
}
