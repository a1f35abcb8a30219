// How the phone pages (Preact) are built: back to Android 8 and WeChat's browser, into the same folder as the console.
import { defineConfig } from 'vite'

const port = Number(process.env['DEV_PHONE_PORT'] ?? 8032)
const page = (name: string) => `${import.meta.dirname}/${name}.html`

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  // In development the console's server passes these pages on from /h5/.
  base: command === 'serve' ? '/h5/' : '/',
  publicDir: false as const,
  // Next to the console's own, which would be overwritten.
  cacheDir: `${import.meta.dirname}/../node_modules/.vite-h5`,
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
  // The pages are seen through the console's server; only their live reload comes straight here.
  server: { host: '127.0.0.1', port, strictPort: true, hmr: { host: '127.0.0.1', clientPort: port } },
  // English texts are fetched when they are spoken: whole, not name by name.
  json: { namedExports: false },
  build: {
    outDir: '../dist', emptyOutDir: false, target: ['es2017', 'chrome61', 'safari11'], cssTarget: ['chrome61', 'safari11'],
    assetsInlineLimit: 0, modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { 'sign-in': page('sign-in'), invitation: page('invitation'), join: page('join'), report: page('report'), 'report-sw': `${import.meta.dirname}/report-sw.ts`, c: page('c'), draws: page('draws'), outbox: page('outbox') },
      // A service worker stands at the root, under a name that stays: its place says which pages it serves.
      output: { entryFileNames: ({ name }) => (name === 'report-sw' ? '[name].js' : 'assets/h5-[name]-[hash].js'), chunkFileNames: 'assets/h5-[name]-[hash].js', assetFileNames: 'assets/h5-[name]-[hash][extname]' },
    },
  },
}))
