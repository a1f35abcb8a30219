-- Files that people hand in: what lies on disk, whose it is, and to which row it belongs once it is attached.
create schema files;
grant usage on schema files to fugong_app;

create table files.files (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 120),
  type text not null,
  size integer not null check (size > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Below the folder for files: two random characters, a slash, thirty more.
  path text not null unique check (path ~ '^[0-9a-f]{2}/[0-9a-f]{30}$'),
  state text not null check (state in ('quarantined', 'ready', 'refused')),
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  owner_kind text,
  owner_id uuid,
  enterprise_id uuid,
  district_code text,
  street_code text,
  zone_code text,
  department_key text,
  -- The uploader's own hold on a file ends when it is attached: from then on whoever may see its owner may see it,
  -- and a contact who has left the firm no longer does.
  held_by uuid generated always as (case when owner_id is null then uploaded_by end) stored,
  check ((owner_kind is null) = (owner_id is null)),
  check (owner_id is not null or (enterprise_id is null and district_code is null and street_code is null and zone_code is null and department_key is null))
);
create index files_unattached on files.files (uploaded_at) where owner_id is null;
create index files_held on files.files (held_by) where held_by is not null;
create index files_owner on files.files (owner_kind, owner_id);
-- Rows go only as forgotten uploads; what was uploaded is never rewritten, only given an owner and a state.
grant select, insert, delete on files.files to fugong_app;
grant update (state, owner_kind, owner_id, enterprise_id, district_code, street_code, zone_code, department_key) on files.files to fugong_app;
