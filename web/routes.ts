// Every page of console and portal: its address, its code (loaded when needed) and the texts it speaks with.
import type { ComponentType } from 'react'
import { loadTexts } from './base/i18n.ts'

type Pages = Record<string, unknown>
/** Loads a page and its module's texts side by side. */
const page = (load: () => Promise<Pages>, name: string, ...texts: string[]) => async () => {
  const [pages] = await Promise.all([load(), loadTexts(...texts)])
  return { Component: pages[name] as ComponentType }
}

export const consolePages = [
  { index: true as const, lazy: page(() => import('./modules/declarations/ReviewHome.tsx'), 'ReviewHome', 'declarations') },
  { path: 'declarations', lazy: page(() => import('./modules/declarations/DeclarationList.tsx'), 'DeclarationList', 'declarations') },
  { path: 'declarations/:id', lazy: page(() => import('./modules/declarations/ReviewPage.tsx'), 'ReviewPage', 'declarations') },
  { path: 'cases', lazy: page(() => import('./modules/cases/CaseList.tsx'), 'CaseList', 'cases') },
  { path: 'cases/figures', lazy: page(() => import('./modules/cases/FiguresPage.tsx'), 'FiguresPage', 'cases') },
  { path: 'cases/:id', lazy: page(() => import('./modules/cases/CasePage.tsx'), 'CasePage', 'cases') },
  { path: 'batches', lazy: page(() => import('./modules/batches/PlanList.tsx'), 'PlanList', 'batches') },
  { path: 'batches/:id', lazy: page(() => import('./modules/batches/PlanPage.tsx'), 'PlanPage', 'batches') },
  { path: 'complexes', lazy: page(() => import('./modules/complexes/ComplexList.tsx'), 'ComplexList', 'complexes') },
  { path: 'complexes/:id', lazy: page(() => import('./modules/complexes/ComplexPage.tsx'), 'ComplexPage', 'complexes') },
  { path: 'enterprises', lazy: page(() => import('./modules/enterprises/EnterpriseList.tsx'), 'EnterpriseList', 'enterprises') },
  { path: 'enterprises/:id', lazy: page(() => import('./modules/enterprises/EnterprisePage.tsx'), 'EnterprisePage', 'enterprises', 'declarations', 'certificates') },
  { path: 'imports', lazy: page(() => import('./modules/imports/ImportsPage.tsx'), 'ImportsPage', 'imports') },
  { path: 'imports/:id', lazy: page(() => import('./modules/imports/ImportPage.tsx'), 'ImportPage', 'imports') },
  { path: 'notices', lazy: page(() => import('./modules/notices/SentNotices.tsx'), 'SentNotices', 'notices') },
  { path: 'inbox', lazy: page(() => import('./modules/notices/Inbox.tsx'), 'Inbox', 'notices') },
  { path: 'notices/preferences', lazy: page(() => import('./modules/notices/Preferences.tsx'), 'Preferences', 'notices') },
  { path: 'notices/log', lazy: page(() => import('./modules/notices/NoticeLog.tsx'), 'NoticeLog', 'notices') },
  { path: 'templates', lazy: page(() => import('./modules/notices/TemplatesPage.tsx'), 'TemplatesPage', 'notices') },
  { path: 'robots', lazy: page(() => import('./modules/notices/RobotsPage.tsx'), 'RobotsPage', 'notices') },
  { path: 'levels', lazy: page(() => import('./modules/levels/LevelsPage.tsx'), 'LevelsPage', 'levels') },
  { path: 'tables', lazy: page(() => import('./modules/rules/TableList.tsx'), 'TableList', 'rules') },
  { path: 'tables/drafts/:id', lazy: page(() => import('./modules/rules/TableEditor.tsx'), 'TableEditor', 'rules') },
  { path: 'tables/:code/:version', lazy: page(() => import('./modules/rules/TablePage.tsx'), 'TablePage', 'rules') },
  { path: 'forms', lazy: page(() => import('./modules/forms/FormsPage.tsx'), 'FormsPage', 'forms') },
  { path: 'burden', lazy: page(() => import('./modules/forms/BurdenPage.tsx'), 'BurdenPage', 'forms') },
  { path: 'forms/drafts/:id', lazy: page(() => import('./modules/forms/DraftPage.tsx'), 'DraftPage', 'forms') },
  { path: 'forms/:id', lazy: page(() => import('./modules/forms/VersionPage.tsx'), 'VersionPage', 'forms') },
  { path: 'certificates', lazy: page(() => import('./modules/certificates/CertificateList.tsx'), 'CertificateList', 'certificates') },
  { path: 'certificates/batches', lazy: page(() => import('./modules/certificates/BatchesPage.tsx'), 'BatchesPage', 'certificates') },
  { path: 'signing', lazy: page(() => import('./modules/certificates/SigningPage.tsx'), 'SigningPage', 'certificates') },
  { path: 'exports', lazy: page(() => import('./modules/exports/MyExports.tsx'), 'MyExports', 'exports') },
  { path: 'exports/requests', lazy: page(() => import('./modules/exports/ExportRequests.tsx'), 'ExportRequests', 'exports') },
  { path: 'emergencies', lazy: page(() => import('./modules/emergencies/EmergenciesPage.tsx'), 'EmergenciesPage', 'emergencies') },
  { path: 'calendar', lazy: page(() => import('./modules/calendars/CalendarPage.tsx'), 'CalendarPage', 'calendars') },
  { path: 'areas', lazy: page(() => import('./modules/areas/AreasPage.tsx'), 'AreasPage', 'areas') },
  { path: 'units', lazy: page(() => import('./modules/identity/UnitsPage.tsx'), 'UnitsPage', 'identity') },
  { path: 'people', lazy: page(() => import('./modules/identity/PeopleList.tsx'), 'PeopleList', 'identity') },
  { path: 'people/:id', lazy: page(() => import('./modules/identity/PersonPage.tsx'), 'PersonPage', 'identity') },
  { path: 'rosters', lazy: page(() => import('./modules/people/RosterCounts.tsx'), 'RosterCounts', 'people') },
  { path: 'keys', lazy: page(() => import('./modules/people/KeysPage.tsx'), 'KeysPage', 'people') },
  { path: 'system', lazy: page(() => import('./system-status.tsx'), 'SystemStatus') },
  { path: 'me', lazy: page(() => import('./modules/identity/MePage.tsx'), 'MePage', 'identity') },
]
export const portalPages = [
  { index: true as const, lazy: page(() => import('./modules/enterprises/PortalHome.tsx'), 'PortalHome', 'enterprises', 'declarations', 'certificates') },
  { path: 'register', lazy: page(() => import('./modules/enterprises/RegisterPage.tsx'), 'RegisterPage', 'enterprises') },
  { path: 'enterprises/:id', lazy: page(() => import('./modules/enterprises/PortalEnterprise.tsx'), 'PortalEnterprise', 'enterprises', 'declarations', 'certificates') },
  { path: 'enterprises/:id/facts/:group', lazy: page(() => import('./modules/enterprises/FactsPage.tsx'), 'FactsPage', 'enterprises') },
  { path: 'enterprises/:id/roster', lazy: page(() => import('./modules/people/RosterPage.tsx'), 'RosterPage', 'people') },
  { path: 'enterprises/:id/roster/entries', lazy: page(() => import('./modules/people/EntriesPage.tsx'), 'EntriesPage', 'people') },
  { path: 'enterprises/:id/roster/posters', lazy: page(() => import('./modules/people/PostersPage.tsx'), 'PostersPage', 'people') },
  { path: 'enterprises/:id/roster/posters/:posterId', lazy: page(() => import('./modules/people/PostersPage.tsx'), 'PosterSheet', 'people') },
  { path: 'enterprises/:id/roster/:employmentId', lazy: page(() => import('./modules/people/PersonPage.tsx'), 'PersonPage', 'people') },
  { path: 'imports', lazy: page(() => import('./modules/imports/ImportsPage.tsx'), 'ImportsPage', 'imports') },
  { path: 'imports/:id', lazy: page(() => import('./modules/imports/ImportPage.tsx'), 'ImportPage', 'imports') },
  { path: 'declarations/:id', lazy: page(() => import('./modules/declarations/DeclarePage.tsx'), 'DeclarePage', 'declarations') },
  { path: 'batches', lazy: page(() => import('./modules/batches/Invitations.tsx'), 'Invitations', 'batches') },
  { path: 'complexes', lazy: page(() => import('./modules/complexes/MyComplexes.tsx'), 'MyComplexes', 'complexes') },
  { path: 'complexes/:id', lazy: page(() => import('./modules/complexes/OperatePage.tsx'), 'OperatePage', 'complexes') },
  { path: 'tenant-requests', lazy: page(() => import('./modules/complexes/TenantRequests.tsx'), 'TenantRequests', 'complexes') },
  { path: 'notices', lazy: page(() => import('./modules/notices/Inbox.tsx'), 'Inbox', 'notices') },
  { path: 'notices/preferences', lazy: page(() => import('./modules/notices/Preferences.tsx'), 'Preferences', 'notices') },
  { path: 'certificates/:id', lazy: page(() => import('./modules/certificates/PortalCertificate.tsx'), 'PortalCertificate', 'certificates') },
  { path: 'me', lazy: page(() => import('./modules/identity/MePage.tsx'), 'MePage', 'identity') },
]

