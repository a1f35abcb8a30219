-- Reports for others: one binding for each clerk or gate and person, and thermometers with keys of their own.
create unique index bindings_stand_in on health.bindings (device_id, employment_id, relation) where relation in ('clerk', 'gate') and revoked_at is null;

create table health.gates (
  id uuid primary key,
  enterprise_id uuid not null,
  workplace_id uuid not null,
  name text not null,
  -- A keyed hash: the key itself is shown once and kept nowhere.
  key_hash bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  last_at timestamptz,
  -- The minute that is counted, and how many readings it had.
  minute timestamptz,
  readings integer not null default 0
);
create index gates_enterprise on health.gates (enterprise_id, made_at);
grant select, insert on health.gates to fugong_app;
grant update (revoked_at, last_at, minute, readings) on health.gates to fugong_app;
