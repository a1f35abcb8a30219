// Why a deed was refused; after someone else's change it offers the current state, and what was typed stays.
import { Button } from 'antd'
import type { ApiProblem } from '../../base/api.ts'
import { useText } from '../../base/i18n.ts'
import { wordsOf } from '../../base/words.ts'

export function Refusal({ problem, latest }: { problem: ApiProblem | null; latest: () => void }) {
  const t = useText('declarations')
  if (!problem) return null
  const moved = problem.code === 'conflict.changed' || problem.code === 'declarations.state_refused'
  return (
    <div className="fg-error" role="alert">
      <p>{wordsOf(problem)}</p>
      {moved ? <><p>{t('conflict.kept')}</p><div className="fg-error-deeds"><Button onClick={latest}>{t('conflict.load')}</Button></div></> : null}
    </div>
  )
}
