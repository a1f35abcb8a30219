// Which procedure the rules would choose now, and the sentence that says why; asked before anything is submitted.
import { previewProcedure } from '@fugong/contract/declarations'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Note } from '../../ui/parts.tsx'
import { LevelTag } from '../../ui/tags.tsx'
import { Sentence } from './Parts.tsx'

export function Preview({ id, full }: { id: string; full?: boolean }) {
  const t = useText('declarations')
  const base = useText('base')
  const read = useRead(previewProcedure, { params: { id } }, { staleTime: 30_000 })
  if (read.error) return <Note tone="warn" title={t('preview.failed')}>{wordsOf(read.error)}</Note>
  if (!read.data) return <p className="fg-quiet" role="status">{t('preview.loading')}</p>
  const { level, procedure, decision } = read.data
  const hours = typeof decision.outputs['workingHours'] === 'number' ? decision.outputs['workingHours'] : null
  return (
    <Note tone={procedure === 'effective' ? 'good' : 'info'} title={t(`preview.${procedure}`)}>
      <p className="fg-row"><LevelTag level={level}>{base(`level.${level ?? 'unlisted'}`)}</LevelTag><span>{t(`preview.${procedure}Text`, { hours: hours === null ? '–' : number(hours) })}</span></p>
      {full ? <Sentence of={{ decision }} /> : null}
    </Note>
  )
}
