// A page as data: boxes with text, codes, seals and pictures in millimetres; rooms describe, the drawing thread draws.
export type Mark =
  /** Text fitted into a box: as large as `size`, never below `least`, in at most `lines` lines. Points. */
  | { kind: 'text'; text: string; x: number; y: number; w: number; h: number; size: number; least: number; lines: number; align?: 'left' | 'center' | 'right'; bold?: true; colour?: string; valign?: 'top' | 'middle' }
  | { kind: 'qr'; text: string; x: number; y: number; side: number }
  | { kind: 'frame'; x: number; y: number; w: number; h: number; line: number; colour: string }
  | { kind: 'rule'; x: number; y: number; w: number; colour: string }
  /** A round red seal drawn from a name; `under` stands below its star. */
  | { kind: 'seal'; name: string; under: string; x: number; y: number; radius: number }
  /** One of the pictures handed over with the pages, fitted into a square around its middle. */
  | { kind: 'picture'; key: string; x: number; y: number; side: number }
export interface Page { width: number; height: number; marks: Mark[] }
export interface PdfTask { title: string; pages: Page[]; pictures: Record<string, Uint8Array>; /** The day it is made, for its properties. */ at: string }
