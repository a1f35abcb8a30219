-- The day of daily reports: who is expected where, what a person's colour is now, what was missed, reminders sent, days handed over.
alter table health.subjects
  -- Whether the roster's state asks for a report each day.
  add expected boolean not null default true,
  add since date not null default current_date,
  -- Up to which day `missed` is counted.
  add missed_on date,
  -- The colour now: 0 green to 3 red. Rows of health.statuses tell how it came to be.
  add level smallint not null default 0 check (level between 0 and 3);
create index subjects_raised on health.subjects (district_code) where level > 0 and active;

-- How many are expected at a workplace, kept by the statement that writes subjects.
create table health.places (
  workplace_id uuid primary key,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  people integer not null,
  twice integer not null
);
create index places_enterprise on health.places (enterprise_id);
create index places_district on health.places (district_code, enterprise_id);
grant select, insert, update, delete on health.places to fugong_app;

create function health.count_places() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' then
    update health.places p set people = p.people - g.people, twice = p.twice - g.twice
      from (select workplace_id, count(*) filter (where active and expected)::integer as people, count(*) filter (where active and expected and twice)::integer as twice from gone group by workplace_id) g
      where p.workplace_id = g.workplace_id;
  elsif tg_op = 'INSERT' then
    insert into health.places as p (workplace_id, enterprise_id, district_code, street_code, zone_code, people, twice)
      select workplace_id, (array_agg(enterprise_id))[1], max(district_code), max(street_code), max(zone_code), count(*) filter (where active and expected), count(*) filter (where active and expected and twice) from arrived group by workplace_id order by workplace_id
      on conflict (workplace_id) do update set people = p.people + excluded.people, twice = p.twice + excluded.twice, district_code = excluded.district_code, street_code = excluded.street_code, zone_code = excluded.zone_code;
  else
    insert into health.places as p (workplace_id, enterprise_id, district_code, street_code, zone_code, people, twice)
      select workplace_id, (array_agg(enterprise_id))[1], coalesce(max(district_code) filter (where n = 1), max(district_code)), coalesce(max(street_code) filter (where n = 1), max(street_code)), max(zone_code) filter (where n = 1),
          coalesce(sum(n) filter (where active and expected), 0), coalesce(sum(n) filter (where active and expected and twice), 0)
        from (select 1 as n, workplace_id, enterprise_id, district_code, street_code, zone_code, active, expected, twice from arrived
          union all select -1, workplace_id, enterprise_id, district_code, street_code, zone_code, active, expected, twice from gone) both_ways
        group by workplace_id
        -- A change of colour alone moves nobody: it must not wait for the row of a large workplace.
        having coalesce(sum(n) filter (where active and expected), 0) <> 0 or coalesce(sum(n) filter (where active and expected and twice), 0) <> 0
          or min(street_code) <> max(street_code) or min(district_code) <> max(district_code) or min(coalesce(zone_code, '')) <> max(coalesce(zone_code, ''))
        order by workplace_id
      on conflict (workplace_id) do update set people = p.people + excluded.people, twice = p.twice + excluded.twice, district_code = excluded.district_code, street_code = excluded.street_code, zone_code = excluded.zone_code;
  end if;
  return null;
end $$;
create trigger subjects_arrived after insert on health.subjects referencing new table as arrived for each statement execute function health.count_places();
create trigger subjects_gone after delete on health.subjects referencing old table as gone for each statement execute function health.count_places();
create trigger subjects_changed after update on health.subjects referencing old table as gone new table as arrived for each statement execute function health.count_places();
insert into health.places (workplace_id, enterprise_id, district_code, street_code, zone_code, people, twice)
  select workplace_id, (array_agg(enterprise_id))[1], max(district_code), max(street_code), max(zone_code), count(*) filter (where active and expected), count(*) filter (where active and expected and twice) from health.subjects group by workplace_id;

-- Which stage of reminding a firm has had on a day: 1 its people, 2 the firm, 3 the unit that answers for it.
create table health.reminders (
  enterprise_id uuid not null,
  day date not null,
  stage smallint not null check (stage between 1 and 3),
  at timestamptz not null,
  -- How many had not reported then.
  missing integer not null,
  -- Up to which employment people were written to; null when all were.
  after_id uuid,
  done boolean not null default false,
  primary key (enterprise_id, day, stage)
);
create index reminders_open on health.reminders (day) where not done;
grant select, insert, update on health.reminders to fugong_app;

-- A firm's day as it was handed over: what was counted, in words, and a hash over the list behind it.
create table health.handovers (
  enterprise_id uuid not null,
  day date not null,
  no smallint not null,
  expected integer not null,
  reported integer not null,
  may_work integer not null,
  not_yet integer not null,
  missing integer not null,
  late boolean not null,
  sentence_zh text not null,
  sentence_en text not null,
  -- sha256 of the sentence and of every person's line.
  hash bytea not null,
  signed_by uuid not null,
  signed_at timestamptz not null,
  primary key (enterprise_id, day, no)
);
create index handovers_day on health.handovers (day, enterprise_id);
grant select, insert on health.handovers to fugong_app;

-- Work that is done once for a day: which was begun.
create table health.sweeps (
  what text not null,
  day date not null,
  begun_at timestamptz not null,
  primary key (what, day)
);
grant select, insert on health.sweeps to fugong_app;
