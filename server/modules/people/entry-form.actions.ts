// What a self-entry asks: the form in force where the workplace lies, and its answers as the roster takes them.
import type { Form, Answers } from '@fugong/contract/forms'
import { checkAnswers, look } from '@fugong/contract/forms.engine'
import { placesOf } from '@fugong/contract/forms.places'
import { EnteredSelf } from '@fugong/contract/people.entries'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { documentChecker } from '../../base/validate.ts'
import { openEmergenciesFor } from '../emergencies/index.ts'
import { formInForce } from '../forms/index.ts'

const FORM = 'person.selfEntry'
interface At { districtCode: string; enterpriseName: string; workplaceName: string }

/** Of the emergencies that are open there, the oldest whose pack has such a form. */
export function entryForm(ctx: Ctx, { districtCode }: At): Promise<Form> {
  return elevated(ctx, async (system) => {
    for (const { kind } of await openEmergenciesFor(system, districtCode)) {
      const form = await formInForce(system, { code: FORM, areaCode: districtCode, kind })
      if (form) return form
    }
    throw problem('forms.none_in_force', { code: FORM })
  })
}

const shapeIssues = documentChecker(EnteredSelf)
/** Answers that count, held against the form and against what the roster can take; throws every fault at once. */
export function readEntered(form: Form, answers: Answers, { enterpriseName, workplaceName }: At, today: string): EnteredSelf {
  const known = { facts: { enterprise_name: enterpriseName, workplace_name: workplaceName }, today }
  const asked = checkAnswers(form, answers, '/answers', true, known)
  const counted = look(form, answers, known).effective()
  const entered = Object.fromEntries(placesOf(FORM)!.flatMap((code) => (counted[code] === undefined ? [] : [[code, counted[code]]])))
  // Whoever says that nothing happened has answered: an empty list is not the same as not asked.
  if (counted['exposed'] === false) entered['exposure'] = []
  const told = new Set(asked.map((issue) => issue.path))
  const issues = [...asked, ...shapeIssues(entered).map((issue) => ({ ...issue, path: `/answers${issue.path}` })).filter((issue) => !told.has(issue.path))]
  if (issues.length) throw invalid(issues)
  return entered as EnteredSelf
}
