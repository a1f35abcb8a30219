// A stop-work order as its firm sees it: why, what to put right and by when, evidence for each point, and how to object.
import { uploadFile, type FileInfo } from '@fugong/contract/files'
import { answerItem, getOrder, handInOrder, listOrders, type Order, type OrderItem } from '@fugong/contract/orders'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useParams } from 'react-router'
import { ApiProblem, upload } from '../../base/api.ts'
import { day, instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { Files, Grounds, Point, StateOf, Story } from './Parts.tsx'
import './orders.css'

const stale = [getOrder, listOrders]
export function PortalOrder() {
  const t = useText('orders')
  const { id = '' } = useParams()
  const read = useRead(getOrder, { params: { id } })
  const [asking, ask] = useState(false)
  const deed = useDeed(handInOrder, { invalidates: stale, onDone: () => ask(false) })
  const back = { to: '/portal', text: t('portal.back') }
  if (!read.data) return <Page title={t('title')} back={back} width="reading">{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const order = read.data
  const missing = order.items.filter(({ state, files }) => state !== 'accepted' && !files.length).length
  return (
    <Page title={t('title')} back={back} width="reading" tags={<StateOf of={order} />} sub={`${order.enterpriseName} · ${order.workplaceName}`}>
      <Note tone={order.state === 'resumed' ? 'good' : order.state === 'revoked' ? 'bad' : 'warn'} title={t(`now.${order.state}.title`)}>{t(`now.${order.state}.firm`, { deadline: day(order.deadline), at: instant(order.endedAt ?? order.handedInAt ?? order.issuedAt), reason: order.endReason ?? '–' })}</Note>
      <Grounds order={order} />
      <Section title={t('pointsTitle')}>
        <ol className="fg-order-points">{order.items.map((item) => <Point key={item.position} item={item}>{order.can.includes('answer') && item.state !== 'accepted' ? <Answer order={order} item={item} /> : null}</Point>)}</ol>
        {order.can.includes('handIn') ? <div className="fg-row"><Button type="primary" size="large" disabled={missing > 0} onClick={() => { deed.reset(); ask(true) }}>{t('portal.handIn')}</Button>{missing ? <span className="fg-quiet">{t('portal.missing', { count: missing })}</span> : null}</div> : null}
      </Section>
      <Story order={order} />
      <ReasonDialog open={asking} needsReason={false} title={t('portal.handInTitle')} text={t('portal.handInText')} deed={t('portal.handIn')} running={deed.running} problem={deed.problem} onCancel={() => ask(false)} onDo={() => void deed.run({ params: { id: order.id }, body: { revision: order.revision } })} />
    </Page>
  )
}
/** What was done about one point, in words and files; kept by itself, changed until it is handed in. */
function Answer({ order, item }: { order: Order; item: OrderItem }) {
  const t = useText('orders')
  const input = useRef<HTMLInputElement>(null)
  const [note, setNote] = useState(item.note ?? '')
  const [going, setGoing] = useState(0)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const deed = useDeed(answerItem, { invalidates: stale })
  const save = (files: FileInfo[]) => deed.run({ params: { id: order.id, position: String(item.position) }, body: { revision: order.revision, note, fileIds: files.map(({ id }) => id) } })
  const add = async (chosen: File[]) => {
    setFailure(undefined)
    setGoing(chosen.length)
    const fresh: FileInfo[] = []
    for (const file of chosen) {
      try {
        fresh.push(await upload(uploadFile, file, () => undefined))
      } catch (problem) {
        setFailure(`${file.name}${t('colon')}${problem instanceof ApiProblem ? wordsOf(problem) : t('files.failed')}`)
      }
      setGoing((left) => left - 1)
    }
    if (fresh.length) await save([...item.files, ...fresh])
  }
  const id = `answer-${item.position}`
  return (
    <div className="fg-form">
      {failure || deed.problem ? <div className="fg-error" role="alert"><p>{failure ?? wordsOf(deed.problem)}</p></div> : null}
      <Field id={id} label={t('portal.note')} optional><Input.TextArea id={id} rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} onBlur={() => { if (note !== (item.note ?? '')) void save(item.files) }} /></Field>
      {item.state === 'open' && item.files.length === 0 ? <Files files={item.files} /> : null}
      <input ref={input} className="fg-hidden" type="file" multiple accept=".pdf,.jpg,.jpeg,.png,.docx" tabIndex={-1} aria-label={t('portal.choose', { no: item.position })} onChange={(event) => { void add([...(event.target.files ?? [])]); event.target.value = '' }} />
      <div className="fg-row">
        <Button loading={going > 0 || deed.running} onClick={() => input.current?.click()}>{t('portal.choose', { no: item.position })}</Button>
        {item.files.length ? <Button type="link" danger onClick={() => void save([])}>{t('portal.remove')}</Button> : null}
      </div>
    </div>
  )
}
