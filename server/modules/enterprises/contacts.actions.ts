// Use cases of a firm's contacts: who they are, adding one by phone, ending one; never the last.
import type { Input, Returns } from '@fugong/contract/base'
import type { addContact, Contact, endContact, listContacts } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { endMembership, enrolContact, listMembers } from '../identity/index.ts'
import { getFirm } from './actions.ts'
import { deedsOnContacts } from './policy.ts'
import { lengthIssues, tidy } from './rules.ts'

export async function listContactsOf(ctx: Ctx, { params }: Input<typeof listContacts>): Promise<Returns<typeof listContacts>> {
  const firm = await getFirm(ctx, params.id)
  return { items: await contactsOf(ctx, firm.id), can: deedsOnContacts(ctx, firm.id) }
}
/** The person is known by their phone from then on; one who is a contact already stays what they are. Only the name typed here is shown. */
export async function addContactTo(ctx: Ctx, { params, body }: Input<typeof addContact>): Promise<Contact> {
  const firm = await getFirm(ctx, params.id)
  const name = tidy(body.name)
  const issues = lengthIssues([{ path: '/name', text: name, limit: 40 }])
  if (issues.length) throw invalid(issues)
  const enrolled = await enrolContact(ctx, firm.id, { phone: body.phone, name })
  if (enrolled === 'refused') throw problem('enterprises.contact_refused')
  if (enrolled === 'full') throw problem('enterprises.too_many_contacts')
  const { personId, added } = enrolled
  if (added) ctx.announce('enterprise.contact_added', { kind: 'enterprise', id: firm.id }, { personId })
  return (await contactsOf(ctx, firm.id)).find((contact) => contact.personId === personId)!
}
/** `identity.not_a_member` and `identity.last_contact` come from there. */
export async function endContactOf(ctx: Ctx, { params }: Input<typeof endContact>): Promise<Returns<typeof endContact>> {
  const firm = await getFirm(ctx, params.id)
  await endMembership(ctx, params.personId, firm.id)
  ctx.announce('enterprise.contact_ended', { kind: 'enterprise', id: firm.id }, { personId: params.personId })
  return { done: true }
}
async function contactsOf(ctx: Ctx, enterpriseId: string): Promise<Contact[]> {
  return (await listMembers(ctx, enterpriseId)).map((member) => ({ ...member, self: member.personId === ctx.actor.personId }))
}
