// Text search under row-level security: pairs of neighbouring characters as rows, found by equality, which the planner may push down.

/** The form in which names are compared: width and case folded, without spaces and controls. */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s\p{Cc}\p{Cs}]/gu, '')
}
/** Every pair of neighbouring characters of a name, each once; a name of one character is its own gram. */
export function gramsOf(text: string): string[] {
  const characters = [...searchKey(text)]
  if (characters.length < 2) return characters
  return [...new Set(characters.slice(1).map((character, i) => characters[i]! + character))]
}
