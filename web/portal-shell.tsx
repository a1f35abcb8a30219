// The frame of the portal: which firm one acts for, one thing at a time, room to read.
import { listBatchInvitations } from '@fugong/contract/batches'
import { listTenantRequests } from '@fugong/contract/complexes'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { NavLink, Outlet, useLocation } from 'react-router'
import { useText } from './base/i18n.ts'
import { useRead } from './base/query.tsx'
import { useSession } from './base/session.tsx'
import { Look } from './look.tsx'
import { Brand, InboxLink, SignedIn, UserMenu, WrongDoor } from './shell-parts.tsx'
import { BuildingIcon, MailIcon } from './ui/icons.tsx'
import { Menu } from './ui/Menu.tsx'
import { LanguageSwitch, ThemeSwitch } from './ui/switches.tsx'

export function PortalShell() {
  return <SignedIn><Look density="portal"><Frame /></Look></SignedIn>
}

function Frame() {
  const t = useText('base')
  const { session } = useSession()
  if (session.staff && session.enterprises.length === 0) return <WrongDoor title={t('forbidden.firmsOnly')} text={t('forbidden.firmsOnlyText')} to="/console" deed={t('forbidden.toConsole')} />
  return (
    <div className="fg-shell fg-portal">
      <a className="fg-skip" href="#main">{t('shell.skip')}</a>
      <header className="fg-bar">
        <Brand to="/portal" />
        <FirmSwitch />
        <span className="fg-bar-end"><InboxLink to="/portal/notices" icon={<MailIcon />} /><LanguageSwitch /><span className="fg-wideonly"><ThemeSwitch /></span><UserMenu me="/portal/me" /></span>
      </header>
      <Waiting />
      <main className="fg-main" id="main" tabIndex={-1}><Outlet /></main>
    </div>
  )
}

/** What waits for an answer of the firm: a day that an office planned, a plan that an operator filed. */
function Waiting() {
  const t = useText('base')
  const { pathname } = useLocation()
  const { session } = useSession()
  const options = { every: 120_000, enabled: session.enterprises.length > 0 }
  const batches = (useRead(listBatchInvitations, {}, options).data?.items ?? []).filter(({ answer, can }) => answer === null && can.includes('answer')).length
  const requests = (useRead(listTenantRequests, {}, options).data?.items ?? []).filter(({ state, open }) => open && state === 'asked').length
  const lines = ([['batches', batches, '/portal/batches'], ['requests', requests, '/portal/tenant-requests']] as const).filter(([, count, to]) => count > 0 && pathname !== to)
  return lines.map(([what, count, to]) => <div key={what} className="fg-waiting" role="status"><span>{t(`shell.${what}Waiting`, { count })}</span><NavLink to={to}>{t(`shell.${what}`)}</NavLink></div>)
}

function FirmSwitch() {
  const t = useText('base')
  const { pathname } = useLocation()
  const firms = useRead(listMyEnterprises).data?.items ?? []
  const here = /^\/portal\/enterprises\/([^/]+)/.exec(pathname)?.[1]
  const present = firms.find((firm) => firm.id === here) ?? (firms.length === 1 ? firms[0] : undefined)
  if (firms.length === 0) return null
  return (
    <Menu className="fg-firm" label={t('shell.chooseFirm')} button={<><BuildingIcon /><span className="fg-firm-name">{present?.name ?? t('shell.chooseFirm')}</span></>} items={[
      ...firms.map((firm) => ({ key: firm.id, text: firm.name, sub: firm.creditCode, to: `/portal/enterprises/${firm.id}`, chosen: firm.id === present?.id })),
      'line',
      { key: 'all', text: t('shell.allFirms'), to: '/portal' },
      { key: 'add', text: t('shell.addFirm'), to: '/portal/register' },
      { key: 'complexes', text: t('shell.myComplexes'), to: '/portal/complexes' },
    ]} />
  )
}
