// What console and portal have in common: the user's menu, the sample city's note, the read-only banner, the way to sign in.
import { roleNames } from '@fugong/contract/identity'
import { listNotices } from '@fugong/contract/notices'
import { useEffect, type ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import { pick, useText } from './base/i18n.ts'
import { useRead } from './base/query.tsx'
import { signInAddress, useSession } from './base/session.tsx'
import { Mark, UserIcon } from './ui/icons.tsx'
import { Menu } from './ui/Menu.tsx'
import { showShortcuts } from './ui/Shortcuts.tsx'
import { Loading } from './ui/states.tsx'

export function Brand({ to }: { to: string }) {
  const t = useText('base')
  return <Link className="fg-brand" to={to} aria-label={t('shell.brand')}><Mark size={26} /><span className="fg-brand-word">{t('shell.brand')}</span></Link>
}

export function UserMenu({ me, keys }: { me: string; keys?: boolean }) {
  const t = useText('base')
  const { session, signOut } = useSession()
  const posts = [...new Set(session.roles.map((role) => pick(roleNames[role])))].join(t('shell.comma'))
  return (
    <Menu label={t('shell.account')} align="right" button={<><UserIcon /><span className="fg-wideonly fg-user">{session.name}</span></>} items={[
      { key: 'me', text: session.name ?? '', sub: posts, to: me },
      { key: 'sessions', text: t('shell.sessions'), to: `${me}#sessions` },
      session.staff ? { key: 'password', text: t('shell.changePassword'), to: `${me}#password` } : { key: 'phone', text: t('shell.changePhone'), to: `${me}#phone` },
      { key: 'messages', text: t('shell.messageSettings'), to: `${me.replace(/\/me$/, '')}/notices/preferences` },
      ...(keys ? [{ key: 'keys', text: t('shell.shortcuts'), onChoose: showShortcuts }] : []),
      ...(session.sampleCity ? [{ key: 'outbox', text: t('shell.outbox'), href: '/outbox' }] : []),
      { key: 'home', text: t('shell.home'), to: '/' },
      'line',
      { key: 'out', text: t('shell.signOut'), onChoose: () => void signOut() },
    ]} />
  )
}

export function SeeingAs() {
  const t = useText('base')
  const { session, stopSeeingAs } = useSession()
  if (!session.seeingAs) return null
  return (
    <div className="fg-seeing" role="status">
      <span>{t('shell.seeingAs', { role: pick(roleNames[session.seeingAs.role]), unit: pick(session.seeingAs.unitName) })}</span>
      <button type="button" className="fg-button" onClick={() => void stopSeeingAs()}>{t('shell.stopSeeing')}</button>
    </div>
  )
}

/** What one is told; unread ones are counted in words, not by colour alone. */
export function InboxLink({ to, icon }: { to: string; icon: ReactNode }) {
  const t = useText('base')
  const unread = useRead(listNotices, { query: { limit: 1, unread: true } }, { every: 60_000 }).data?.unread ?? 0
  return <NavLink className="fg-inbox" to={to} end>{icon}<span className="fg-hidden">{unread ? t('shell.inboxUnread', { count: unread }) : t('shell.inbox')}</span><span className="fg-wideonly" aria-hidden="true">{t('shell.inbox')}</span>{unread ? <span className="fg-count fg-count-new" aria-hidden="true">{unread > 99 ? '99+' : unread}</span> : null}</NavLink>
}

/** Leads to the sign-in page and back; the pages inside only ever see a signed-in person. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { session } = useSession()
  useEffect(() => { if (!session.signedIn) location.replace(signInAddress()) }, [session.signedIn])
  return session.signedIn ? <>{children}</> : <main className="fg-alone"><Loading /></main>
}

export function WrongDoor({ title, text, to, deed }: { title: string; text: string; to: string; deed: string }) {
  return <main className="fg-alone"><h1>{title}</h1><p className="fg-quiet">{text}</p><p><Link className="fg-button fg-button-main" to={to}>{deed}</Link></p></main>
}
