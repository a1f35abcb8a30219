// What offices told a firm: newest first, unread ones marked in words, opened in place and read by opening.
import { listNotices, readNotice, type Notice } from '@fugong/contract/notices'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, usePaged } from '../../base/query.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './notices.css'

export function Inbox() {
  const t = useText('notices')
  const ui = useText('ui')
  const list = usePaged(listNotices, { query: { limit: 20 } })
  return (
    <Page title={t('inbox.title')} sub={t('inbox.sub')}>
      <Section>
        {list.error ? <ErrorState error={list.error} retry={list.retry} /> : list.pending ? <Loading /> : list.rows.length === 0 ? <Empty title={t('inbox.empty')} text={t('inbox.emptyText')} />
          : <ul className="fg-notices">{list.rows.map((notice) => <Entry key={notice.id} notice={notice} />)}</ul>}
        {list.next || list.previous ? <div className="fg-pager"><Button disabled={!list.previous} onClick={list.previous}>{ui('previous')}</Button><span className="fg-quiet">{ui('page', { page: list.page })}</span><Button disabled={!list.next} onClick={list.next}>{ui('next')}</Button></div> : null}
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
  return (
    <li className={notice.readAt ? 'fg-notice' : 'fg-notice fg-notice-new'}>
      <h2><button type="button" aria-expanded={open} aria-controls={open ? id : undefined} onClick={toggle}>{pick(notice.title)}</button>{notice.readAt ? null : <StatusTag tone="info">{t('inbox.unread')}</StatusTag>}</h2>
      <p className="fg-quiet">{notice.from ? `${pick(notice.from)} · ` : ''}<time dateTime={notice.sentAt}>{instant(notice.sentAt)}</time>{notice.enterpriseName ? ` · ${notice.enterpriseName}` : ''}</p>
      {open ? <p id={id} className="fg-notice-text">{pick(notice.text)}</p> : null}
    </li>
  )
}
