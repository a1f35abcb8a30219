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
  department_key text generated always as (district_code || '/' || department) stored
);
create index grams_district on enterprises.grams (district_code, gram) include (enterprise_id, street_code, zone_code, department_key);
create index grams_department on enterprises.grams (department_key, gram) include (enterprise_id, district_code, street_code, zone_code) where department_key is not null;
create index grams_zone on enterprises.grams (zone_code, gram) include (enterprise_id, district_code, street_code, department_key) where zone_code is not null;
create index grams_of on enterprises.grams (enterprise_id);
grant select, insert, delete on enterprises.grams to fugong_app;
grant update (department) on enterprises.grams to fugong_app;
