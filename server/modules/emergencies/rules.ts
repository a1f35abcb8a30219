// Pure decisions about emergencies: faults of a pack in meaning, which measures apply, which moments and stages are possible.
import type { Issue } from '@fugong/contract/base'
import type { Measure, MeasuresFile, PackFile } from '@fugong/contract/emergencies'
import { isDay } from '@fugong/contract/forms'

/** Whether a text is a real moment of a usable year. */
export function isMoment(text: string): boolean {
  return isDay(text.slice(0, 10)) && text >= '2000' && text < '2200' && !Number.isNaN(Date.parse(text))
}
/** Whether a file name in a pack stays in the pack: relative, plain, no steps upward. */
export function isInsideName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\.json$/.test(name) && !name.includes('..')
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const part = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined)

/** Faults of a pack's own file beyond its shape; the value may have faults of shape as well. */
export function packIssues(pack: unknown, folder: string): Issue[] {
  const issues: Issue[] = []
  const code = part(pack, 'code')
  if (typeof code === 'string' && code !== folder) issues.push({ path: '/code', code: 'issue.pack_code', params: { code, folder } })
  issues.push(...repeated('/stages', 'code', list(part(pack, 'stages')).map((stage) => part(stage, 'code'))), ...repeated('/retention', 'what', list(part(pack, 'retention')).map((one) => part(one, 'what'))))
  for (const name of ['tables', 'forms', 'measures']) issues.push(...repeated(`/${name}`, undefined, list(part(pack, name))))
  return issues
}
/** Faults of a measures file beyond its shape. */
export function measuresIssues(file: unknown): Issue[] {
  const moment = part(file, 'effectiveFrom')
  const wrong: Issue[] = typeof moment === 'string' && !isMoment(moment) ? [{ path: '/effectiveFrom', code: 'issue.instant' }] : []
  return [...wrong, ...repeated('/items', 'code', list(part(file, 'items')).map((item) => part(item, 'code')))]
}
function repeated(path: string, name: string | undefined, values: readonly unknown[]): Issue[] {
  const seen = new Set<unknown>()
  return values.flatMap((value, index) => {
    if (typeof value !== 'string') return []
    if (seen.has(value)) return [{ path: `${path}/${index}${name ? `/${name}` : ''}`, code: 'issue.duplicate', params: { field: value } }]
    seen.add(value)
    return []
  })
}

/** Measures in force at a moment for a scene and a level; without one of them, for all. */
export function measuresFor(files: readonly MeasuresFile[], at: Date, { scene, level }: { scene?: string; level?: string }): Measure[] {
  return files.filter((file) => Date.parse(file.effectiveFrom) <= at.getTime()).flatMap((file) => file.items)
    .filter((item) => (scene === undefined || item.scene.includes(scene)) && (level === undefined || (item.level as string[]).includes(level)))
}
/** The stages of a pack by code, in their order. */
export function stageNames(pack: PackFile): Map<string, PackFile['stages'][number]['name']> {
  return new Map(pack.stages.map((stage) => [stage.code, stage.name]))
}
