// Keeps a long stream of short-lived rows from piling up: V8 lets them double the heap before it looks, so it is made to look earlier.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const MOST_GROWN = 32 * 1024 * 1024
let collect: (() => void) | undefined
/** Call it between batches; it collects when the heap has grown by 32 MB since it last did. Some 40 ms each time, a few times per hundred thousand rows. */
export function heapTidier(): () => void {
  let least = getHeapStatistics().used_heap_size
  return () => {
    const used = getHeapStatistics().used_heap_size
    if (used < least) least = used
    if (used - least < MOST_GROWN) return
    if (!collect) {
      setFlagsFromString('--expose-gc')
      collect = runInNewContext('gc') as () => void
    }
    collect()
    least = getHeapStatistics().used_heap_size
  }
}
