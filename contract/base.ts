// The words every endpoint is spoken in: how an endpoint is declared, the shared value shapes, and what a fault looks like.
import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import type { ProblemCode } from './problems.ts'

/** The verb of an endpoint that anyone may call, signed in or not. */
export const PUBLIC = 'public'
/** The verb of an endpoint that every signed-in person may call for themselves. */
export const SIGNED_IN = 'signed-in'

/** `body` of an endpoint that takes one file as multipart/form-data; `returns` of one that answers with bytes. */
export const FILE = Type.Unsafe<Uint8Array>({ type: 'object', 'x-bytes': true })

/** Largest file accepted, bytes. */
export const FILE_LIMIT = 10 * 1024 * 1024

/** One fault in a request: where (JSON pointer such as `/workplace/name`), which (`issue.*` code), with what values. */
export const Issue = Type.Object({ path: Type.String(), code: Type.String(), params: Type.Optional(Type.Record(Type.String(), Type.Any())) })
export type Issue = { path: string; code: string; params?: Record<string, unknown> }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Checked<S, Otherwise> = [NonNullable<S>] extends [never] ? Otherwise : NonNullable<S> extends TSchema ? Static<NonNullable<S>> : Otherwise
/** A checked request as an action receives it. */
export type Input<E extends AnyEndpoint> = {
  params: Checked<E['params'], Record<string, never>>
  query: Checked<E['query'], Record<string, never>>
  body: Checked<E['body'], undefined>
}
export type Returns<E extends AnyEndpoint> = Static<E['returns']>

export interface EndpointShape<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> {
  method: Method
  path: string
  /** Right that the caller needs, `thing.deed`; `PUBLIC` or `SIGNED_IN` are spelled out. */
  verb: string
  /** One line for the API description. */
  summary: string
  params?: P
  query?: Q
  body?: B
  returns: R
  /** Problems beside the ones every endpoint has (validation, sign-in, permission, rate). */
  problems?: readonly ProblemCode[]
  /** Checks that a schema cannot express (check digits, dates against each other); shared by server and forms. */
  check?: (body: B extends TSchema ? Static<B> : undefined) => Issue[]
  /** True when reading must be written down before the answer leaves (unmasking, health records, exports). */
  logsRead?: true
  /** Largest file of an endpoint that takes one, bytes, when it is not FILE_LIMIT. */
  mostBytes?: number
  /** Requests per minute and caller, where the general limit is too generous. */
  perMinute?: number
  /** True when the deed may be done while looking at the system in another role. */
  allowedWhileSeeingAs?: true
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the widest endpoint, for registries
export type AnyEndpoint = EndpointShape<any, any, any, any>

/** Declares an endpoint; server parser, response whitelist, OpenAPI, web client, form checks and the permission matrix come from it. */
export function endpoint<P extends TSchema = never, Q extends TSchema = never, B extends TSchema = never, R extends TSchema = TSchema>(
  shape: EndpointShape<P, Q, B, R>,
): EndpointShape<P, Q, B, R> {
  return shape
}

/** An object that refuses properties it does not list. */
export function Strict<T extends TProperties>(properties: T): TObject<T> {
  return Type.Object(properties, { additionalProperties: false })
}

// C0 and C1 controls, bidirectional overrides, noncharacters and lone surrogates have no place in a name.
const FORBIDDEN = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060\\u2066-\\u2069\\uFEFF\\uFFFE\\uFFFF\\p{Cs}'
/** One line of text a person typed, 1 to `max` characters, no controls, not blank. */
export const Line = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: `^(?=[^]*\\S)[^\\t\\n\\r${FORBIDDEN}]*$`, issue: 'text' })
/** One line that may be empty. */
export const OptionalLine = (max: number) => Type.String({ maxLength: max, pattern: `^[^\\t\\n\\r${FORBIDDEN}]*$`, issue: 'text' })
/** Whether a text may stand in a `Line`: told by a form on the page where it is typed. */
export const isPlainLine = (text: string): boolean => new RegExp(`^[^\\t\\n\\r${FORBIDDEN}]*$`, 'u').test(text)
/** Several lines of text, 1 to `max` characters, not blank. */
export const Para = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: `^(?=[^]*\\S)[^${FORBIDDEN}]*$`, issue: 'text' })
export const OptionalPara = (max: number) => Type.String({ maxLength: max, pattern: `^[^${FORBIDDEN}]*$`, issue: 'text' })

export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', issue: 'id' })
// Days of the calendar: what February does not have no database takes, and a year of five digits neither.
const YEAR = '(19|20|21)\\d{2}'
const LEAP = '((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)'
const DAY = `(${YEAR}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|${LEAP}-02-29)`
/** A moment as `2020-02-24T01:30:00.000Z`. */
export const Instant = Type.String({ pattern: `^${DAY}T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$`, issue: 'instant' })
/** A calendar day in Asia/Shanghai as `2020-02-24`. */
export const Day = Type.String({ pattern: `^${DAY}$`, issue: 'day' })
/** Mainland mobile number: 11 digits, 1 and then 3 to 9, as the national numbering plan gives them out. */
export const Phone = Type.String({ pattern: '^1[3-9]\\d{9}$', issue: 'phone' })
/** Area code: 6 digits district or zone, 9 street, 12 community (GB/T 2260 and GB/T 10114). */
export const AreaCode = Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$', issue: 'area' })
/** A text in both languages of the product. */
export const Bilingual = Strict({ zh: Line(400), en: Line(800) })
export type Bilingual = Static<typeof Bilingual>

/** A list, newest or best first: `next` is the cursor of the following page, `total` is counted up to 10,000 and `totalIsMore` says when it stopped there. */
export const Paged = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]), total: Type.Integer(), totalIsMore: Type.Boolean() })
/** What every paged list takes beside its filters. */
export const pageQuery = { cursor: Type.Optional(Type.String({ maxLength: 400, issue: 'cursor' })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** One of a list of codes. */
export const Code = <const T extends readonly string[]>(codes: T) => Type.Unsafe<T[number]>({ type: 'string', enum: [...codes] })
/** The answer of a deed that has nothing to tell but that it is done. */
export const Done = Type.Object({ done: Type.Literal(true) })
