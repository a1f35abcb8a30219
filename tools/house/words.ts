// Checks what people read: paths that the documents name exist, and every text of the interface is there in both languages.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { type Fault, type Tree, lineAt } from './tree.ts'

const repoPath = /^(contract|server|web|tools|docs|packs|data|\.ci)\//

export function checkDocs(root: string): Fault[] {
  const docs = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'].filter((file) => existsSync(join(root, file)))
  if (existsSync(join(root, 'docs'))) docs.push(...readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`))
  return docs.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/^(```|~~~)[^]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '))
    const named = [...text.matchAll(/`([^`\n]+)`/g)].flatMap((match) => (match[1] ?? '').split(/[\s,;，；、]+/).filter((word) => repoPath.test(word)).map((word) => ({ word, path: word, at: match.index })))
    const linked = [...text.matchAll(/\]\(<?([^)>\s#]+)[^)]*\)/g)]
      .filter((match) => !/^([a-z]+:|\/)/i.test(match[1] ?? ''))
      .map((match) => ({ word: match[1] ?? '', path: posix.normalize(posix.join(posix.dirname(file), decodeURI(match[1] ?? ''))), at: match.index }))
    return [...named, ...linked]
      .filter(({ path }) => !existsSync(join(root, certainPart(path))))
      .map(({ word, at }) => ({ rule: 'docs' as const, file, line: lineAt(text, at), text: `${word} does not exist` }))
  })
}

/** `server/modules/<name>/index.ts` is checked as far as it is certain: server/modules. */
function certainPart(path: string): string {
  const parts = path.replace(/[.:]+$|:\d+(-\d+)?$|#.*$/, '').split('/')
  const vague = parts.findIndex((part) => /[<>{}*…]|\.\.\.|NNNN/.test(part))
  return (vague < 0 ? parts : parts.slice(0, vague)).join('/')
}

interface Entry { value: string | undefined; line: number }

export function checkTexts(tree: Tree): Fault[] {
  const faults: Fault[] = []
  const files = tree.others.filter((path) => /(^|\/)([\w-]+\.)?(zh|en)\.json$/.test(path))
  const pairs = new Set(files.map((path) => path.replace(/(zh|en)\.json$/, '')))
  for (const { path, place } of tree.sources) {
    if (place.space === 'web' && place.room === 'module' && !place.test && path.endsWith('.tsx')) pairs.add(`web/modules/${place.module}/`)
  }
  for (const stem of [...pairs].sort()) {
    const [zhFile, enFile] = [`${stem}zh.json`, `${stem}en.json`]
    const absent = [zhFile, enFile].filter((file) => !files.includes(file))
    for (const file of absent) faults.push({ rule: 'texts', file, text: 'is missing: every room speaks Chinese and English' })
    if (absent.length > 0) continue
    const [zh, en] = [readTexts(tree.root, zhFile, faults), readTexts(tree.root, enFile, faults)]
    faults.push(...compare(zhFile, zh, enFile, en), ...compare(enFile, en, zhFile, zh))
    for (const [key, { value, line }] of en) {
      const other = twinOf(zh, key)
      const differs = value !== undefined && other?.value !== undefined && placeholders(value, key) !== placeholders(other.value, key)
      if (differs) faults.push({ rule: 'texts', file: enFile, line, text: `${key}: the languages fill in different values (${placeholders(value, key) || 'none'} here)` })
    }
  }
  return faults
}

function compare(file: string, texts: Map<string, Entry>, otherFile: string, other: Map<string, Entry>): Fault[] {
  const faults: Fault[] = []
  for (const [key, { value, line }] of texts) {
    if (value === undefined || value.trim() === '') faults.push({ rule: 'texts', file, line, text: `${key}: is empty or not a text` })
    if (!twinOf(other, key)) {
      faults.push({ rule: 'texts', file: otherFile, text: `${key}: is missing` })
    }
  }
  return faults
}

/** The same text in the other language: English counts `_one` and `_other` where Chinese has one form, bare or `_other`. */
function twinOf(texts: Map<string, Entry>, key: string): Entry | undefined {
  const stem = key.replace(/_(zero|one|two|few|many|other)$/, '')
  return texts.get(key) ?? texts.get(`${stem}_other`) ?? texts.get(stem)
}

function placeholders(value: string, key: string): string {
  const names = [...value.matchAll(/\{{1,2}\s*-?\s*([\w.]+)[^}]*\}{1,2}/g)].map((match) => match[1] ?? '')
  const counted = /_(zero|one|two|few|many)$/.test(key)
  return [...new Set(names)].filter((name) => !(counted && name === 'count')).sort().join(', ')
}

/** Flattened texts of a file; the parser of TypeScript is used because JSON.parse keeps silent about a key written twice. */
function readTexts(root: string, file: string, faults: Fault[]): Map<string, Entry> {
  const text = readFileSync(join(root, file), 'utf8')
  const found = new Map<string, Entry>()
  try {
    JSON.parse(text)
  } catch (error) {
    faults.push({ rule: 'texts', file, text: `is not JSON: ${(error as Error).message}` })
    return found
  }
  const json = ts.parseJsonText(file, text)
  const visit = (node: ts.Expression, prefix: string): void => {
    const line = lineAt(text, node.getStart(json))
    if (!ts.isObjectLiteralExpression(node)) {
      if (found.has(prefix)) faults.push({ rule: 'texts', file, line, text: `${prefix}: is written twice` })
      found.set(prefix, { value: ts.isStringLiteral(node) ? node.text : undefined, line })
      return
    }
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.name)) continue
      visit(property.initializer, prefix ? `${prefix}.${property.name.text}` : property.name.text)
    }
  }
  const expression = json.statements[0]?.expression
  if (expression) visit(expression, '')
  return found
}
