// The next word of a bench's server process; a process that ends instead is a fault.
import type { ChildProcess } from 'node:child_process'

export function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T))
    child.once('exit', (code) => reject(new Error(`the bench server ended with ${code}`)))
  })
}
