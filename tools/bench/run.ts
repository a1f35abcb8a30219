// Measures and prints one line per figure: `figure <id> <value> <unit> <notes>`. It reports and never judges. `-- P16` chooses.
import type { Figure } from './figure.ts'
import { measurePages } from './pages.ts'
import { measureStart } from './start.ts'
import { measureCasing } from './casing.ts'
import { measureDeclaring } from './declaring.ts'
import { measureExporting } from './exporting.ts'
import { measureImporting } from './importing.ts'
import { measurePrinting } from './printing.ts'
import { measureFinding } from './finding.ts'
import { measureReporting } from './reporting.ts'
import { measureRosters } from './rosters.ts'

const figure: Figure = (id, value, unit, notes) => console.log(`figure ${id} ${value} ${unit} ${notes}`)
const benches: Record<string, (figure: Figure) => Promise<void>> = { P1: measureReporting, P2: measureReporting, P6: measureRosters, P7: measureExporting, P10: measurePages, P11: measurePages, P12: measureStart, P14: measureFinding, P15: measureImporting, P16: measureDeclaring, P19: measureCasing, P40: measurePrinting }

const chosen = process.argv.slice(2).filter((word) => /^P\d+$/.test(word))
const unknown = chosen.filter((id) => !benches[id])
if (unknown.length) {
  console.error(`No bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
// One bench may print several figures.
for (const bench of new Set((chosen.length ? chosen : Object.keys(benches)).map((id) => benches[id]!))) await bench(figure)
process.exit(0)
