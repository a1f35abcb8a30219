// Puts the parts together: answers, session, routes; every page is loaded when it is first opened.
import { createBrowserRouter, isRouteErrorResponse, Outlet, RouterProvider, ScrollRestoration, useNavigation, useRouteError } from 'react-router'
import { createQueryClient, QueryProvider } from './base/query.tsx'
import { useTrail } from './base/returning.ts'
import { SessionProvider } from './base/session.tsx'
import { useText } from './base/i18n.ts'
import { Landing, Missing } from './landing.tsx'
import { consolePages, portalPages } from './routes.ts'
import { ErrorState, Loading } from './ui/states.tsx'

const client = createQueryClient()

/** A thin line at the top while the next page is on its way. */
function Frame() {
  const t = useText('ui')
  useTrail()
  const moving = useNavigation().state !== 'idle'
  return <>{moving ? <div className="fg-moving" role="status"><span className="fg-hidden">{t('loading')}</span></div> : null}<Outlet /><ScrollRestoration /></>
}
/** A page that failed: after an update of the system its code is gone and a reload cures it. */
function Failed() {
  const t = useText('base')
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <Missing />
  const stale = error instanceof TypeError && /import|module|fetch/i.test(error.message)
  return (
    <main className="fg-alone">
      {stale ? <div className="fg-error" role="alert"><p>{t('problem.newVersion')}</p><div className="fg-error-deeds"><button type="button" className="fg-button" onClick={() => location.reload()}>{t('problem.reload')}</button></div></div>
        : <ErrorState error={error} retry={() => location.reload()} />}
    </main>
  )
}
const Waiting = () => <main className="fg-alone"><Loading lines={6} /></main>

const router = createBrowserRouter([{
  Component: Frame, ErrorBoundary: Failed, HydrateFallback: Waiting,
  children: [
    { path: '/', Component: Landing },
    { path: '/console', lazy: async () => ({ Component: (await import('./console-shell.tsx')).ConsoleShell }), children: [{ ErrorBoundary: Failed, children: [...consolePages, { path: '*', Component: Missing }] }] },
    { path: '/portal', lazy: async () => ({ Component: (await import('./portal-shell.tsx')).PortalShell }), children: [{ ErrorBoundary: Failed, children: [...portalPages, { path: '*', Component: Missing }] }] },
    { path: '*', Component: Missing },
  ],
}])

export function App() {
  return (
    <QueryProvider client={client}>
      <SessionProvider waiting={<Waiting />} failed={(error, retry) => <main className="fg-alone"><ErrorState error={error} retry={retry} /></main>}>
        <RouterProvider router={router} />
      </SessionProvider>
    </QueryProvider>
  )
}
