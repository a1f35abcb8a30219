// The face of notices: telling firms something.
export { sendToFirms, type Recipient } from './send.actions.ts'
