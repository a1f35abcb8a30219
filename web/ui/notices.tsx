// Short words after a deed: what was done, or why it was refused.
import { App } from 'antd'
import { useMemo } from 'react'
import { wordsOf } from '../base/words.ts'

/** `done('已提交备案')` after a deed, `refused(problem)` where no form shows it. */
export function useNotices(): { done: (words: string) => void; refused: (error: unknown) => void; /** What was done and did not work out. */ warn: (words: string) => void } {
  const { message } = App.useApp()
  return useMemo(() => ({
    done: (words) => void message.success(words, 4),
    warn: (words) => void message.warning(words, 8),
    refused: (error) => void message.error(wordsOf(error), 8),
  }), [message])
}
