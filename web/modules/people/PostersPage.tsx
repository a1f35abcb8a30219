// Posters of workplaces: the code that employees scan, made, printed on one sheet, and revoked.
import { rosterSummary } from '@fugong/contract/people'
import { listPosters, makePoster, revokePoster, type Poster } from '@fugong/contract/people.entries'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { rosterPath } from './people.ts'
import './people.css'

export function PostersPage() {
  const t = useText('people')
  const { id = '' } = useParams()
  const { refused } = useNotices()
  const read = useRead(listPosters, { params: { id } })
  const summary = useRead(rosterSummary, { params: { id } }).data
  const [ending, setEnding] = useState<{ poster: Poster; replaces: boolean }>()
  const make = useDeed(makePoster, { invalidates: [listPosters], onProblem: refused, onDone: () => setEnding(undefined) })
  const revoke = useDeed(revokePoster, { invalidates: [listPosters], onDone: () => setEnding(undefined) })
  const renew = (workplaceId: string) => void make.run({ params: { id }, body: { workplaceId } })
  return (
    <Page title={t('posters.title')} sub={t('posters.sub')} back={{ to: rosterPath(id), text: t('title') }}>
      <Ready read={read}>{({ items }) => (
        <div className="fg-stack">
          {(summary?.workplaces ?? []).filter((place) => place.open).map((place) => {
            const poster = items.find((one) => one.workplaceId === place.id && one.revokedAt === null)
            return (
              <Section key={place.id} title={place.name} extra={poster ? <StatusTag tone="good">{t('posters.inForce')}</StatusTag> : <StatusTag tone="neutral">{t('posters.none')}</StatusTag>}>
                {poster?.qr ? (
                  <div className="pe-poster"><img alt={t('posters.qr', { name: place.name })} width="132" height="132" src={`data:image/svg+xml,${encodeURIComponent(poster.qr)}`} />
                    <div className="fg-stack"><p className="fg-quiet">{t('posters.made', { at: instant(poster.createdAt), count: poster.entries })}</p>
                      <div className="fg-row"><Link className="fg-button fg-button-main" to={rosterPath(id, `/posters/${poster.id}`)}>{t('posters.print')}</Link><Button onClick={() => setEnding({ poster, replaces: true })}>{t('posters.renew')}</Button><Button danger onClick={() => setEnding({ poster, replaces: false })}>{t('posters.revoke')}</Button></div></div></div>
                ) : <Button type="primary" loading={make.running} onClick={() => renew(place.id)}>{t('posters.make')}</Button>}
              </Section>
            )
          })}
        </div>
      )}</Ready>
      <ReasonDialog open={ending !== undefined} danger needsReason={false} title={t(ending?.replaces ? 'posters.renewTitle' : 'posters.revokeTitle', { name: ending?.poster.workplaceName ?? '' })} text={t('posters.endText')} deed={t(ending?.replaces ? 'posters.renew' : 'posters.revoke')} running={revoke.running || make.running} problem={revoke.problem ?? make.problem} onCancel={() => setEnding(undefined)}
        onDo={() => { if (ending?.replaces) renew(ending.poster.workplaceId); else void revoke.run({ params: { id, posterId: ending!.poster.id }, body: {} }) }} />
    </Page>
  )
}

/** One sheet of A4: what it is for in both languages, the code, and whose it is. */
export function PosterSheet() {
  const t = useText('people')
  const { id = '', posterId = '' } = useParams()
  const read = useRead(listPosters, { params: { id } })
  const firm = useRead(rosterSummary, { params: { id } })
  return (
    <Page title={t('posters.sheet')} back={{ to: rosterPath(id, '/posters'), text: t('posters.title') }} actions={<Button type="primary" onClick={() => window.print()}>{t('posters.printNow')}</Button>}>
      <Ready read={read}>{({ items }) => {
        const poster = items.find((one) => one.id === posterId)
        if (!poster?.qr || !firm.data) return <p>{t('posters.gone')}</p>
        return (
          <article className="pe-sheet">
            <p className="pe-sheet-title">返岗登记</p><p className="pe-sheet-sub" lang="en">Register your return to work</p>
            <img alt={t('posters.qr', { name: poster.workplaceName })} src={`data:image/svg+xml,${encodeURIComponent(poster.qr)}`} />
            <p className="pe-sheet-place">{poster.workplaceName}</p>
            <ol className="pe-sheet-steps"><li>微信或浏览器扫码，不用装软件<span lang="en">Scan with WeChat or a browser; nothing to install</span></li><li>填写姓名、证件号码、手机和来源地<span lang="en">Enter name, ID number, phone and where you come from</span></li><li>单位确认后即在名册上<span lang="en">Your firm confirms, and you are on the roster</span></li><li>在名册上的，再扫一次绑定手机，每天申报健康<span lang="en">On the roster: scan again, bind your phone and report each day</span></li></ol>
          </article>
        )
      }}</Ready>
    </Page>
  )
}
