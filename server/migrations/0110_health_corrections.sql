-- Corrections: a row of reports is what stands, in its latest version; a trigger keeps each earlier one, whoever writes.
alter table health.reports add version smallint not null default 1 check (version > 0);
grant update (workplace_id, level, rule, position, binding_id, batch_id, accepted_at, commitment, version) on health.reports to fugong_app;

-- Versions that were corrected later; nothing changes or removes them but the erasing of their day.
create table health.superseded (
  enterprise_id uuid not null,
  employment_id uuid not null,
  day date not null,
  slot smallint not null,
  version smallint not null,
  workplace_id uuid not null,
  level smallint not null,
  rule smallint not null,
  position smallint not null,
  binding_id uuid,
  batch_id bigint not null,
  accepted_at timestamptz not null,
  commitment bytea not null,
  primary key (enterprise_id, employment_id, day, slot, version)
);
create index superseded_day on health.superseded (day);
grant select, insert on health.superseded to fugong_app;

create function health.keep_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.version <> old.version + 1 then raise exception 'a correction is the next version'; end if;
  insert into health.superseded (enterprise_id, employment_id, day, slot, version, workplace_id, level, rule, position, binding_id, batch_id, accepted_at, commitment)
  values (old.enterprise_id, old.employment_id, old.day, old.slot, old.version, old.workplace_id, old.level, old.rule, old.position, old.binding_id, old.batch_id, old.accepted_at, old.commitment);
  return new;
end $$;
create trigger keep_version before update on health.reports for each row execute function health.keep_version();

-- What each entry of a batch adds; null is one each. A correction takes one from the cell where its person stood.
alter table health.deltas add amounts smallint[];

-- As before, and earlier versions go with their day.
create or replace function health.drop_day(wanted date) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  suffix text := to_char(wanted, 'YYYYMMDD');
  gone bigint := 0;
begin
  perform pg_advisory_xact_lock(790, extract(epoch from wanted)::integer / 86400);
  if to_regclass('health.reports_' || suffix) is not null then
    execute format('select count(*) from health.%I', 'reports_' || suffix) into gone;
    execute format('drop table health.%I', 'reports_' || suffix);
    execute format('drop table health.%I', 'envelopes_' || suffix);
  end if;
  delete from health.superseded where day = wanted;
  delete from health.day_keys where day = wanted;
  return gone;
end $$;
