-- Administrative areas and development zones of the city.
create schema areas;
grant usage on schema areas to fugong_app;

create table areas.areas (
  code text primary key check (code ~ '^\d{6}(\d{3}(\d{3})?)?$'),
  kind text not null check (kind in ('province', 'city', 'district', 'devZone', 'street', 'community')),
  parent text references areas.areas (code),
  -- Districts in which a development zone lies.
  hosts text[] not null default '{}',
  name_zh text not null,
  name_en text not null,
  sample boolean not null default false
);
create index areas_parent on areas.areas (parent);
-- Areas are public facts: no row-level security.
grant select, insert, update on areas.areas to fugong_app;
