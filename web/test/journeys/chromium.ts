// Where a browser for journeys and proofs is found on this machine.
import { existsSync } from 'node:fs'

// The shell without windows is the same engine and takes less of the processor.
const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
/** Where a Chromium is, if there is one. */
export const chromiumPath = PLACES.find((place) => place && existsSync(place))
