// How every bench reports: one line per figure.
/** Prints `figure <id> <value> <unit> <notes>`. */
export type Figure = (id: string, value: string | number, unit: string, notes: string) => void
/** What the server under a bench tells when it can be measured. */
export interface Ready { port: number; bare: number; cookie: string; enterpriseId: string; workplaces: string[] }
