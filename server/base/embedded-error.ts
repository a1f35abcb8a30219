// The one error of the embedded database: a code for the exit status and a sentence that says what to do next.

export type EmbeddedPostgresCode = 'ENOSPC' | 'no_binaries' | 'wrong_version' | 'not_ours' | 'start_failed' | 'locked'

export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresCode

  constructor(code: EmbeddedPostgresCode, zh: string, en: string) {
    super(`${zh} / ${en}`)
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}

/** What PostgreSQL or Node said, turned into our error; `where` names the directory concerned. */
export function explain(said: string, where: string, logFile?: string): EmbeddedPostgresError {
  const log = logFile ? `${logFile}` : where
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i.test(said)) return noDisk(where)
  if (/Read-only file system|EROFS|Permission denied|EACCES|EPERM/i.test(said)) {
    return new EmbeddedPostgresError(
      'start_failed',
      `没有权限写 ${where}。请检查目录的所有者，或把 DATA_DIR 指向可写的目录`,
      `no permission to write ${where}: check who owns it, or point DATA_DIR at a directory you may write (${lastLines(said)})`,
    )
  }
  if (/could not (create|resize|map) .*shared memory|Cannot allocate memory/i.test(said)) {
    return new EmbeddedPostgresError(
      'start_failed',
      '内存不足，数据库起不来。请释放内存（容器请加大 --shm-size）后再试',
      `not enough memory for the database: free some (in a container raise --shm-size) and start again (${lastLines(said)})`,
    )
  }
  return new EmbeddedPostgresError(
    'start_failed',
    `内置数据库没有启动。请看日志 ${log}，或设置 DATABASE_URL 使用自己的 PostgreSQL(15 或更新)`,
    `the embedded database did not start: read ${log}, or set DATABASE_URL to your own PostgreSQL (15 or newer). It said: ${lastLines(said)}`,
  )
}

export function noDisk(where: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'ENOSPC',
    `${where} 所在的磁盘空间不足。请腾出至少 500 MB 后再启动`,
    `the disk that holds ${where} is full: free at least 500 MB and start again`,
  )
}

function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean)
  const telling = lines.filter((line) => /FATAL|PANIC|error:|ERROR/i.test(line))
  return (telling.length > 0 ? telling : lines).slice(-2).join(' | ').slice(0, 400) || 'nothing'
}
