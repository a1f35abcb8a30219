// What a list says of a person, a role and a device.
import { describe, expect, it } from 'vitest'
import { deviceOf, stateOfGrant, statusOf } from './people.ts'

const recovery = { id: '', requestedBy: '', requestedAt: '', reason: '' }
const t = (key: string, params?: Record<string, unknown>) => (params ? `${params['system'] as string}/${params['browser'] as string}` : key)

describe('people', () => {
  it.each([
    [{ active: false, recovery, invited: true }, 'inactive'],
    [{ active: true, recovery, invited: true }, 'recovery'],
    [{ active: true, recovery: null, invited: true }, 'invited'],
    [{ active: true, recovery: null, invited: false }, 'active'],
  ])('status %#', (person, wanted) => expect(statusOf(person)).toBe(wanted))

  it('knows where a grant stands', () => {
    const now = Date.parse('2020-02-24T00:00:00Z')
    expect([stateOfGrant({ inForce: true, from: '2020-02-01T00:00:00Z' }, now), stateOfGrant({ inForce: false, from: '2020-03-01T00:00:00Z' }, now), stateOfGrant({ inForce: false, from: '2020-02-01T00:00:00Z' }, now)]).toEqual(['stateIn', 'stateComing', 'stateEnded'])
  })
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0', 'Windows/Edge'],
    ['Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0', 'Android/me.wechat'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Version/16.0 Mobile/15E148 Safari/604.1', 'iPhone/Safari'],
    ['curl/8.0', 'curl/8.0'],
    ['', 'me.unknownDevice'],
  ])('device %#', (agent, wanted) => expect(deviceOf(agent, t)).toBe(wanted))
})
