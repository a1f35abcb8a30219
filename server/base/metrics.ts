// Figures of the running process for Prometheus: requests by route and status, jobs, the age of what is unsealed.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export interface Metrics {
  observe(method: string, route: string, status: number, seconds: number): void
  job(name: string, outcome: string): void
  sealed(count: number): void
  /** What waits: queued jobs, dead letters, seconds since the oldest unsealed event. */
  waiting(counts: { jobs: number; deadLetters: number; unsealedSeconds: number }): void
  text(): Promise<string>
}
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({ name: 'fugong_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10], registers: [registry] })
  const jobs = new Counter({ name: 'fugong_jobs_total', help: 'Jobs run, by outcome', labelNames: ['name', 'outcome'], registers: [registry] })
  const sealed = new Gauge({ name: 'fugong_audit_last_block_events', help: 'Events in the last sealed block', registers: [registry] })
  const waiting = new Gauge({ name: 'fugong_waiting', help: 'Queued jobs, dead letters (each needs a person), age in seconds of the oldest unsealed event', labelNames: ['what'], registers: [registry] })
  return {
    waiting: (counts) => {
      waiting.set({ what: 'jobs' }, counts.jobs)
      waiting.set({ what: 'dead_letters' }, counts.deadLetters)
      waiting.set({ what: 'unsealed_seconds' }, counts.unsealedSeconds)
    },
    observe: (method, route, status, seconds) => requests.observe({ method, route, status: String(status) }, seconds),
    job: (name, outcome) => jobs.inc({ name, outcome }),
    sealed: (count) => sealed.set(count),
    text: () => registry.metrics(),
  }
}
