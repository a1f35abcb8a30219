-- The text of a certificate follows corrections of its declaration; firms are told once before its last day.
alter table certificates.certificates add column reminded_at timestamptz;
alter table certificates.history drop constraint history_event_check;
alter table certificates.history add constraint history_event_check check (event in ('issued', 'corrected', 'suspended', 'resumed', 'revoked', 'superseded', 'expired', 'withdrawn', 'closed'));
create index certificates_to_remind on certificates.certificates (valid_until, id) where valid_until is not null and state in ('valid', 'suspended') and reminded_at is null;
grant update (reminded_at, enterprise_name, name_key, workplace_name, address, planned_date) on certificates.certificates to fugong_app;
grant delete on certificates.grams to fugong_app;
