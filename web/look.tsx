// antd in our own look: tokens, language and the nonce its styles need, for one density.
import { App, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useMemo, type ReactNode } from 'react'
import { useLanguage } from './base/i18n.ts'
import { styleNonce, useTone } from './base/theme.ts'
import { themeFor } from './base/tokens.ts'

const nonce = styleNonce()
// Asked to keep still, antd must know: it would wait for the end of movements that our styles take away.
const stillness = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
export function Look({ density, children }: { density: 'console' | 'portal'; children: ReactNode }) {
  const language = useLanguage()
  const { tone } = useTone()
  const theme = useMemo(() => {
    const { token, ...rest } = themeFor(tone, density)
    return { ...rest, token: { ...token, motion: !stillness } }
  }, [tone, density])
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zh : en} button={{ autoInsertSpace: false }} {...(nonce ? { csp: { nonce } } : {})}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  )
}
