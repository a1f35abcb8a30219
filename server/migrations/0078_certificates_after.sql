-- The text of a certificate follows corrections of its declaration; firms are told once before its last day.
alter table certificates.certificates add column reminded_at timestamptz;
alter table certificates.history drop constraint history_event_check;
alter table certificates.history add constraint history_event_check check (event in ('issued', 'corrected', 'suspended', 'resumed', 'revoked', 'superseded', 'expired', 'withdrawn', 'closed'));
create index certificates_to_remind on certificates.certificates (valid_until, id) where valid_until is not null and state in ('valid', 'suspended') and reminded_at is null;
grant update (reminded_at, enterprise_name, name_key, workplace_name, address, planned_date) on certificates.certificates to fugong_app;
grant delete on certificates.grams to fugong_app;

-- What a certificate says changes by a correction alone: its newest line of history is one, written in this transaction (a line in progress that we can see is our own).
create function certificates.keep_text() returns trigger language plpgsql as $$
begin
  if (select h.event = 'corrected' and pg_xact_status((((pg_current_xact_id()::text::bigint >> 32 << 32) + h.xmin::text::bigint)::text)::xid8) = 'in progress'
      from certificates.history h where h.certificate_id = new.id order by h.no desc limit 1) is not true then
    raise exception 'permission denied: what a certificate says changes by a correction alone';
  end if;
  return new;
end $$;
create trigger certificates_text before update of enterprise_name, name_key, workplace_name, address, planned_date on certificates.certificates for each row execute function certificates.keep_text();