export interface NavItem { to: string; text: string; icon: string; verb: string; end?: boolean; /** What waits there, shown as a number. */ counts?: 'exports' | 'cases' }
/** The console's navigation; an entry shows to those who may use it. */
export const navigation: { group: string; items: NavItem[] }[] = [
  { group: 'nav.groupWork', items: [
    { to: '/console/cases', text: 'nav.cases', icon: 'todo', verb: 'case.read', end: true, counts: 'cases' },
    { to: '/console/cases/figures', text: 'nav.caseFigures', icon: 'chart', verb: 'case.figures' },
    { to: '/console', text: 'nav.review', icon: 'inbox', verb: 'declaration.review', end: true },
    { to: '/console/declarations', text: 'nav.declarations', icon: 'clipboard', verb: 'declaration.read' },
    { to: '/console/batches', text: 'nav.batches', icon: 'batches', verb: 'batch.read' },
    { to: '/console/complexes', text: 'nav.complexes', icon: 'complexes', verb: 'complex.read' },
    { to: '/console/enterprises', text: 'nav.enterprises', icon: 'building', verb: 'enterprise.read' },
    { to: '/console/rosters', text: 'nav.rosters', icon: 'people', verb: 'roster.count' },
    { to: '/console/imports', text: 'nav.imports', icon: 'import', verb: 'import.use' },
    { to: '/console/certificates', text: 'nav.certificates', icon: 'badge', verb: 'certificate.read' },
    { to: '/console/exports', text: 'nav.exports', icon: 'export', verb: 'export.make', counts: 'exports' },
    { to: '/console/notices', text: 'nav.notices', icon: 'mail', verb: 'notice.send', end: true },
    { to: '/console/notices/log', text: 'nav.noticeLog', icon: 'clipboard', verb: 'notice.log' },
  ] },
  { group: 'nav.groupRules', items: [
    { to: '/console/levels', text: 'nav.levels', icon: 'levels', verb: '' },
    { to: '/console/tables', text: 'nav.tables', icon: 'table', verb: 'table.read' },
    { to: '/console/forms', text: 'nav.forms', icon: 'form', verb: 'form.read' },
    { to: '/console/burden', text: 'nav.burden', icon: 'burden', verb: 'burden.read' },
    { to: '/console/emergencies', text: 'nav.emergencies', icon: 'alert', verb: 'emergency.read_packs' },
    { to: '/console/calendar', text: 'nav.calendar', icon: 'calendar', verb: '' },
    { to: '/console/areas', text: 'nav.areas', icon: 'map', verb: '' },
  ] },
  { group: 'nav.groupAdmin', items: [
    { to: '/console/units', text: 'nav.units', icon: 'units', verb: 'unit.read' },
    { to: '/console/people', text: 'nav.people', icon: 'people', verb: 'person.read' },
    { to: '/console/templates', text: 'nav.templates', icon: 'form', verb: 'notice.administer' },
    { to: '/console/robots', text: 'nav.robots', icon: 'bell', verb: 'notice.administer' },
    { to: '/console/signing', text: 'nav.signing', icon: 'badge', verb: 'certificate.keys' },
    { to: '/console/keys', text: 'nav.keys', icon: 'key', verb: 'keys.read' },
    { to: '/console/system', text: 'nav.system', icon: 'system', verb: 'system.read' },
  ] },
]
