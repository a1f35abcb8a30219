-- What each submission asked of a firm: questions that were answered by hand and the time they are taken to need.
create table forms.askings (
  id uuid primary key,
  form_code text not null,
  kind text not null,
  version integer not null,
  fields integer not null check (fields >= 0),
  seconds integer not null check (seconds >= 0),
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  at timestamptz not null
);
create index askings_at on forms.askings (at, form_code);
grant select, insert on forms.askings to fugong_app;
