-- The working calendar: days that depart from Monday to Friday, and the hours during which clocks run.
create schema calendars;
grant usage on schema calendars to fugong_app;

create table calendars.days (
  day date primary key,
  -- 'weekday_rule' keeps an administrator's removal, so that loading the published file again does not undo it.
  kind text not null check (kind in ('holiday', 'workday', 'weekday_rule')),
  name_zh text not null,
  name_en text not null,
  source text not null check (source in ('official', 'administrator'))
);
-- Public facts: no row-level security. Days that left the published file are removed; every deed is in the audit.
grant select, insert, update, delete on calendars.days to fugong_app;

create table calendars.hours (
  effective_from date primary key,
  opens text not null check (opens ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  closes text not null check (closes ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  check (opens < closes)
);
grant select, insert, update on calendars.hours to fugong_app;
