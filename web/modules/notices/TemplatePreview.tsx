// The texts of a template as a reader gets them, with examples filled in, and how long its text message is.
import { exampleValues, fillTemplate, smsLength, smsSign, templateWarnings, type Template } from '@fugong/contract/notices.templates'
import { useLanguage, useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'

export function TemplatePreview({ code, title, text, sms }: Pick<Template, 'code' | 'title' | 'text' | 'sms'>) {
  const t = useText('notices')
  const language = useLanguage()
  const values = exampleValues(code, language)
  const long = templateWarnings(code, { sms })
  const length = sms ? smsLength(fillTemplate(sms.zh, exampleValues(code, 'zh'))) : 0
  return (
    <section className="nt-preview" aria-label={t('templates.preview')}>
      <h3>{fillTemplate(title[language], values)}</h3>
      <p className="fg-notice-text">{fillTemplate(text[language], values)}</p>
      {sms ? <><p className="nt-sms">{smsSign[language]}{fillTemplate(sms[language], values)}</p><p className="fg-quiet">{long ? <StatusTag tone="warn">{t('templates.long', { length: long.length })}</StatusTag> : t('templates.fits', { length })}</p></> : null}
    </section>
  )
}
