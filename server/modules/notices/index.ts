// The face of notices: telling people what concerns them, by a template or in an office's own words.
export { notify, type Audience, type Notification } from './notify.actions.ts'
export { sendToFirms, type Recipient } from './send.actions.ts'
export { loadTemplates } from './templates.actions.ts'
