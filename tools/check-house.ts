// Checks that the code is laid out as docs/map.md says: floors, faces, order, schemas, size, texts; run by `npm run check`.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkCounted } from './house/counted.ts'
import { checkCycles } from './house/cycles.ts'
import { checkFloors } from './house/floors.ts'
import { checkSchemas } from './house/schema.ts'
import { checkShape } from './house/shape.ts'
import { type Fault, readTree } from './house/tree.ts'
import { checkWeb } from './house/web.ts'
import { checkDocs, checkTexts } from './house/words.ts'

export interface HouseReport { files: number; faults: Fault[]; warnings: Fault[] }

/** Reads the tree below `root` and returns every breach of the house rules; `files` says how many sources were looked at. */
export function checkHouse(root: string): HouseReport {
  const tree = readTree(root)
  const shape = checkShape(tree)
  const counted = checkCounted(tree)
  const faults = [
    ...counted.faults, ...checkFloors(tree), ...checkWeb(tree), ...checkCycles(tree), ...checkSchemas(tree),
    ...shape.faults, ...checkDocs(root), ...checkTexts(tree),
  ]
  return { files: tree.sources.length, faults, warnings: [...counted.warnings, ...shape.warnings] }
}

function main(): void {
  const root = resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
  const { files, faults, warnings } = checkHouse(root)
  const line = (fault: Fault) => `${fault.file}${fault.line ? `:${fault.line}` : ''}  [${fault.rule}] ${fault.text}`
  for (const warning of warnings) console.log(`warning  ${line(warning)}`)
  for (const fault of faults) console.error(`fault    ${line(fault)}`)
  console.log(`house: ${files} files looked at, ${faults.length} faults, ${warnings.length} warnings`)
  if (faults.length > 0) process.exitCode = 1
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main()
