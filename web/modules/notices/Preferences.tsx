// Which notices also come by text message: by kind; what must be sent is said and cannot be switched off.
import { getPreferences, setPreferences, type Preference } from '@fugong/contract/notices.log'
import { Switch } from 'antd'
import { Link } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { useSession } from '../../base/session.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import './notices.css'

export function Preferences() {
  const t = useText('notices')
  const { session } = useSession()
  const read = useRead(getPreferences)
  const save = useDeed(setPreferences, { invalidates: [getPreferences] })
  const words = ({ sms, some, on }: Preference) => (sms === 'never' ? t('preferences.never') : sms === 'must' ? t('preferences.must') : on ? t('preferences.on') : some ? t('preferences.offSome') : t('preferences.off'))
  const mine = (kind: string) => (session.staff ? true : ['declaration', 'stop_order', 'spot_check', 'certificate', 'batch', 'health'].includes(kind))
  return (
    <Page title={t('preferences.title')} sub={read.data?.phone ? t('preferences.sub', { phone: read.data.phone }) : t('preferences.subNoPhone')}>
      <Section>
        {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading /> : (
          <table className="fg-facts-table nt-preferences">
            <thead><tr><th scope="col">{t('preferences.kind')}</th><th scope="col">{t('preferences.app')}</th><th scope="col">{t('preferences.sms')}</th></tr></thead>
            <tbody>{read.data.items.filter(({ kind }) => mine(kind)).map((item) => (
              <tr key={item.kind}>
                <th scope="row">{t(`kind.${item.kind}`)}</th><td>{t('preferences.always')}</td>
                <td><span className="nt-switch">{item.sms === 'choice' ? <Switch checked={item.on} loading={save.running} aria-label={t('preferences.smsOf', { kind: t(`kind.${item.kind}`) })} onChange={(on) => void save.run({ body: { items: [{ kind: item.kind, on }] } })} /> : null}<span>{words(item)}</span></span></td>
              </tr>
            ))}</tbody>
          </table>
        )}
        {save.problem ? <p role="alert" className="fg-error">{wordsOf(save.problem)}</p> : null}
        <p className="fg-quiet">{t('preferences.quiet')}</p>
        <p><Link to={`${session.staff ? '/console' : '/portal'}/${session.staff ? 'inbox' : 'notices'}`}>{t('preferences.back')}</Link></p>
      </Section>
    </Page>
  )
}
