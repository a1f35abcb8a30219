// The one list that says which module may know which: a module may use those above it in this list, never those beside or below it.

/**
 * Each line is a step; a module may import the faces of earlier steps only. Modules on one line are
 * siblings and reach each other by events, so that any of them can be taken out without the others.
 */
export const order: readonly (readonly string[])[] = [
  ['areas'],
  ['identity'],
  ['views'],
  ['notices'],
  ['emergencies'],
  ['calendars'],
  ['rules'],
  ['forms'],
  ['files'],
  ['imports'],
  ['exports'],
  ['cases'],
  ['enterprises'],
  ['people'],
  ['levels'],
  ['certificates'],
  [
    'declarations', 'health', 'tickets', 'specialists', 'teams', 'knowledge', 'policies', 'permits',
    'inspections', 'tasks', 'surveys', 'statistics', 'labour', 'materials', 'sites',
  ],
  ['orders'],
  ['spotchecks'],
  // They plan and gather declarations: above them, and with a sight of them that siblings do not have.
  ['batches', 'complexes'],
  // They follow up what health finds, and stop work where an infection is confirmed.
  ['alerts'],
  ['figures'],
]

/** Every module of the system, lowest first. */
export const modules: readonly string[] = order.flat()

/** Step of a module counted from 0, or -1 for a name that is not a module. */
export function stepOf(module: string): number {
  return order.findIndex((step) => step.includes(module))
}

/** True when `lower` may be used by `upper`; `base` lies below every module. */
export function isBelow(lower: string, upper: string): boolean {
  if (lower === 'base') return upper !== 'base'
  const from = stepOf(lower)
  return from >= 0 && from < stepOf(upper)
}
