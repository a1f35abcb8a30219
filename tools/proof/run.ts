// Runs the proofs: each tries to break one promise of the product and fails when it succeeds. `-- R10 --long` chooses.
import type { Proof } from './proof.ts'
import { proveAudit } from './audit.ts'
import { proveCounts } from './counts.ts'
import { proveDelivery } from './delivery.ts'
import { proveHostile } from './hostile.ts'
import { proveImports } from './imports.ts'
import { provePayloads } from './payloads.ts'
import { provePhones } from './phones.ts'
import { provePlanted } from './planted.ts'
import { proveRepeated } from './repeated.ts'
import { proveRosters } from './rosters.ts'
import { proveScopes } from './scopes.ts'
import { proveUnlisted } from './unlisted.ts'

const proofs: Record<string, (proof: Proof) => Promise<void>> = { R2: proveRepeated, R5: proveScopes, R6: proveUnlisted, R7: provePayloads, R8: proveHostile, R9: async (proof) => { await proveImports(proof); await proveRosters(proof) }, R10: proveAudit, R11: provePlanted, R13: provePhones, R14: proveDelivery, R16: proveCounts }

const chosen = process.argv.slice(2).filter((word) => /^R\d+$/.test(word))
const unknown = chosen.filter((id) => !proofs[id])
if (unknown.length) {
  console.error(`No proof ${unknown.join(', ')}; there are ${Object.keys(proofs).join(', ')}`)
  process.exit(2)
}
const broken: string[] = []
let held = 0
for (const id of chosen.length ? chosen : Object.keys(proofs)) {
  const before = broken.length
  const started = Date.now()
  try {
    await proofs[id]!({
      figure: (name, value, unit, notes) => console.log(`figure ${name} ${value} ${unit} ${notes}`),
      broken: (text) => { broken.push(`${id}: ${text}`); if (broken.length < 50) console.error(`broken ${id}: ${text}`) },
      long: process.argv.includes('--long'),
    })
  } catch (error) {
    broken.push(`${id}: ${(error as Error).message}`)
    console.error(error)
  }
  if (broken.length === before) held += 1
  console.log(`${id} ${broken.length === before ? 'held' : 'BROKEN'} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}
const total = chosen.length || Object.keys(proofs).length
console.log(`${held} passed, ${total - held} failed`)
process.exit(broken.length ? 1 : 0)
