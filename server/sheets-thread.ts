// The thread in which files of tables are read: an entry of its own, so that the build has it beside main and worker.
import { serveReading } from './base/sheets/thread.ts'

serveReading()
