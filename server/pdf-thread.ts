// The thread in which PDFs are drawn: an entry of its own, so that the build has it beside main and worker.
import { serveDrawing } from './base/pdf/thread.ts'

serveDrawing()
