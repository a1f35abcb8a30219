// Starts the console and the portal: texts, theme, then the app.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTexts } from './base/i18n.ts'
import { startTheme } from './base/theme.ts'
import { App } from './app.tsx'
import './ui/ui.css'
import './ui/shell.css'

const files = import.meta.glob<Record<string, unknown>>(['./base/*.json', './ui/*.json', './modules/*/*.json'], { import: 'default' })

startTheme()
void startTexts(async (language, module) => {
  const load = files[`./${module}/${language}.json`] ?? files[`./modules/${module}/${language}.json`]
  if (!load) throw new Error(`no texts ${module}/${language}`)
  return load()
}).then(() => createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>))
