// The frame of the console: where one can go, which emergency one works in, who one is.
import { countCases } from '@fugong/contract/cases'
import { countExports } from '@fugong/contract/exports'
import { useRef, type ReactNode } from 'react'
import { NavLink, Outlet } from 'react-router'
import { pick, useText } from './base/i18n.ts'
import { useEmergency } from './base/emergency.tsx'
import { useRead } from './base/query.tsx'
import { useSession } from './base/session.tsx'
import { Look } from './look.tsx'
import { navigation } from './routes.ts'
import { Brand, InboxLink, SeeingAs, SignedIn, UserMenu, WrongDoor } from './shell-parts.tsx'
import { AlertIcon, BadgeIcon, BatchesIcon, BellIcon, BuildingIcon, BurdenIcon, CalendarIcon, ChartIcon, ClipboardIcon, CloseIcon, ComplexIcon, DrawIcon, ExportIcon, FormIcon, HealthIcon, ImportIcon, InboxIcon, KeyIcon, LevelsIcon, MailIcon, MapIcon, MenuIcon, PeopleIcon, StopIcon, SystemIcon, TableIcon, TodoIcon, UnitsIcon } from './ui/icons.tsx'
import { Menu } from './ui/Menu.tsx'
import { ShortcutsHost } from './ui/Shortcuts.tsx'
import { LanguageSwitch, ThemeSwitch } from './ui/switches.tsx'

const icons: Record<string, ReactNode> = {
  inbox: <InboxIcon />, todo: <TodoIcon />, chart: <ChartIcon />, clipboard: <ClipboardIcon />, batches: <BatchesIcon />, complexes: <ComplexIcon />, building: <BuildingIcon />, badge: <BadgeIcon />, stop: <StopIcon />, draw: <DrawIcon />, export: <ExportIcon />, mail: <MailIcon />, levels: <LevelsIcon />, table: <TableIcon />, form: <FormIcon />, burden: <BurdenIcon />,
  alert: <AlertIcon />, calendar: <CalendarIcon />, map: <MapIcon />, units: <UnitsIcon />, people: <PeopleIcon />, system: <SystemIcon />,
  health: <HealthIcon />, import: <ImportIcon />, bell: <BellIcon />, key: <KeyIcon />,
}

export function ConsoleShell() {
  return <SignedIn><Look density="console"><Frame /></Look></SignedIn>
}

function Frame() {
  const t = useText('base')
  const { session } = useSession()
  const drawer = useRef<HTMLDialogElement>(null)
  if (!session.staff) return <WrongDoor title={t('forbidden.staffOnly')} text={t('forbidden.staffOnlyText')} to="/portal" deed={t('forbidden.toPortal')} />
  return (
    <div className="fg-shell fg-console">
      <a className="fg-skip" href="#main">{t('shell.skip')}</a>
      <header className="fg-bar">
        <button type="button" className="fg-menu-button fg-narrowonly" aria-label={t('shell.menu')} onClick={() => drawer.current?.showModal()}><MenuIcon /></button>
        <Brand to="/console" />
        <EmergencySwitch />
        <span className="fg-bar-end"><InboxLink to="/console/inbox" icon={<BellIcon />} /><span className="fg-wideonly fg-row"><LanguageSwitch /><ThemeSwitch /></span><UserMenu me="/console/me" keys /></span>
      </header>
      <nav className="fg-side fg-wideonly" aria-label={t('shell.menu')}><Navigation /></nav>
      <dialog ref={drawer} className="fg-drawer" aria-label={t('shell.menu')} onClick={(event) => { if (event.target === drawer.current || (event.target as HTMLElement).closest('a')) drawer.current?.close() }}>
        <div className="fg-drawer-body">
          <div className="fg-drawer-head"><Brand to="/console" /><button type="button" className="fg-menu-button" aria-label={t('shell.closeMenu')} onClick={() => drawer.current?.close()}><CloseIcon /></button></div>
          <nav aria-label={t('shell.menu')}><Navigation /></nav>
          <div className="fg-drawer-foot"><LanguageSwitch /><ThemeSwitch /></div>
        </div>
      </dialog>
      <main className="fg-main" id="main" tabIndex={-1}><SeeingAs /><Outlet /></main>
      <ShortcutsHost />
    </div>
  )
}

function Navigation() {
  const t = useText('base')
  const { may } = useSession()
  const groups = navigation.map(({ group, items }) => ({ group, items: items.filter((item) => item.verb === '' || may(item.verb)) })).filter(({ items }) => items.length > 0)
  return groups.map(({ group, items }) => (
    <section key={group} className="fg-nav-group">
      <h2>{t(group)}</h2>
      <ul>{items.map((item) => <li key={item.to}><NavLink className="fg-nav-item" to={item.to} end={item.end ?? false}>{icons[item.icon]}{t(item.text)}{item.counts === 'exports' ? <Waiting /> : item.counts === 'cases' ? <Todo /> : null}</NavLink></li>)}</ul>
    </section>
  ))
}

/** Exports that lie ready and requests that wait for a decision. */
function Waiting() {
  const t = useText('base')
  const counts = useRead(countExports, {}, { every: 30_000 }).data
  const count = (counts?.ready ?? 0) + (counts?.waiting ?? 0)
  return count ? <span className="fg-nav-count" aria-label={t('nav.waiting', { count })}>{count}</span> : null
}

/** What waits for my units. */
function Todo() {
  const t = useText('base')
  const counts = useRead(countCases, {}, { every: 60_000 }).data
  return counts?.todo ? <span className={counts.overdue ? 'fg-nav-count fg-nav-late' : 'fg-nav-count'} aria-label={t(counts.overdue ? 'nav.todoLate' : 'nav.waiting', { count: counts.todo, overdue: counts.overdue })}>{counts.todo.toLocaleString('en-US')}</span> : null
}

function EmergencySwitch() {
  const t = useText('base')
  const { emergency, emergencies, pending, choose } = useEmergency()
  if (pending) return <span className="fg-emergency" />
  if (!emergency) return <span className="fg-emergency fg-quiet">{t('shell.emergencyNone')}</span>
  const name = <><span className="fg-emergency-label">{t('shell.emergency')}</span><span className="fg-emergency-name" title={pick(emergency.name)}>{pick(emergency.name)}</span>{emergency.endedAt ? <span className="fg-emergency-ended">{t('shell.emergencyEnded')}</span> : null}</>
  if (emergencies.length < 2) return <span className="fg-emergency">{name}</span>
  return (
    <Menu className="fg-emergency" label={t('shell.chooseEmergency')} button={name} items={emergencies.map((item) => ({
      key: item.id, text: pick(item.name), sub: item.endedAt ? t('shell.emergencyEnded') : t('shell.emergencyOpen'), chosen: item.id === emergency.id, onChoose: () => void choose(item.id),
    }))} />
  )
}
