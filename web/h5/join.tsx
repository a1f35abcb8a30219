// Entering oneself on a firm's roster by the code of its poster: one page, no app, no password; the firm confirms.
import type { EnterSelf, PosterPlace } from '@fugong/contract/people.entries'
import { useEffect, useState } from 'preact/hooks'
import { issueWords, language, send, t } from './kit.ts'
import { Field, Frame, show, Submit, Summary, type Errors } from './parts.tsx'

// The token stays in this page's memory and in the address: the page may be opened again from the phone's history.
const token = location.hash.slice(1)
const ID_TYPES = ['01', '03', '06', '07', '99'] as const
const VEHICLES = ['0', '1', '2', '3', '4'] as const
const EXPOSURES = ['keyArea', 'keyAreaContact', 'caseContact', 'sharedVehicle', 'caseInCompound'] as const
type Values = Record<'name' | 'idType' | 'idNumber' | 'phone' | 'crew' | 'dormitory' | 'address' | 'leftOn' | 'returnedOn' | 'vehicle' | 'vehicleNo', string>
const blank: Values = { name: '', idType: '01', idNumber: '', phone: '', crew: '', dormitory: '', address: '', leftOn: '', returnedOn: '', vehicle: '', vehicleNo: '' }
interface Item { code: string; zh: string; en: string }

