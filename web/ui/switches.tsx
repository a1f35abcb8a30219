// The two switches every face has: language and display.
import { speak, useLanguage, useText } from '../base/i18n.ts'
import { chooseTone, useTone, type ToneChoice } from '../base/theme.ts'
import { LanguageIcon, ThemeIcon } from './icons.tsx'
import { Menu } from './Menu.tsx'

/** One press changes between Chinese and English; it is named in the language one would get. */
export function LanguageSwitch() {
  const language = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button type="button" className="fg-menu-button" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => void speak(other)}>
      <LanguageIcon />{other === 'zh' ? '中文' : 'English'}
    </button>
  )
}
export function ThemeSwitch() {
  const t = useText('base')
  const { choice } = useTone()
  const choices: ToneChoice[] = ['light', 'dark', 'system']
  return <Menu label={t('shell.theme')} align="right" bare button={<ThemeIcon />} items={choices.map((key) => ({ key, text: t(`shell.${key}`), chosen: key === choice, onChoose: () => chooseTone(key) }))} />
}
