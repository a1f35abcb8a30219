-- What becomes of a certificate after filing: superseded, expired, withdrawn, closed; stop-work orders; until when it holds and by what it was decided.
alter table certificates.certificates drop constraint certificates_state_check;
alter table certificates.certificates add constraint certificates_state_check check (state in ('valid', 'suspended', 'revoked', 'superseded', 'expired', 'withdrawn', 'closed'));
alter table certificates.history drop constraint history_event_check;
alter table certificates.history add constraint history_event_check check (event in ('issued', 'suspended', 'resumed', 'revoked', 'superseded', 'expired', 'withdrawn', 'closed'));

alter table certificates.certificates
  -- The stop-work order by which it is suspended; only the end of the order ends the suspension.
  add column order_no text,
  -- The certificate that took its place.
  add column superseded_by uuid references certificates.certificates (id),
  -- The last day on which it holds; none when it is open-ended.
  add column valid_until date,
  -- Level and procedure at the time of decision; unknown for those issued before they were kept here, a level also when the area was not listed.
  add column level text check (level in ('none', 'low', 'medium', 'high')),
  add column procedure text check (procedure in ('effective', 'review', 'reviewAndSite')),
  -- The unit that answers for it, as it was called then.
  add column unit_id uuid,
  add column unit_zh text,
  add column unit_en text,
  add constraint certificates_order_suspends check (order_no is null or state = 'suspended'),
  add constraint certificates_superseded check ((superseded_by is not null) = (state = 'superseded'));
alter table certificates.history add column order_no text;
create index certificates_due on certificates.certificates (valid_until) where valid_until is not null and state in ('valid', 'suspended');
grant update (order_no, superseded_by) on certificates.certificates to fugong_app;
