-- Who acts: units, people, roles granted for a unit and an area, credentials, sessions, one-time codes and links.
create schema identity;
grant usage on schema identity to fugong_app;

-- Organisation units are public facts of the administration: no row-level security.
create table identity.units (
  id uuid primary key,
  code text not null,
  kind text not null check (kind in ('commandCentre', 'department', 'districtTaskForce', 'zoneCommittee', 'streetOffice')),
  department text check ((kind = 'department') = (department is not null)),
  area_code text not null,
  parent_id uuid references identity.units (id),
  name_zh text not null,
  name_en text not null,
  dissolved_at timestamptz,
  sample boolean not null default false
);
create unique index units_code on identity.units (code);
create index units_area on identity.units (area_code, kind);
grant select, insert on identity.units to fugong_app;
grant update (name_zh, name_en, dissolved_at) on identity.units to fugong_app;

-- Staff have a username, contacts of firms a phone; a person may have both.
create table identity.people (
  id uuid primary key,
  name text not null,
  username text,
  phone_sealed bytea,
  phone_index bytea,
  phone_masked text,
  active boolean not null default true,
  created_at timestamptz not null,
  check (username is not null or phone_index is not null),
  check ((phone_sealed is null) = (phone_index is null) and (phone_sealed is null) = (phone_masked is null))
);
create unique index people_username on identity.people (username);
create unique index people_phone on identity.people (phone_index);
grant select, insert on identity.people to fugong_app;
grant update (name, phone_sealed, phone_index, phone_masked, active) on identity.people to fugong_app;

create table identity.credentials (
  person_id uuid primary key references identity.people (id),
  password_hash text not null,
  totp_sealed bytea not null,
  -- The last time step whose code was taken: it and older ones are refused.
  totp_step bigint not null default 0,
  set_at timestamptz not null
);
grant select, insert, update, delete on identity.credentials to fugong_app;

-- Append-only but for their end: who held which role when stays readable.
create table identity.grants (
  id uuid primary key,
  person_id uuid not null references identity.people (id),
  role text not null check (role in ('administrator', 'commander', 'reviewer', 'departmentOfficer', 'specialist', 'communityWorker')),
  unit_id uuid not null references identity.units (id),
  area_code text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  delegated_from uuid references identity.grants (id),
  given_by uuid references identity.people (id),
  given_at timestamptz not null,
  reason text,
  ended_at timestamptz,
  ended_by uuid references identity.people (id),
  end_reason text,
  check (until_at > from_at)
);
create index grants_person on identity.grants (person_id);
create index grants_unit on identity.grants (unit_id);
create index grants_role on identity.grants (role) where ended_at is null;
grant select, insert on identity.grants to fugong_app;
grant update (ended_at, ended_by, end_reason) on identity.grants to fugong_app;

-- Contacts of firms; the firm itself is a row of a higher room, so its id is not a foreign key.
create table identity.memberships (
  id uuid primary key,
  person_id uuid not null references identity.people (id),
  enterprise_id uuid not null,
  -- As whoever enrolled them wrote it: a firm learns no name that it did not give itself.
  name text not null,
  since timestamptz not null,
  ended_at timestamptz
);
create unique index memberships_once on identity.memberships (enterprise_id, person_id) where ended_at is null;
create index memberships_person on identity.memberships (person_id) where ended_at is null;
grant select, insert on identity.memberships to fugong_app;
grant update (ended_at) on identity.memberships to fugong_app;

create table identity.sessions (
  id uuid primary key,
  -- SHA-256 of the secret in the cookie; the secret itself is nowhere here.
  token_hash bytea not null,
  person_id uuid not null references identity.people (id),
  -- A session opened by phone carries no staff role: a text message is not enough for one.
  method text not null check (method in ('password', 'phone', 'invitation')),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  agent text not null,
  revoked_at timestamptz,
  emergency_id uuid,
  seeing_as jsonb
);
create unique index sessions_token on identity.sessions (token_hash);
create index sessions_person on identity.sessions (person_id);
create index sessions_expiry on identity.sessions (expires_at);
grant select, insert, delete on identity.sessions to fugong_app;
grant update (last_seen_at, revoked_at, emergency_id, seeing_as) on identity.sessions to fugong_app;

-- One live code per phone: a new one takes the row of the old one.
create table identity.phone_codes (
  phone_index bytea primary key,
  code_hash bytea not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries smallint not null default 0,
  used_at timestamptz
);
create index phone_codes_expiry on identity.phone_codes (expires_at);
grant select, insert, update, delete on identity.phone_codes to fugong_app;

-- Codes sent in the hour that began at hour_at: to a phone at the wish of one network, and of all networks unknown to it; keys are blind indexes.
create table identity.code_hours (
  key bytea primary key,
  hour_at timestamptz not null,
  sent smallint not null
);
create index code_hours_age on identity.code_hours (hour_at);
grant select, insert, update, delete on identity.code_hours to fugong_app;

-- Failures per account and address, per address and per account; keys are blind indexes.
create table identity.sign_in_tries (
  key bytea primary key,
  failures integer not null default 0,
  last_at timestamptz not null,
  -- Set once the account signed in from here; such an address is not slowed by failures elsewhere.
  known_at timestamptz
);
create index sign_in_tries_age on identity.sign_in_tries (last_at);
grant select, insert, update, delete on identity.sign_in_tries to fugong_app;

create table identity.invitations (
  id uuid primary key,
  token_hash bytea not null,
  person_id uuid not null references identity.people (id),
  purpose text not null check (purpose in ('first', 'recovery')),
  totp_sealed bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  tries smallint not null default 0
);
create unique index invitations_token on identity.invitations (token_hash);
create unique index invitations_open on identity.invitations (person_id) where used_at is null;
grant select, insert, update, delete on identity.invitations to fugong_app;

create table identity.recoveries (
  id uuid primary key,
  person_id uuid not null references identity.people (id),
  requested_by uuid not null references identity.people (id),
  requested_at timestamptz not null,
  reason text not null,
  confirmed_by uuid references identity.people (id),
  closed_at timestamptz,
  -- Neither administrator is the person concerned, and they are two.
  check (requested_by <> person_id and confirmed_by <> person_id and confirmed_by <> requested_by)
);
create unique index recoveries_open on identity.recoveries (person_id) where closed_at is null;
grant select, insert on identity.recoveries to fugong_app;
grant update (confirmed_by, closed_at) on identity.recoveries to fugong_app;

-- Passwords of the sample city's fictional people, sealed; holds no row in any real city.
create table identity.sample_credentials (
  person_id uuid primary key references identity.people (id),
  password_sealed bytea not null
);
grant select, insert, update on identity.sample_credentials to fugong_app;
