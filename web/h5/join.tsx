// Entering oneself on a firm's roster by the code of its poster: the city's own form, no app, no password; the firm confirms.
import type { EnterSelf, PosterPlace } from '@fugong/contract/people.entries'
import { useEffect, useState } from 'preact/hooks'
import { nameCode } from './form-answers.ts'
import { Filling } from './form.tsx'
import { Select, type ControlProps } from './form-fields.tsx'
import en from './join.en.json'
import zh from './join.zh.json'
import { language, learn, send, t, type Refusal } from './kit.ts'
import { Frame, show, type Errors } from './parts.tsx'

learn({ zh, en })
// The token stays in this page's memory and in the address: the page may be opened again from the phone's history.
const token = location.hash.slice(1)
interface Item { code: string; zh: string; en: string }

function JoinPage() {
  const [place, setPlace] = useState<PosterPlace>()
  const [invalid, setInvalid] = useState<string>()
  const [agreed, setAgreed] = useState(false)
  const [done, setDone] = useState(false)
  const read = () => {
    setInvalid(undefined)
    if (!/^[A-Za-z0-9_-]{32}$/.test(token)) return setInvalid(t('joinBroken'))
    void send<PosterPlace>('POST', '/api/posters/read', { token }).then((answer) => (answer.ok ? setPlace(answer.data) : setInvalid(answer.title)))
  }
  useEffect(read, [])
  if (invalid) return <Frame title={t('joinTitle')}><h1>{t('joinTitle')}</h1><div class="summary" role="alert"><h2>{invalid}</h2></div><p><button type="button" class="side" onClick={read}>{t('again')}</button></p></Frame>
  if (!place) return <Frame title={t('joinTitle')}><p role="status">{t('loading')}</p></Frame>
  if (done) return <Frame title={t('joinDone')}><div class="card state good-state" role="status"><h1>{t('joinDone')}</h1><p>{t('joinDoneText', { firm: place.enterpriseName })}</p><p class="help">{t('joinDoneHelp')}</p></div></Frame>
  const enter = async (answers: EnterSelf['answers']): Promise<Refusal | undefined> => {
    const answer = await send('POST', '/api/roster-entries', { token, noticeVersion: place.notice.version, agreed: true, formVersion: place.form.version, answers })
    if (answer.ok) { setDone(true); return undefined }
    if (answer.code === 'people.notice_changed' || answer.code === 'people.form_changed') { setAgreed(false); read() }
    return answer
  }
  return (
    <Frame title={t('joinTitle')}>
      <h1>{t('joinTitle')}</h1>
      <p>{t('joinKnown')} <a href={`/report#${token}`}>{t('joinBind')}</a></p>
      <Filling
        form={place.form} known={{ facts: { enterprise_name: place.enterpriseName, workplace_name: place.workplaceName }, today: place.today }} keep={`join.${token.slice(0, 8)}`}
        controls={{ originCode: (props) => <Origin {...props} /> }} contest={({ known }) => (known === 'enterprise_name' ? t('joinNotMine') : null)} deed={t('joinSend')} send={enter}
        lastErrors={(): Errors => (agreed ? {} : { agreed: t('joinAgree') })}
        last={(errors) => <>
          <h2>{t('joinNotice')}</h2>
          <p class="help">{place.notice.text[language()]}</p>
          <div class={errors['agreed'] ? 'field faulty' : 'field'}>
            {errors['agreed'] ? <div class="error" id="agreed-error">{errors['agreed']}</div> : null}
            <label class="tick"><input id="agreed" type="checkbox" aria-describedby={errors['agreed'] ? 'agreed-error' : undefined} checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} /><span>{t('joinAgreed', { version: place.notice.version })}</span></label>
          </div>
        </>}
      />
    </Frame>
  )
}
/** Province, then city, then county: each list is fetched when it is needed, so that the first visit stays small. */
function Origin({ id, value, onValue, described }: ControlProps) {
  const [lists, setLists] = useState<Record<string, Item[]>>({})
  const code = String(value || '')
  // The code says its own path: 520000 › 520100 › 520103.
  const path = code ? [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code].filter((one, at, all) => all.indexOf(one) === at) : []
  const above = ['000000'].concat(path)
  useEffect(() => {
    for (const one of above) if (!lists[one]) void send<{ items: Item[] }>('GET', `/api/divisions?below=${one}`).then((answer) => { if (!answer.ok) return; for (const item of answer.data.items) nameCode(item.code, item); setLists((before) => ({ ...before, [one]: answer.data.items })) })
  }, [code])
  return <>{above.map((one, at) => (lists[one] || []).length ? (
    <Select key={one} id={at ? `${id}-${at}` : id} {...(at ? { label: t(`joinLevel${at}`) } : {})} described={at ? {} : described} value={path[at] || ''} empty={t(`joinLevel${at}`)}
      options={lists[one]!.map((item): [string, string] => [item.code, language() === 'zh' ? item.zh : item.en])} onValue={(chosen) => onValue(chosen || path[at - 1] || null)} />
  ) : null)}</>
}
show(JoinPage)
