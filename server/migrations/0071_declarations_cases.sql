-- What waits for an office or a supplement becomes a case, with the unit that had it and the clock as it stood: no time is given or taken.
update declarations.declarations set
  work_hours = (decision -> 'outputs' ->> 'workingHours')::numeric,
  respond_hours = (decision -> 'outputs' ->> 'respondHours')::numeric
where decision is not null and procedure <> 'effective';

create temporary table moving on commit drop as
  select d.id as declaration_id, gen_random_uuid() as case_id, gen_random_uuid() as part_id, gen_random_uuid() as clock_id, d.*,
    coalesce(d.review_unit_id, force.id, command.id) as unit_id,
    -- A limit that no decision names is the one of the sample: three workdays.
    coalesce(d.work_hours, 24) as hours, d.state = 'returned' as paused
  from (select * from declarations.declarations where state in ('underReview', 'siteCheckPending', 'returned')) as d
  left join lateral (select u.id from identity.units u where u.kind = 'districtTaskForce' and u.area_code = d.district_code and u.dissolved_at is null order by u.id limit 1) as force on true
  left join lateral (select u.id from identity.units u where u.kind = 'commandCentre' and u.dissolved_at is null order by u.id limit 1) as command on true;
delete from moving where unit_id is null;

insert into cases.cases (id, kind, subject_id, state, waiting_for, title, search_key, opened_at, opened_by, due_at, paused_for, enterprise_id, district_code, street_code, zone_code, department_key, emergency_id, emergency_kind, sample, changed_by, changed_unit_id, changed_at)
  select case_id, 'declaration', declaration_id, state, case when paused then 'firm' else 'office' end,
    enterprise_name || ' ' || workplace_name || ' ' || credit_code, name_key || lower(regexp_replace(workplace_name, '\s', '', 'g')) || lower(credit_code),
    submitted_at, submitted_by, case when paused then '9999-12-31T00:00:00Z' else due_at end, case when paused then 'supplement' end,
    enterprise_id, district_code, street_code, zone_code, department_key, emergency_id, emergency_kind, sample, changed_by, changed_unit_id, changed_at from moving;
insert into cases.parts (id, case_id, kind, step, unit_id, role, state, opened_at, due_at, enterprise_id, district_code, street_code, zone_code, department_key, changed_at)
  select part_id, case_id, 'declaration', 1, unit_id, 'lead', 'open', submitted_at, case when paused then '9999-12-31T00:00:00Z' else due_at end, enterprise_id, district_code, street_code, zone_code, department_key, changed_at from moving;
-- Counted anew by the engine at its next look; until then the limit is the one that was told. One that went up the line stays breached.
insert into cases.clocks (id, case_id, kind, clock, hours, state, started_at, due_at, next_at, breached_at, escalated_at, escalations, enterprise_id, district_code, street_code, zone_code, department_key)
  select clock_id, case_id, 'declaration', 'resolve', hours, case when paused then 'paused' else 'running' end, submitted_at, case when paused then null else due_at end,
    case when paused then null when escalated_at is not null then null else due_at end, escalated_at, escalated_at, case when escalated_at is null then 0 else 1 end, enterprise_id, district_code, street_code, zone_code, department_key from moving;
insert into cases.pauses (id, case_id, reason, begun_at, enterprise_id, district_code, street_code, zone_code, department_key)
  select gen_random_uuid(), case_id, 'supplement', gaps_told_at, enterprise_id, district_code, street_code, zone_code, department_key from moving where paused;
insert into cases.timeline (id, case_id, at, event, side, actor_id, internal, enterprise_id, district_code, street_code, zone_code, department_key)
  select gen_random_uuid(), case_id, submitted_at, 'case.opened', 'firm', submitted_by, false, enterprise_id, district_code, street_code, zone_code, department_key from moving;
insert into base.opened_to (record_id, unit_id, since)
  select record, unit_id, submitted_at from moving cross join lateral (values (case_id), (declaration_id)) as records (record) on conflict do nothing;
