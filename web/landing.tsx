// The front door: what this is, and the three ways in; also the page for an address that leads nowhere.
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText, useTitle } from './base/i18n.ts'
import { useSession } from './base/session.tsx'
import { BadgeIcon, BuildingIcon, ClipboardIcon, Mark } from './ui/icons.tsx'
import { LanguageSwitch, ThemeSwitch } from './ui/switches.tsx'

export function Landing() {
  const t = useText('base')
  const { session } = useSession()
  useTitle(undefined)
  const official = session.signedIn && session.staff
  const contact = session.signedIn && !session.staff
  return (
    <div className="fg-landing">
      <header className="fg-landing-bar"><span className="fg-brand"><Mark />{t('shell.brand')}</span><span className="fg-row"><LanguageSwitch /><ThemeSwitch /></span></header>
      <main className="fg-landing-main">
        <h1>{t('landing.title')}</h1>
        <p className="fg-landing-intro">{t('landing.intro')}</p>
        <div className="fg-doors">
          <Door icon={<BuildingIcon />} title={t('landing.firms')} text={t('landing.firmsText')} deed={contact ? <Link className="fg-button fg-button-main" to="/portal">{t('landing.goPortal')}</Link> : <a className="fg-button fg-button-main" href="/sign-in?next=%2Fportal">{t('landing.firmsDeed')}</a>} />
          <Door icon={<ClipboardIcon />} title={t('landing.officials')} text={t('landing.officialsText')} deed={official ? <Link className="fg-button" to="/console">{t('landing.goConsole')}</Link> : <a className="fg-button" href="/sign-in?as=staff&next=%2Fconsole">{t('landing.officialsDeed')}</a>} />
          <Door icon={<BadgeIcon />} title={t('landing.check')} text={t('landing.checkText')} deed={<a className="fg-button" href="/c">{t('landing.checkDeed')}</a>} />
        </div>
        {session.sampleCity ? (
          <aside className="fg-note fg-note-warn fg-landing-sample">
            <strong>{t('landing.sampleTitle')}</strong>
            <div>{t('landing.sampleText')} <a href="/outbox">{t('landing.sampleDeed')}</a></div>
          </aside>
        ) : null}
      </main>
      <footer className="fg-landing-foot">{t('landing.foot')}</footer>
    </div>
  )
}
function Door({ icon, title, text, deed }: { icon: ReactNode; title: string; text: string; deed: ReactNode }) {
  return <section className="fg-door"><h2>{icon}{title}</h2><p>{text}</p>{deed}</section>
}

export function Missing() {
  const t = useText('base')
  useTitle(t('missing.title'))
  return <main className="fg-alone"><h1>{t('missing.title')}</h1><p className="fg-quiet">{t('missing.text')}</p><p><a className="fg-button" href="/">{t('missing.home')}</a></p></main>
}
