// How the console and portal (React, es2020) are built; the phone pages have their own build in h5/vite.config.ts.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `npm run dev` says where its parts listen; these are the same numbers for vite started by hand.
const { PORT = '8020', DEV_PORT = '8031', DEV_PHONE_PORT = '8032' } = process.env
const phonePages = `http://127.0.0.1:${DEV_PHONE_PORT}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  publicDir: 'public',
  server: {
    port: Number(DEV_PORT), strictPort: true,
    proxy: {
      '/api': `http://127.0.0.1:${PORT}`,
      // The phone pages come from their own server (`vite --config h5/vite.config.ts`), under the addresses they have in production.
      '/h5/': phonePages,
      '^/(sign-in|invitation|join|outbox|c)(/[^/]*)?(\\?.*)?$': { target: phonePages, rewrite: (path) => path.replace(/^\/([a-z-]+).*$/, '/h5/$1.html') },
    },
  },
  build: {
    outDir: 'dist', emptyOutDir: true, target: 'es2020', cssTarget: 'chrome87', manifest: 'manifest.json',
    // A data: address would need a hole in the policy for scripts and styles; every asset stays a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { index: `${import.meta.dirname}/index.html` },
      output: {
        entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router|cookie|set-cookie-parser)[\\/]/, priority: 30 },
            { name: 'text', test: /node_modules[\\/](i18next|react-i18next|html-parse-stringify|void-elements|use-sync-external-store)[\\/]|@tanstack[\\/]/, priority: 20 },
            { name: 'contract', test: /node_modules[\\/]typebox[\\/]|[\\/]contract[\\/][a-z]+\.ts/, priority: 15 },
          ],
        },
      },
    },
  },
})
