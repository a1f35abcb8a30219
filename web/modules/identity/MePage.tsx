// My own account, in console and portal: roles and their delegation, where I am signed in, my password or phone, seeing as another role.
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { Page } from '../../ui/Page.tsx'
import { ChangePassword } from './ChangePassword.tsx'
import { ChangePhone } from './ChangePhone.tsx'
import { MyGrants } from './MyGrants.tsx'
import { MySessions } from './MySessions.tsx'
import { SeeAs } from './SeeAs.tsx'
import './identity.css'

export function MePage() {
  const t = useText('identity')
  const { session, may } = useSession()
  const { hash } = useLocation()
  // The menu of the frame leads to a part of this page.
  useEffect(() => { if (hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'start' }) }, [hash])
  return (
    <Page title={t('me.title')} sub={session.name ? t('me.sub', { name: session.name }) : undefined}>
      {session.staff ? <MyGrants /> : null}
      <div id="sessions" className="id-part"><MySessions /></div>
      {session.staff && !session.seeingAs ? <div id="password" className="id-part"><ChangePassword /></div> : null}
      {session.staff ? null : <div id="phone" className="id-part"><ChangePhone /></div>}
      {may('session.see_as') && !session.seeingAs ? <SeeAs /> : null}
    </Page>
  )
}
