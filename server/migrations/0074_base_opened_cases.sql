-- Units with a part in a case that was taken over reach case and record, as they reach those that are opened from now on.
insert into base.opened_to (record_id, unit_id, since)
  select record, p.unit_id, c.opened_at from cases.cases c join cases.parts p on p.case_id = c.id cross join lateral (values (c.id), (c.subject_id)) as records (record) on conflict do nothing;
