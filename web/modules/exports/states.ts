// What kind of state an export is in, for colours and for how often to ask again.
import type { ExportState } from '@fugong/contract/exports'
import type { Tone } from '../../ui/tags.tsx'

const tones: Partial<Record<ExportState, Tone>> = { asked: 'warn', open: 'info', streaming: 'info', queued: 'info', running: 'info', ready: 'good', done: 'good', refused: 'bad', failed: 'bad' }
export const toneOfExport = (state: ExportState): Tone => tones[state] ?? 'neutral'
export const isMoving = (state: ExportState): boolean => state === 'queued' || state === 'running' || state === 'streaming'
