// Releasing an alert: by name, with a reason; what still holds it is said instead of a dead button.
import { getAlert, listAlerts, releaseAlert, type Alert } from '@fugong/contract/alerts'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'

export function ReleaseDeed({ alert, latest }: { alert: Alert; latest: () => void }) {
  const t = useText('alerts')
  const [asking, ask] = useState(false)
  const deed = useDeed(releaseAlert, { invalidates: [getAlert, listAlerts], onDone: () => ask(false) })
  if (!alert.can.includes('release')) return <span className="fg-quiet">{alert.holds.map((hold) => t(`hold.${hold}`, { day: alert.observeUntil ?? '' })).join(' ')}</span>
  return <>
    <Button type="primary" onClick={() => { deed.reset(); ask(true) }}>{t('deed.release')}</Button>
    <ReasonDialog open={asking} title={t('releaseTitle', { name: alert.name })} text={t('releaseText')} deed={t('deed.release')} running={deed.running} problem={deed.problem} onCancel={() => { ask(false); latest() }} onDo={(reason) => void deed.run({ params: { id: alert.id }, body: { revision: alert.revision, reason } })} />
  </>
}
