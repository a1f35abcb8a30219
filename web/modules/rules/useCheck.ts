// The instant check of a table under edit: the server's own checker, run here a moment after each change.
import type { Issue } from '@fugong/contract/base'
import { examineTable, type Examined } from '@fugong/contract/rules.check'
import { blankIssues, readyTable, type DraftTable } from '@fugong/contract/rules.editing'
import { useEffect, useState } from 'react'

export interface Findings extends Omit<Examined, 'issues'> {
  /** Faults that a cell, row or part of the head must be rid of; gaps, rows without a case and examples stand apart. */
  faults: Issue[]
  /** All that keeps the table from being proposed, counted. */
  blocking: number
  /** The row numbers under each kind of finding refer to this table. */
  table: DraftTable
}
const APART = /^issue\.table_(uncovered|unreachable|impossible|example_\w+)$/

export function findingsOf(table: DraftTable): Findings {
  const now = new Date().toISOString()
  const ready = readyTable(table, { version: 1, now })
  const blank = blankIssues(table)
  const wrong = new Set(blank.map((issue) => issue.path))
  const { issues, coverage, examples } = examineTable(ready, table.rows.length > 0, () => performance.now())
  const past: Issue[] = table.effectiveFrom !== null && table.effectiveFrom < now ? [{ path: '/effectiveFrom', code: 'issue.past_moment' }] : []
  const all = [...blank, ...issues.filter((issue) => !wrong.has(issue.path)), ...past]
  return { faults: all.filter((issue) => !APART.test(issue.code)), coverage, examples, blocking: all.length, table }
}
const PAUSE_MS = 180
export function useCheck(table: DraftTable): Findings {
  const [findings, setFindings] = useState(() => findingsOf(table))
  useEffect(() => {
    if (findings.table === table) return
    const timer = setTimeout(() => setFindings(findingsOf(table)), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [table, findings.table])
  return findings
}
