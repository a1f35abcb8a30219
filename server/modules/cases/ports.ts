// What an upper room registers so that its records are dealt with as cases: a machine as data, texts, and what the engine must ask it.
import type { Bilingual } from '@fugong/contract/base'
import type { CaseSubject, ClockName, DeedNeed } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'

/** Who does a deed: a unit with an open part, the lead among them, the firm, whoever opened the case, or the clock. */
export type Doer = 'unit' | 'lead' | 'firm' | 'issuer' | 'clock'
export interface CaseState {
  name: Bilingual
  /** Whom the case waits for in this state; `none` ends it. */
  waitingFor: 'office' | 'firm' | 'none'
  /** The reason for which clocks stand still as long as the case is in this state. */
  pausedFor?: string
}
export interface CaseDeed {
  name: Bilingual
  from: readonly string[]
  /** The next state, or one for each outcome. */
  to: string | Readonly<Record<string, string>>
  who: Doer
  needs?: readonly DeedNeed[]
  /** Texts of outcomes, where `to` goes by them. */
  outcomes?: Readonly<Record<string, Bilingual>>
  /** Whether it may be done on many at once. */
  bulk?: true
  /** The part of whoever does it is done with it. */
  endsPart?: true
}
export interface CaseKind {
  code: string
  name: Bilingual
  /** The state in which a case is opened. */
  opens: string
  states: Readonly<Record<string, CaseState>>
  deeds: Readonly<Record<string, CaseDeed>>
  /** When a step is over: all its parts are done, or its lead. */
  stepEnds: 'all' | 'lead'
  /** What stops the clock for a first response: that a person took it, or the first deed of an office. */
  responds: 'take' | 'deed'
  /** Reasons for which clocks may stand still. */
  pauses: Readonly<Record<string, Bilingual>>
  /** The kind's own entries in the timeline. Words in braces are filled from the entry's params. */
  events?: Readonly<Record<string, Bilingual>>
  /** What parts came to, beside the outcomes of deeds. */
  results?: Readonly<Record<string, Bilingual>>
  /** The room's own verb that a person needs, beside a part, for the deeds of offices. */
  verb?: string
  /** Titles of records within the caller's scope, by id; read for a page of rows at once. */
  describe(ctx: Ctx, subjectIds: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>>
  /** Does a deed that the machine allows, on the room's record and with `moveCase`; needed where a deed is `bulk`. */
  decide?(ctx: Ctx, standing: CaseStanding, deed: string, given: Given): Promise<void>
  /** What it means that an office let a limit pass: the room accepts (and moves the case), or it goes up the line. Runs as the system. */
  onBreach?(ctx: Ctx, standing: CaseStanding, clock: ClockName): Promise<'accepted' | 'escalate'>
}
export interface Given { outcome?: string; reason?: string; note?: string; fileIds?: string[] }

/** Areas, trade and firm by which people reach a record; null where a kind of records has none. */
export interface CaseScope { enterpriseId: string | null; districtCode: string | null; streetCode: string | null; zoneCode: string | null; departmentKey: string | null }
/** A case as the rooms above see it. Moments are ISO texts. */
export interface CaseStanding extends CaseScope {
  id: string; revision: number; kind: string; subjectId: string; state: string; waitingFor: 'office' | 'firm' | 'none'; step: number; outcome: string | null
  openedAt: string; openedBy: string | null; openedUnitId: string | null; endedAt: string | null; emergencyId: string | null; emergencyKind: string; sample: boolean
  /** The next limit that runs; null while none does. */
  dueAt: string | null
  /** Why clocks stand still. */
  pausedFor: string | null
}
export interface NewPart { unitId: string; role: 'lead' | 'help'; personId?: string | null }
export interface NewClock { clock: ClockName; workingHours: number; /** Counted over all parts of all steps, from 0: the clock of that part alone. */ part?: number }
export interface NewCase extends CaseScope {
  kind: string; subjectId: string
  /** What lists search in: name and number of the firm, of the matter. */
  title: string
  emergencyId: string | null
  /** Kind of emergency, by which tables are chosen. */
  emergencyKind?: string
  sample: boolean
  /** Steps in order, the parts of one step together. */
  steps: readonly (readonly NewPart[])[]
  clocks: readonly NewClock[]
  /** Null where a clock or a table opened it. */
  openedBy: string | null
  /** When its clocks began, when not now: a matter that is taken over. */
  openedAt?: Date
}
export interface CasesOptions { kinds: readonly CaseKind[]; city: string }
