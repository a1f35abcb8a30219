-- Finding firms among half a million: pieces of name, initials and code, orders of the list, and the indexes its filters need.
alter table enterprises.enterprises
  -- Initials of the name in pinyin, in every reading.
  add column initials text not null default '',
  add column size_rank smallint not null generated always as (case size when 'large' then 4 when 'medium' then 3 when 'small' then 2 when 'micro' then 1 else 0 end) stored;
grant update (initials) on enterprises.enterprises to fugong_app;
create index enterprises_pinyin on enterprises.enterprises (name collate "zh-x-icu", id);
create index enterprises_by_size on enterprises.enterprises (size_rank desc, registered_at desc, id desc);
create index enterprises_street on enterprises.enterprises (street_code);
create index enterprises_zone on enterprises.enterprises (zone_code) where zone_code is not null;
create index enterprises_industry on enterprises.enterprises (industry_code, registered_at desc);
create index enterprises_department on enterprises.enterprises (department_key, registered_at desc);
create index enterprises_class on enterprises.enterprises (class) where class <> 'general';
create index enterprises_ended on enterprises.enterprises (state) where state <> 'active';

-- One row for each beginning: a search is one range of an index within the reader's own district or department, of which
-- row-level security approves (operators of patterns and arrays it would not). The index holds all that the policy asks, so
-- that counting reads it alone. Written with the firm and nowhere else: a foreign key would be checked forty times a firm.
drop table enterprises.grams;
create table enterprises.grams (
  gram text collate "C" not null,
  -- The firm's own id for its own area, a workplace's for another area.
  place_id uuid not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department text,
  department_key text generated always as (district_code || '/' || department) stored,
  -- When the firm was registered: the newest of those found are known before any firm is looked at.
  registered_at timestamptz not null
);
create index grams_district on enterprises.grams (district_code, gram) include (enterprise_id, registered_at, street_code, zone_code, department_key);
create index grams_department on enterprises.grams (department_key, gram) include (enterprise_id, registered_at, district_code, street_code, zone_code) where department_key is not null;
create index grams_zone on enterprises.grams (zone_code, gram) include (enterprise_id, registered_at, district_code, street_code, department_key) where zone_code is not null;
create index grams_of on enterprises.grams (enterprise_id);
grant select, insert, delete on enterprises.grams to fugong_app;
grant update (department) on enterprises.grams to fugong_app;

-- Firms that came by the thousand and whose pieces are still to be written.
create table enterprises.unindexed (enterprise_id uuid primary key);
grant select, insert, delete on enterprises.unindexed to fugong_app;

-- Deeds on many firms at once, what became of each, and who of a unit looks after a firm.
create table enterprises.bulk_limits (
  effective_from date primary key,
  most_firms integer not null check (most_firms between 1 and 100000),
  undo_minutes integer not null check (undo_minutes >= 0)
);
grant select, insert, update on enterprises.bulk_limits to fugong_app;

create table enterprises.bulks (
  id uuid primary key,
  person_id uuid not null,
  unit_id uuid not null,
  deed text not null check (deed in ('assign', 'flag', 'message')),
  -- What is done to each: read as a whole, never queried into.
  content jsonb not null,
  state text not null check (state in ('running', 'done', 'undone')),
  count integer not null,
  outside integer not null,
  done integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  undone integer not null default 0,
  begun_at timestamptz not null,
  ended_at timestamptz,
  undo_until timestamptz
);
create index bulks_own on enterprises.bulks (person_id, begun_at desc);
grant select, insert on enterprises.bulks to fugong_app;
grant update (state, done, unchanged, refused, undone, ended_at, undo_until) on enterprises.bulks to fugong_app;

create table enterprises.bulk_items (
  bulk_id uuid not null references enterprises.bulks (id),
  enterprise_id uuid not null references enterprises.enterprises (id),
  person_id uuid not null,
  state text not null check (state in ('waiting', 'done', 'unchanged', 'refused', 'undone')),
  -- The assignment or flag that was made, and who looked after the firm before.
  made uuid,
  before uuid,
  primary key (bulk_id, enterprise_id)
);
create index bulk_items_waiting on enterprises.bulk_items (bulk_id) where state = 'waiting';
grant select, insert on enterprises.bulk_items to fugong_app;
grant update (state, made, before) on enterprises.bulk_items to fugong_app;

-- 联系干部: one person of a unit for a firm, from a moment to a moment.
create table enterprises.assignments (
  id uuid primary key,
  enterprise_id uuid not null references enterprises.enterprises (id),
  unit_id uuid not null,
  person_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz,
  set_by uuid not null,
  ended_by uuid,
  with_firm boolean not null default true,
  check (until_at >= from_at)
);
create unique index assignments_once on enterprises.assignments (enterprise_id, unit_id) where until_at is null;
create index assignments_person on enterprises.assignments (person_id) where until_at is null;
create index assignments_of on enterprises.assignments (enterprise_id, from_at);
grant select, insert on enterprises.assignments to fugong_app;
grant update (until_at, ended_by) on enterprises.assignments to fugong_app;
