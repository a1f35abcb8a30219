// What is wrong with an expression, as codes that screens put into plain words; the library's own English stands only where no code fits.

export interface CellFault { code: string; params: Record<string, unknown> }
interface CelFailure { code: string | undefined; summary: string; range?: { start: number; end: number } | undefined }

const TYPE_NAMES: Record<string, string> = { double: 'number', int: 'number', uint: 'number', string: 'text', bool: 'yes/no' }
const spoken = (type: string | undefined) => TYPE_NAMES[type ?? ''] ?? type ?? ''

/** A failed check of `text` as a fault; `position` counts characters from 1. */
export function celFault(error: unknown, text: string): CellFault {
  const { code, summary, range } = (error ?? { code: undefined, summary: 'faulty' }) as CelFailure
  const position = (range?.start ?? 0) + 1
  const piece = range ? text.slice(range.start, Math.max(range.end, range.start + 1)) : text
  if (!text.trim()) return { code: 'issue.cel_empty', params: {} }
  switch (code) {
    case 'unknown_variable': return { code: 'issue.cel_name', params: { name: piece } }
    case 'no_such_overload': {
      const [, left, operator, right] = /: (\S+) (==|!=|<=|>=|<|>|in|[-+*/%]) (\S+)/.exec(summary) ?? []
      return { code: 'issue.cel_types', params: { piece, left: spoken(left), operator: operator ?? '', right: spoken(right?.replace(/^list<(.*)>$/, '$1')) } }
    }
    case 'heterogeneous_list_element': return { code: 'issue.cel_list', params: { piece } }
    case 'invalid_logical_operand': return { code: 'issue.cel_logic', params: { piece } }
    case 'no_matching_overload': return { code: 'issue.cel_function', params: { piece } }
    case 'unterminated_string': return { code: 'issue.cel_quote', params: { position } }
    case 'unexpected_character':
      return piece === '=' ? { code: 'issue.cel_equals', params: { position } } : { code: 'issue.cel_sign', params: { sign: piece, position } }
    case 'unexpected_token': case 'expected_token':
      if (/RPAREN/.test(summary)) return { code: 'issue.cel_bracket', params: { position } }
      return position > text.trimEnd().length ? { code: 'issue.cel_unfinished', params: {} } : { code: 'issue.cel_sign', params: { sign: piece, position } }
    default: return { code: 'issue.cel', params: { detail: summary } }
  }
}
