// One's own data on the phone: what is held, what was reported in every version, who has looked, what was agreed to, and how to contest.
import type { OwnRecord as Record_ } from '@fugong/contract/health.own'
import { useEffect, useState } from 'preact/hooks'
import { instant, language, learn, read, send, t } from './kit.ts'
import { Frame } from './parts.tsx'
import zh from './report-own.zh.json'

learn({ zh, en: () => import('./report-own.en.json') })
export function OwnRecord({ token, back }: { token: string; back: () => void }) {
  const [own, setOwn] = useState<Record_>()
  const [trouble, setTrouble] = useState<string>()
  const ask = () => {
    setTrouble(undefined)
    void read().then(() => send<Record_>('POST', '/api/health/own', { token })).then((answer) => (answer.ok ? setOwn(answer.data) : setTrouble(answer.title)))
  }
  useEffect(ask, [])
  const head = <><button type="button" class="plain back" onClick={back}>‹ {t('reportBack')}</button><h1>{t('own')}</h1></>
  if (!own) return <Frame title={t('own')}>{head}<p role="status">{trouble || t('loading')}</p>{trouble ? <p><button type="button" class="main-deed" onClick={ask}>{t('again')}</button></p> : null}</Frame>
  const { held } = own
  const facts: [string, string | null][] = [
    ['idNumber', held.idNumber], ['phone', held.phone], ['address', held.address], ['vehicleNo', held.vehicleNo], ['exposure', held.exposure ? t('own.kept') : null], ['origin', held.origin && held.origin[language()]], ['leftOn', held.leftOn], ['returnedOn', held.returnedOn],
    ['crew', held.crew], ['dormitory', held.dormitory], ['shift', held.shift], ['staffNo', held.staffNo],
  ]
  return (
    <Frame title={t('own')}>
      {head}
      <p class="help">{own.enterpriseName}{t('dot')}{own.workplaceName}</p>
      <section class="card" aria-label={t('own.held')}>
        <h2>{t('own.held')}</h2>
        <p class="help">{t('own.heldHelp')}</p>
        <dl class="facts">{[['name', own.name] as [string, string | null]].concat(facts).map(([field, value]) => (value ? [<dt key={field}>{t(`own.${field}`)}</dt>, <dd key={`${field}-value`}>{value}</dd>] : null))}</dl>
      </section>
      <section class="card" aria-label={t('own.reports')}>
        <h2>{t('own.reports')}</h2>
        <p class="help">{t('own.reportsHelp', { days: own.days })}</p>
        {own.reports.length ? <ul class="messages">{own.reports.map(({ day, slot, versions }) => (
          <li key={`${day} ${slot}`}>
            <strong>{day} {t(`reportPart${slot}`)}</strong>
            {versions.map((one) => <div key={one.number} class="own-version"><span class={`own-level own-${one.level}`}>{t(`reportLevel.${one.level}`)}</span> {one.because[language()]}<div class="help">{versions.length > 1 ? `${t('own.version', { version: one.version })}${t('dot')}` : ''}{t(`reportBy.${one.by}`)}{t('dot')}{instant(one.acceptedAt)}<br /><span class="mono">{one.number}</span></div></div>)}
          </li>
        ))}</ul> : <p>{t('own.noReports')}</p>}
      </section>
      <section class="card" aria-label={t('own.reads')}>
        <h2>{t('own.reads')}</h2>
        {own.reads.length ? <ul class="messages">{own.reads.map((one) => <li key={`${one.at} ${one.field}`}><strong>{one.by}</strong>（{t(one.office ? 'own.office' : 'own.firm')}）{t(`own.${one.field}`)}<div class="help">{one.reason}{t('dot')}{instant(one.at)}</div></li>)}</ul> : <p class="help">{t('own.noReads')}</p>}
      </section>
      <section class="card" aria-label={t('own.contest')}><h2>{t('own.contest')}</h2><p>{t('own.contestRoster', { firm: own.enterpriseName })}</p><p>{t('own.contestReport')}</p><p>{t('own.contestLevel')}</p></section>
      <section class="card" aria-label={t('own.consents')}>
        <h2>{t('own.consents')}</h2>
        <ul class="messages">{own.consents.map((one) => <li key={one.at}><strong>{t('own.consent', { version: one.version })}</strong><div class="help">{t(`own.by.${one.relation}`)}{one.here ? t('own.here') : ''}{t('dot')}{instant(one.at)}{one.endedAt ? `${t('dot')}${t('own.ended', { at: instant(one.endedAt) })}` : ''}</div><details><summary>{t('own.text')}</summary><p class="help">{one.text[language()]}</p></details></li>)}</ul>
        {own.consents.every(({ version }) => version !== own.notice.version) ? <details><summary>{t('own.now', { version: own.notice.version })}</summary><p class="help">{own.notice.text[language()]}</p></details> : null}
      </section>
      <p><button type="button" class="plain" onClick={back}>‹ {t('reportBack')}</button></p>
    </Frame>
  )
}
