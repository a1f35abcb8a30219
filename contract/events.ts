// Names and payloads of events: what is announced in the transaction of a deed, kept as audit entry, delivered as outbox.
/** Payloads name records and fields, never personal values. */
export interface Events {
  'area.community_added': { code: string; street: string }
  'calendar.day_set': { day: string; kind: string }
  'calendar.hours_set': { effectiveFrom: string; from: string; to: string }
  'session.started': { method: 'password' | 'phone' | 'invitation' }
  'session.failed': { method: 'password' | 'phone'; slowed: boolean }
  'session.ended': { reason: 'signed_out' | 'revoked' | 'elsewhere' }
  'session.emergency_chosen': { emergencyId: string }
  'session.seeing_as_started': { role: string; unitId: string; areaCode: string; reason: string }
  'session.seeing_as_stopped': Record<string, never>
  'unit.created': { code: string; kind: string }
  'unit.renamed': Record<string, never>
  'unit.dissolved': { reason: string }
  'person.created': { staff: boolean }
  'person.invitation_accepted': Record<string, never>
  'person.role_granted': { grantId: string; role: string; unitId: string; areaCode: string; until: string | null }
  'person.grant_ended': { grantId: string; reason: string }
  'person.grant_delegated': { grantId: string; to: string; from: string; until: string }
  'person.deactivated': { reason: string }
  'person.recovery_requested': { reason: string }
  'person.recovery_confirmed': Record<string, never>
  'person.recovery_cancelled': Record<string, never>
  'person.phone_changed': Record<string, never>
  'person.password_changed': Record<string, never>
  'emergency.begun': { kind: string; pack: string; packVersion: number }
  'emergency.staged': { stage: string }
  'emergency.ended': { documentNo: string }
  'pack.imported': { code: string; version: number }
  'table.proposed': { code: string; version: number }
  'table.confirmed': { code: string; version: number }
  'table.rejected': { code: string; version: number }
  'table.draft_opened': { code: string; basedOn: number }
  'table.draft_saved': { revision: number; rows: number }
  'table.draft_taken': { revision: number }
  'table.draft_dropped': { code: string }
  'table.trial_started': { code: string; subject: string }
  'table.trial_ended': { state: string; total: number; changed: number }
  'form.draft_opened': { what: 'form' | 'field'; code: string; baseVersion: number | null }
  'form.draft_saved': { code: string; revision: number }
  'form.proposed': { what: 'form' | 'field'; code: string }
  'form.reopened': { code: string }
  'form.draft_discarded': { code: string }
  'form.published': { what: 'form' | 'field'; code: string; version: number }
  'form.rejected': { what: 'form' | 'field'; code: string }
  'file.uploaded': { type: string; size: number; sha256: string }
  'file.scanned': { state: string; signature: string | null }
  'file.removed': { why: 'owner_gone' | 'never_used' | 'refused' }
  'export.requested': { number: string; source: string; format: string; filters: string[]; columns: string[]; personal: string[] }
  'export.approved': { number: string }
  'export.refused': { number: string; reason: string }
  'export.begun': { number: string; source: string; format: string; filters: string[]; columns: string[]; personal: string[] }
  'export.completed': { number: string; rows: number; sha256: string }
  'export.failed': { number: string; failure: string; rows: number }
  'export.cancelled': { number: string }
  'export.taken': { number: string; by: string }
  'export.removed': { number: string; why: 'expired' | 'cancelled' }
  'import.uploaded': { target: string; sha256: string; size: number }
  'import.checking': { target: string; rows: number }
  'import.started': { target: string; rows: number; resumed: boolean }
  /** One for each batch of rows stored; numbers, never values. */
  'import.stored': { target: string; no: number; firstRow: number; lastRow: number; fresh: number; changed: number; unchanged: number; rejected: number }
  'import.finished': { target: string; state: string; rows: number; fresh: number; changed: number; unchanged: number; rejected: number; notData: number; left: number }
  'import.cancelled': { target: string }
  'import.rejects_read': { rows: number }
  'enterprise.registered': { creditCode: string; codeState: string }
  'enterprise.workplace_added': { workplaceId: string }
  'enterprise.code_confirmed': { reason: string }
  'enterprise.contact_added': { personId: string }
  'enterprise.contact_ended': { personId: string }
  'enterprise.changed': { changeId: string; kind: string; fields: string[]; effectiveOn: string; workplaceId: string | null }
  'enterprise.change_planned': { changeId: string; kind: string; effectiveOn: string }
  'enterprise.change_cancelled': { changeId: string; reason: string }
  'enterprise.change_failed': { changeId: string; problem: string }
  'enterprise.department_set': { department: string | null; reason: string }
  'enterprise.flag_set': { flagId: string; code: string; reason: string }
  'enterprise.flag_ended': { flagId: string; code: string; reason: string }
  'enterprise.related': { relationId: string; parentId: string; kind: string }
  'enterprise.relation_ended': { relationId: string; reason: string }
  'project.registered': { enterpriseId: string }
  'project.changed': { fields: string[] }
  'project.section_added': { sectionId: string }
  'project.section_ended': { sectionId: string }
  'person.entered': { enterpriseId: string; workplaceId: string; source: string }
  'person.changed': { fields: string[]; effectiveOn: string }
  'person.moved': { from: string; to: string; effectiveOn: string }
  'people.moved': { moveId: string; to: string; effectiveOn: string; count: number }
  'people.move_undone': { moveId: string; count: number }
  'people.imported': { importId: string; fresh: number; changed: number }
  'people.erased': { why: string; employments: number; persons: number; entries: number; proof: string }
  'person.read': { field: string; office: boolean; byPerson: string }
  'person.entered_self': { workplaceId: string; noticeVersion: number }
  'person.entry_confirmed': { workplaceId: string }
  'person.entry_refused': { workplaceId: string }
  'poster.made': { workplaceId: string }
  'poster.revoked': Record<string, never>
  'keys.rotation_begun': { keys: number; values: number }
  'keys.rotated': { destroyed: string[]; values: number }
  'level.set': { areaCode: string; level: string; effectiveFrom: string; documentNo: string }
  'case.opened': { kind: string; subjectId: string }
  'case.moved': { kind: string; deed: string; state: string }
  'case.ended': { kind: string; state: string }
  'case.part_given': { partId: string; unitId: string; personId: string | null }
  'case.part_moved': { partId: string; from: string; to: string }
  'case.part_closed': { kind: string; result: string }
  'case.commented': { commentId: string; mentioned: number }
  'case.pressed': { parts: string[] }
  'case.handed_over': { unitId: string | null; to: string | null; parts: number }
  'case.reminded': { clock: string }
  'case.breached': { clock: string; outcome: string }
  'case.escalated': { clock: string; unitId: string; step: number }
  'case.recounted': { cases: number; changed: number }
  'certificate.issued': { number: string; declarationId: string }
  'certificate.suspended': { reason: string; orderNo: string | null }
  'certificate.resumed': { reason: string }
  'certificate.revoked': { reason: string }
  'certificate.corrected': { fields: string[] }
  'certificate.reminded': { day: string }
  'certificate.superseded': { by: string }
  'certificate.expired': { declarationId: string }
  'certificate.withdrawn': { reason: string }
  'certificate.closed': { reason: string }
  'certificate.printed': { no: number; layout: string }
  'certificate.batch_begun': { number: string; layout: string; filters: string[]; chosen: number | null }
  'certificate.batch_ended': { number: string; state: string; done: number }
  'certificate.batch_taken': { number: string }
  'certificate.key_made': { key: string; reason: string | null }
  'certificate.key_revoked': { key: string; reason: string }
  'certificate.seal_proposed': { unitId: string; effectiveFrom: string }
  'certificate.seal_decided': { unitId: string; confirmed: boolean; reason: string }
  'declaration.opened': { enterpriseId: string; workplaceId: string }
  'declaration.saved': { fields: string[] }
  'declaration.submitted': { procedure: string; level: string | null; table: string; version: number; row: string }
  'declaration.resubmitted': { procedure: string; level: string | null; table: string; version: number; row: string }
  'declaration.filed': { certificateId: string; by: 'submission' | 'review' | 'site_check' | 'overdue' | 'judged_anew' | 'appeal' }
  /** `list` beyond 1 counts against the unit. */
  'declaration.returned': { gaps: number; list: number; unitId: string | null }
  'declaration.step_passed': { unitId: string | null }
  'declaration.judged_anew': { from: string | null; to: string | null; procedure: string; table: string; version: number; row: string }
  'declaration.visit_set': { at: string }
  'declaration.film_sent': { files: number }
  'declaration.moved': { from: string; to: string }
  'declaration.appealed': { appealId: string; unitId: string }
  'declaration.appeal_decided': { appealId: string; outcome: string }
  'declaration.appeal_withdrawn': { appealId: string }
  'declaration.rejected': Record<string, never>
  'declaration.corrected': { no: number; fields: string[] }
  'declaration.standing_changed': { from: string; to: string; certificateId: string }
  'declaration.accepted': { next: 'filed' | 'siteCheckPending' }
  'declaration.site_checked': { result: string }
  'declaration.withdrawn': Record<string, never>
  'declaration.escalated': { to: string }
  'declaration.accepted_overdue': Record<string, never>
  'health.phone_bound': { employmentId: string; workplaceId: string; relation: string; noticeVersion: number }
  /** The roster has no number: the firm decides. */
  'health.binding_asked': { employmentId: string; workplaceId: string; relation: string }
  /** A clerk reported in the name of the firm. */
  'health.reported_for': { day: string; slot: number; version: number }
  'health.gate_made': { workplaceId: string }
  'health.gate_revoked': Record<string, never>
  'health.binding_refused': { employmentId: string }
  /** Somebody looked at what is held of them. */
  'health.own_record_read': { relation: string }
  /** What somebody said was opened for their own phone. */
  'health.own_answers_read': { day: string; slot: number }
  /** `why`: the person, the firm, or a newer phone in its place. */
  'health.phone_unbound': { employmentId: string; why: 'self' | 'firm' | 'newer' }
  'health.day_erased': { reports: number; envelopes: number; proof: string }
  'health.signals_found': { districtCode: string; count: number }
  'health.signal_checked': { what: string }
  'health.status_changed': { source: string }
  /** Stage 1 people, 2 the firm, 3 its office. */
  'health.reminded': { day: string; stage: number; missing: number }
  'health.day_handed_over': { day: string; no: number; expected: number; reported: number; late: boolean; hash: string }
  /** The signed root over everything accepted on a day. */
  'health.day_closed': { count: number; root: string; keyId: string }
  /** One for each batch of daily reports; `root` is the hash over its receipts. */
  'health.reports_accepted': { batch: number; count: number; root: string }
  'alert.opened': { kind: string }
  'alert.step_done': { step: string }
  'alert.traced': { ways: string[]; contacts: number }
  'alert.observed': { people: number; until: string }
  /** `how`: released by a named person, lifted by an appeal or a change, answered by the firm, lapsed with a normal report. */
  'alert.ended': { how: string }
  'alert.change_proposed': { changeId: string; until: string }
  'alert.change_decided': { changeId: string; agreed: boolean }
  'alert.appeal_opened': Record<string, never>
  'alert.appeal_decided': { outcome: string }
  'outbreak.confirmed': { workplaceId: string }
  'outbreak.stopped': { orderId: string }
  'outbreak.controlled': { cleanDays: number }
  'outbreak.resumed': Record<string, never>
  'order.issued': { declarationId: string; certificateId: string; items: number; deadline: string }
  'order.item_answered': { position: number; files: number }
  'order.handed_in': { items: number }
  'order.returned': { items: number; deadline: string }
  'order.resumed': { certificateId: string }
  'order.revocation_proposed': { certificateId: string }
  'order.revocation_refused': Record<string, never>
  'order.revoked': { certificateId: string; proposedBy: string }
  'order.deadline_passed': { deadline: string }
  'order.lapsed': { certificateId: string }
  'spotcheck.draw_committed': { areaCode: string; drawAt: string; commitment: string }
  'spotcheck.list_frozen': { listHash: string; count: number }
  'spotcheck.block_awaited': { after: number }
  'spotcheck.drawn': { blockNo: number; drawn: number }
  'spotcheck.visited': { result: string; orderId: string | null }
  'spotcheck.reported': { files: number }
  'spotcheck.lapsed': Record<string, never>
  'batch.plan_opened': { unitId: string; areaCode: string; emergencyId: string; batches: number }
  'batch.plan_changed': { fields: string[] }
  'batch.plan_ended': { reason: string; firms: number }
  'batch.slot_added': { batchId: string; day: string }
  'batch.slot_changed': { batchId: string; fields: string[] }
  'batch.slot_removed': { batchId: string; day: string }
  'batch.firms_added': { added: number; taken: number; outside: number; own: number; unknown: number }
  'batch.firms_moved': { count: number; to: string | null }
  'batch.firms_dropped': { count: number; reason: string }
  'batch.order_proposed': { count: number; unplaced: number; anew: boolean }
  'batch.deed_undone': { deedId: string; undone: number }
  'batch.firms_invited': { batchId: string; day: string; count: number }
  'batch.answered': { planId: string; answer: string }
  'complex.registered': { operatorId: string; districtCode: string }
  'complex.changed': { fields: string[] }
  'complex.tenants_added': { added: number; changed: number }
  'complex.tenant_ended': { tenantId: string }
  'complex.filing_opened': { complexId: string; emergencyId: string }
  'complex.filing_saved': { fields: string[] }
  'complex.tenants_asked': { asked: number }
  'complex.filing_closed': Record<string, never>
  'complex.tenant_left_out': { tenantId: string; reason: string }
  'complex.tenant_confirmed': { tenantId: string; declarationId: string }
  'complex.tenant_objected': { tenantId: string }
  'dead_letter.retried': { kind: 'job' | 'event'; name: string; reference: string }
  'dead_letter.settled': { kind: 'job' | 'event'; name: string; reference: string; reason: string }
  'view.saved': { list: string; shared: boolean }
  'view.removed': { list: string }
  'view.default_chosen': { list: string }
  'notice.sent': { firms: number; people: number; sms: boolean }
  'notice.told': { template: string; about: string; aboutId: string; people: number; robots: number }
  'notice.read': Record<string, never>
  'notice.template_proposed': { code: string; version: number }
  'notice.template_confirmed': { code: string; version: number }
  'notice.template_rejected': { code: string; version: number }
  'notice.robot_added': { unitId: string; format: string }
  'notice.robot_changed': { fields: string[] }
  'notice.robot_removed': Record<string, never>
  'notice.robot_tested': Record<string, never>
  'notice.preferences_set': { kinds: string[] }
  'notice.all_read': { count: number }
  'enterprise.bulk_begun': { deed: string; count: number; outside: number }
  'enterprise.bulk_ended': { deed: string; done: number; unchanged: number; refused: number }
  'enterprise.bulk_undone': { deed: string; undone: number }
  'enterprise.assigned': { unitId: string; personId: string | null }
  'enterprise.found_by_phone': { found: number }
  'record.read': { what: string; reason: string | null; count: number }
}
export type EventName = keyof Events
/** An event as a subscriber receives it. */
export interface AnnouncedEvent<N extends EventName = EventName> {
  id: string
  name: N
  /** What it happened to: kind such as `declaration`, and its id. */
  subject: { kind: string; id: string }
  at: string
  actor: { kind: string; id: string | null; unitId: string | null }
  payload: Events[N]
}