function JoinPage() {
  const [place, setPlace] = useState<PosterPlace>()
  const [invalid, setInvalid] = useState<string>()
  const [values, setValues] = useState(blank)
  const [origin, setOrigin] = useState<string[]>([])
  const [exposure, setExposure] = useState<string[]>([])
  const [none, setNone] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const [sending, setSending] = useState(false)
  const [done, setDone] = useState(false)
  const [state, setState] = useState<{ errors: Errors; refusal: string | undefined; attempt: number }>({ errors: {}, refusal: undefined, attempt: 0 })
  const read = () => {
    setInvalid(undefined)
    if (!/^[A-Za-z0-9_-]{32}$/.test(token)) return setInvalid(t('joinBroken'))
    void send<PosterPlace>('POST', '/api/posters/read', { token }).then((answer) => (answer.ok ? setPlace(answer.data) : setInvalid(answer.title)))
  }
  useEffect(read, [])
  const set = (name: keyof Values) => (value: string) => setValues({ ...values, [name]: value })
  const label = (name: string) => t(`join.${name}`)
  const fail = (errors: Errors, refusal?: string) => setState({ errors, refusal, attempt: state.attempt + 1 })
  const submit = async (event: Event) => {
    event.preventDefault()
    if (sending || !place) return
    const phone = values.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
    const errors: Errors = {}
    for (const name of ['name', 'idNumber'] as const) if (!values[name].trim()) errors[name] = issueWords({ path: '', code: 'issue.required' }, label(name))
    if (!/^1[3-9]\d{9}$/.test(phone)) errors['phone'] = issueWords({ path: '', code: phone ? 'issue.phone' : 'issue.required' }, label('phone'))
    if (!none && !exposure.length) errors['exposure'] = t('joinAnswer')
    if (!agreed) errors['agreed'] = t('joinAgree')
    if (Object.keys(errors).length) return fail(errors)
    setSending(true)
    const given = (text: string) => text.trim() || null
    const body: EnterSelf = {
      token, noticeVersion: place.notice.version, agreed: true, name: values.name.trim(), idType: values.idType as EnterSelf['idType'], idNumber: values.idNumber.trim(), phone, crew: given(values.crew), dormitory: given(values.dormitory), address: given(values.address),
      originCode: origin.length ? origin[origin.length - 1]! : null, leftOn: given(values.leftOn), returnedOn: given(values.returnedOn), vehicle: (values.vehicle || null) as EnterSelf['vehicle'] | null, vehicleNo: given(values.vehicleNo), exposure: exposure as EnterSelf['exposure'],
    }
    const answer = await send('POST', '/api/roster-entries', body)
    setSending(false)
    if (answer.ok) return setDone(true)
    const found: Errors = {}
    for (const issue of answer.issues) { const id = issue.path.slice(1).split('/')[0]!; if (!found[id]) found[id] = issueWords(issue, label(id)) }
    if (answer.code === 'people.notice_changed') read()
    fail(found, Object.keys(found).length ? undefined : answer.title)
  }
  if (invalid) return <Frame title={t('joinTitle')}><h1>{t('joinTitle')}</h1><div class="summary" role="alert"><h2>{invalid}</h2></div><p><button type="button" class="side" onClick={read}>{t('again')}</button></p></Frame>
  if (!place) return <Frame title={t('joinTitle')}><p role="status">{t('loading')}</p></Frame>
  if (done) return <Frame title={t('joinDone')}><div class="card state good-state" role="status"><h1>{t('joinDone')}</h1><p>{t('joinDoneText', { firm: place.enterpriseName })}</p><p class="help">{t('joinDoneHelp')}</p></div></Frame>
  const { errors } = state
  const field = (name: keyof Values, more: object = {}) => <Field id={name} label={label(name)} value={values[name]} onValue={set(name)} error={errors[name]} maxLength={40} {...more} />
  return (
    <Frame title={t('joinTitle')}>
      <h1>{t('joinTitle')}</h1>
      <p>{place.enterpriseName} · {place.workplaceName}</p>
      <form class="card" noValidate onSubmit={(event) => void submit(event)}>
        <Summary refusal={state.refusal} errors={errors} attempt={state.attempt} />
        {field('name', { autoComplete: 'name' })}
        <Select id="idType" label={label('idType')} value={values.idType} onValue={set('idType')} options={ID_TYPES.map((type) => [type, t(`idType.${type}`)])} />
        {field('idNumber', { mono: true, autoComplete: 'off' })}
        {field('phone', { type: 'tel', inputMode: 'tel', autoComplete: 'tel', maxLength: 20 })}
        {field('crew')}{field('dormitory')}{field('address', { maxLength: 120, autoComplete: 'street-address' })}
        <h2>{t('joinFrom')}</h2>
        <Origin path={origin} onPath={setOrigin} error={errors['originCode']} />
        <DayField id="leftOn" label={label('leftOn')} value={values.leftOn} onValue={set('leftOn')} error={errors['leftOn']} />
        <DayField id="returnedOn" label={label('returnedOn')} value={values.returnedOn} onValue={set('returnedOn')} error={errors['returnedOn']} />
        <Select id="vehicle" label={label('vehicle')} value={values.vehicle} onValue={set('vehicle')} options={[['', '–'], ...VEHICLES.map((one): [string, string] => [one, t(`vehicle.${one}`)])]} />
        {values.vehicle && values.vehicle !== '3' ? field('vehicleNo') : null}
        <fieldset class={errors['exposure'] ? 'field faulty' : 'field'} id="exposure" tabIndex={-1}>
          <legend>{t('joinExposure')}</legend>
          {errors['exposure'] ? <div class="error">{errors['exposure']}</div> : null}
          {EXPOSURES.map((one) => <Tick key={one} checked={exposure.indexOf(one) >= 0} onTick={(on) => { setNone(false); setExposure(on ? [...exposure, one] : exposure.filter((other) => other !== one)) }}>{t(`exposure.${one}`)}</Tick>)}
          <Tick checked={none} onTick={(on) => { setNone(on); if (on) setExposure([]) }}>{t('exposure.none')}</Tick>
        </fieldset>
        <h2>{t('joinNotice')}</h2>
        <p class="help">{place.notice.text[language()]}</p>
        <div class={errors['agreed'] ? 'field faulty' : 'field'} id="agreed" tabIndex={-1}>{errors['agreed'] ? <div class="error">{errors['agreed']}</div> : null}<Tick checked={agreed} onTick={setAgreed}>{t('joinAgreed', { version: place.notice.version })}</Tick></div>
        <Submit sending={sending}>{t('joinSend')}</Submit>
      </form>
    </Frame>
  )
}
function Tick({ checked, onTick, children }: { checked: boolean; onTick: (on: boolean) => void; children: unknown }) {
  return <label class="tick"><input type="checkbox" checked={checked} onChange={(event) => onTick(event.currentTarget.checked)} /><span>{children as string}</span></label>
}
function Select({ id, label, value, onValue, options }: { id: string; label: string; value: string; onValue: (value: string) => void; options: [string, string][] }) {
  return <div class="field"><label for={id}>{label}</label><select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>{options.map(([code, text]) => <option key={code} value={code}>{text}</option>)}</select></div>
}
function DayField({ id, label, value, onValue, error }: { id: string; label: string; value: string; onValue: (value: string) => void; error: string | undefined }) {
  return <div class={error ? 'field faulty' : 'field'}><label for={id}>{label}</label>{error ? <div class="error" id={`${id}-error`}>{error}</div> : null}<input id={id} type="date" value={value} aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} onInput={(event) => onValue(event.currentTarget.value)} /></div>
}
/** Province, then city, then county: each list is fetched when it is needed, so that the first visit stays small. */
function Origin({ path, onPath, error }: { path: string[]; onPath: (path: string[]) => void; error: string | undefined }) {
  const [lists, setLists] = useState<Item[][]>([])
  const last = path.length ? path[path.length - 1]! : '000000'
  useEffect(() => {
    let asked = true
    void send<{ items: Item[] }>('GET', `/api/divisions?below=${last}`).then((answer) => { if (asked && answer.ok) setLists((before) => [...before.slice(0, path.length), answer.data.items]) })
    return () => { asked = false }
  }, [last])
  return (
    <div class={error ? 'field faulty' : 'field'}>
      <label for="originCode">{t('join.originCode')}</label>
      {error ? <div class="error">{error}</div> : null}
      {lists.slice(0, path.length + 1).map((items, at) => items.length ? (
        <select key={at} id={at ? undefined : 'originCode'} aria-label={t(`joinLevel${at}`)} value={path[at] || ''} onChange={(event) => { const code = event.currentTarget.value; onPath(code ? [...path.slice(0, at), code] : path.slice(0, at)) }}>
          <option value="">{t(`joinLevel${at}`)}</option>{items.map((item) => <option key={item.code} value={item.code}>{language() === 'zh' ? item.zh : item.en}</option>)}
        </select>
      ) : null)}
    </div>
  )
}
show(JoinPage)
