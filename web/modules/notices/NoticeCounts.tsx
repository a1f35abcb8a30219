// Counts of the last seven days by template and channel: how the channels work, never what was told to whom.
import { countNotices, type NoticeCount } from '@fugong/contract/notices.log'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { templateWord, whyWord } from './words.ts'
import './notices.css'

export function NoticeCounts() {
  const t = useText('notices')
  const read = useRead(countNotices, {}, { every: 60_000 })
  if (read.error) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Loading />
  if (!read.data.items.length) return <Empty title={t('log.empty')} text={t('log.emptyText')} />
  const byTemplate = new Map<string | null, NoticeCount[]>()
  for (const item of read.data.items) byTemplate.set(item.template, [...(byTemplate.get(item.template) ?? []), item])
  const told = (items: readonly NoticeCount[], channel: NoticeCount['channel']) => items.filter((item) => item.channel === channel).map((item) => <div key={`${item.state} ${item.why}`}>{t(`state.${item.state}`)} {number(item.count)}{item.why ? t('sms.because', { why: whyWord(t, item.why) }) : ''}</div>)
  return (
    <table className="nt-preferences">
      <caption className="fg-quiet">{read.data.from} – {read.data.to}</caption>
      <thead><tr><th scope="col">{t('templates.name')}</th><th scope="col">{t('preferences.app')}</th><th scope="col">{t('log.sms')}</th><th scope="col">{t('log.robots')}</th></tr></thead>
      <tbody>{[...byTemplate].map(([template, items]) => <tr key={template ?? ''}><th scope="row">{templateWord(t, template)}</th><td>{told(items, 'app')}</td><td>{told(items, 'sms')}</td><td>{told(items, 'robot')}</td></tr>)}</tbody>
    </table>
  )
}
