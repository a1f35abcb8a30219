// Actors are kept for less than a second, shared while they are asked for, and never kept when there is none.
import { describe, expect, it } from 'vitest'
import { createActorCache } from './actor-cache.ts'
import { nobody, type Actor } from './auth.ts'

const actor = (name: string): Actor => ({ ...nobody, kind: 'staff', name })
function setUp(answer: (token: string, asked: number) => Promise<Actor | undefined>) {
  let asked = 0
  let at = 0
  const cache = createActorCache((token) => answer(token, ++asked), 900, () => at)
  return { cache, asked: () => asked, pass: (ms: number) => { at += ms } }
}

describe('the actor cache', () => {
  it('asks once within its time and again after it', async () => {
    const { cache, asked, pass } = setUp(async (token, n) => actor(`${token} ${n}`))
    expect((await cache.get('a'))?.name).toBe('a 1')
    pass(899)
    expect((await cache.get('a'))?.name).toBe('a 1')
    pass(1)
    expect((await cache.get('a'))?.name).toBe('a 2')
    expect((await cache.get('b'))?.name).toBe('b 3')
    expect(asked()).toBe(3)
  })
  it('counts the age from the question, not from the answer', async () => {
    let answer: (actor: Actor) => void = () => {}
    const { cache, asked, pass } = setUp(() => new Promise((resolve) => { answer = resolve }))
    const first = cache.get('a')
    pass(800)
    answer(actor('slow'))
    await first
    pass(100)
    void cache.get('a')
    expect(asked()).toBe(2)
  })
  it('shares one question among requests at the same time', async () => {
    const { cache, asked } = setUp(async () => actor('x'))
    await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')])
    expect(asked()).toBe(1)
  })
  it('forgets one token, or all', async () => {
    const { cache, asked } = setUp(async () => actor('x'))
    await cache.get('a')
    await cache.get('b')
    cache.forget('a')
    await cache.get('a')
    await cache.get('b')
    expect(asked()).toBe(3)
    cache.drop()
    await cache.get('a')
    await cache.get('b')
    expect(asked()).toBe(5)
  })
  it('keeps neither an unknown token nor a failure', async () => {
    const { cache, asked } = setUp(async (_token, n) => {
      if (n === 1) return undefined
      if (n === 2) throw new Error('no database')
      return actor('back')
    })
    expect(await cache.get('a')).toBeUndefined()
    await expect(cache.get('a')).rejects.toThrow('no database')
    expect((await cache.get('a'))?.name).toBe('back')
    expect(asked()).toBe(3)
  })
  it('stays bounded', async () => {
    const { cache, asked } = setUp(async () => actor('x'))
    for (let i = 0; i <= 10_000; i++) await cache.get(`t${i}`)
    await cache.get('t10000')
    expect(asked()).toBe(10_001)
    await cache.get('t0')
    expect(asked()).toBe(10_002)
  })
})
