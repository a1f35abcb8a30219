// Our own look, set once: one calm accent, neutral greys, radius 6; light, dark, and the density of console and portal.
import { theme as antd, type ThemeConfig } from 'antd'
import type { Tone } from './theme.ts'

// Set by language in ui/ui.css.
const FONT = 'var(--fg-font)'

/** The tokens of antd; `web/ui/ui.css` holds the same colours as `--fg-*`. */
export function themeFor(tone: Tone, density: 'console' | 'portal'): ThemeConfig {
  const dark = tone === 'dark'
  const roomy = density === 'portal'
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: `fg-${density}-${tone}` },
    token: {
      colorPrimary: dark ? '#2b908b' : '#0b6e6e', colorPrimaryHover: dark ? '#1f7d78' : '#0d8080', colorPrimaryActive: dark ? '#1a6a66' : '#085858', colorInfo: dark ? '#4f9bd0' : '#1f6fa8', colorLink: dark ? '#5cc3bd' : '#0b6e6e',
      colorSuccess: dark ? '#55b982' : '#1f7a4d', colorWarning: dark ? '#e0a93b' : '#9a6200', colorError: dark ? '#f0766b' : '#b3261e',
      colorBgLayout: dark ? '#101617' : '#f4f6f6', colorBgContainer: dark ? '#182022' : '#ffffff', colorBgElevated: dark ? '#1f292b' : '#ffffff',
      colorText: dark ? '#e4eaea' : '#1b2426', colorTextSecondary: dark ? '#aab6b8' : '#4c5a5d', colorTextTertiary: dark ? '#93a1a3' : '#5f6d70',
      colorTextPlaceholder: dark ? '#8d9b9d' : '#66757a', colorBorder: dark ? '#435155' : '#b9c4c6', colorBorderSecondary: dark ? '#2b3639' : '#e0e6e7', colorSplit: dark ? '#2b3639' : '#e0e6e7',
      borderRadius: 6, fontFamily: FONT, fontSize: roomy ? 16 : 14, lineHeight: 1.6, controlHeight: roomy ? 44 : 34, motionDurationMid: '0.12s', motionDurationSlow: '0.16s', wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Table: { cellPaddingBlock: 8, cellPaddingInline: 12, headerBg: dark ? '#1f292b' : '#eef2f2', headerSplitColor: 'transparent', rowHoverBg: dark ? '#1e2a2c' : '#f2f7f7' },
      Menu: { itemBorderRadius: 6, itemMarginInline: 8, itemHeight: 38, activeBarBorderWidth: 0, itemSelectedBg: dark ? '#173534' : '#e1efee', itemSelectedColor: dark ? '#7fd6d0' : '#085858' },
      Modal: { titleFontSize: roomy ? 20 : 18 },
    },
  }
}
