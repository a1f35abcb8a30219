// What one is told, in console and portal: newest first, unread ones marked in words, opened in place and read by opening, all read by one press.
import { listNotices, readAllNotices, readNotice, type Notice } from '@fugong/contract/notices'
import { Button, Checkbox } from 'antd'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { useShortcut } from '../../ui/Shortcuts.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './notices.css'

export function Inbox() {
  const t = useText('notices')
  const ui = useText('ui')
  const { session } = useSession()
  const { filters, set } = useFilters(['unread'])
  const list = usePaged(listNotices, { query: { limit: 20, ...(filters.unread ? { unread: true } : {}) } })
  const unread = useRead(listNotices, { query: { limit: 1, unread: true } }).data?.unread ?? 0
  const readAll = useDeed(readAllNotices, { invalidates: [listNotices] })
  useShortcut('u', t('inbox.onlyUnread'), () => set({ unread: filters.unread ? undefined : '1' }))
  const actions = <div className="fg-row"><Checkbox checked={Boolean(filters.unread)} onChange={(event) => set({ unread: event.target.checked ? '1' : undefined })}>{t('inbox.onlyUnread')}</Checkbox><Button disabled={unread === 0} loading={readAll.running} onClick={() => void readAll.run({ body: {} })}>{unread ? t('inbox.readAllCount', { count: number(unread) }) : t('inbox.readAll')}</Button></div>
  return (
    <Page title={t('inbox.title')} sub={session.staff ? t('inbox.subStaff') : t('inbox.sub')} actions={actions}>
      <Section>
        {list.error ? <ErrorState error={list.error} retry={list.retry} /> : list.pending ? <Loading /> : list.rows.length === 0 ? <Empty title={filters.unread ? t('inbox.noneUnread') : t('inbox.empty')} text={session.staff ? t('inbox.emptyStaff') : t('inbox.emptyText')} />
          : <ul className="fg-notices">{list.rows.map((notice) => <Entry key={notice.id} notice={notice} />)}</ul>}
        {list.next || list.previous ? <div className="fg-pager"><Button disabled={!list.previous} onClick={list.previous}>{ui('previous')}</Button><span className="fg-quiet">{ui('page', { page: list.page })}</span><Button disabled={!list.next} onClick={list.next}>{ui('next')}</Button></div> : null}
        <p className="fg-quiet"><Link to={`${session.staff ? '/console' : '/portal'}/notices/preferences`}>{t('inbox.toPreferences')}</Link></p>
      </Section>
    </Page>
  )
}
function Entry({ notice }: { notice: Notice }) {
  const t = useText('notices')
  const id = useId()
  const [open, setOpen] = useState(false)
  const read = useDeed(readNotice, { invalidates: [listNotices] })
  const toggle = () => {
    setOpen(!open)
    if (!open && !notice.readAt) void read.run({ params: { id: notice.id }, body: {} })
  }
  const sub = [notice.from ? pick(notice.from) : t('inbox.system'), instant(notice.sentAt), notice.enterpriseName ?? ''].filter(Boolean).join(' · ')
  return (
    <li className={notice.readAt ? 'fg-notice' : 'fg-notice fg-notice-new'}>
      <h2><button type="button" aria-expanded={open} aria-controls={open ? id : undefined} onClick={toggle}>{pick(notice.title)}</button>{notice.urgent ? <StatusTag tone="warn">{t('inbox.urgent')}</StatusTag> : null}{notice.readAt ? null : <StatusTag tone="info">{t('inbox.unread')}</StatusTag>}</h2>
      <p className="fg-quiet">{sub}</p>
      {open ? (
        <div id={id}>
          <p className="fg-notice-text">{pick(notice.text)}</p>
          {notice.sms ? <p className="fg-quiet">{t(`sms.${notice.sms.state}`, { at: notice.sms.at ? instant(notice.sms.at) : '' })}{notice.sms.why ? t('sms.because', { why: t(`why.${notice.sms.why}`) }) : ''}</p> : null}
          {notice.link ? <p><Link to={notice.link}>{t('inbox.open')}</Link></p> : null}
        </div>
      ) : null}
    </li>
  )
}
