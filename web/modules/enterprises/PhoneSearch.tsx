// Finding a firm by the last four digits of a contact's phone: in a box of its own, because digits of a phone stand in no address and each search is written down.
import { findByPhone } from '@fugong/contract/enterprises.lists'
import { Button, Input, Popover, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'

export function PhoneSearch() {
  const t = useText('enterprises')
  const input = useRef<InputRef>(null)
  const [open, setOpen] = useState(false)
  const [digits, setDigits] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed(findByPhone)
  const [found, setFound] = useState<Awaited<ReturnType<typeof deed.run>>>(undefined)
  const wrong = asked && !/^\d{4}$/.test(digits) ? t('phone.four') : undefined
  const search = async () => {
    setAsked(true)
    setFound(undefined)
    if (/^\d{4}$/.test(digits)) setFound(await deed.run({ body: { lastFour: digits } }))
  }
  const content = (
    <div role="dialog" aria-label={t('phone.label')}><form className="fg-phone" noValidate onSubmit={(event) => { event.preventDefault(); void search() }}>
      <Field id="last-four" label={t('phone.label')} help={t('phone.help')} error={wrong}>
        <Input id="last-four" ref={input} inputMode="numeric" autoComplete="off" maxLength={4} value={digits} onChange={(event) => { setDigits(event.target.value); setAsked(false) }} />
      </Field>
      <Button type="primary" htmlType="submit" loading={deed.running}>{t('phone.deed')}</Button>
      <div role="status">
        {deed.problem ? <p className="fg-field-error">{wordsOf(deed.problem)}</p> : null}
        {found && found.items.length === 0 ? <p>{t('phone.none')}</p> : null}
        {found?.items.length ? <ul>{found.items.map((row) => <li key={row.id}><Link to={`/console/enterprises/${row.id}`}>{row.name}</Link></li>)}</ul> : null}
        {found?.more ? <p className="fg-quiet">{t('phone.more', { count: found.items.length })}</p> : null}
      </div>
    </form></div>
  )
  return <Popover open={open} trigger="click" placement="bottomLeft" content={content} destroyOnHidden afterOpenChange={(shown) => { if (shown) input.current?.focus() }} onOpenChange={(next) => { setOpen(next); if (!next) { setDigits(''); setAsked(false); setFound(undefined); deed.reset() } }}><Button aria-expanded={open}>{t('phone.title')}</Button></Popover>
}
