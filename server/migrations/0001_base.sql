-- The ground: events (audit and outbox), audit blocks, jobs, idempotency keys, dead letters.
create schema base;
grant usage on schema base to fugong_app;

create table base.events (
  id uuid primary key,
  -- The writing transaction: delivery and sealing go by it, below the oldest running one.
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  name text not null,
  subject_kind text not null,
  subject_id text not null,
  actor_kind text not null,
  actor_id uuid,
  unit_id uuid,
  seeing_as text,
  request_id text not null,
  payload jsonb not null
);
create index events_order on base.events (xid, id);
create index events_subject on base.events (subject_kind, subject_id, xid, id);
grant select, insert on base.events to fugong_app;

create table base.audit_blocks (
  no integer primary key,
  xid_to xid8 not null,
  count integer not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null
);
grant select, insert on base.audit_blocks to fugong_app;

-- Append-only by grants and, against the owner's own slips, by trigger.
create function base.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed' using errcode = '42501';
end $$;
create trigger events_append_only before update or delete on base.events for each row execute function base.refuse_change();
create trigger events_no_truncate before truncate on base.events for each statement execute function base.refuse_change();
create trigger blocks_append_only before update or delete on base.audit_blocks for each row execute function base.refuse_change();
create trigger blocks_no_truncate before truncate on base.audit_blocks for each statement execute function base.refuse_change();

-- Where each subscriber stands; kept apart because the audit never changes.
create table base.event_cursors (
  subscriber text primary key,
  xid xid8 not null default '0',
  id uuid not null default '00000000-0000-0000-0000-000000000000',
  tries integer not null default 0,
  retry_at timestamptz not null default 'epoch'
);
grant select, insert, update on base.event_cursors to fugong_app;

create table base.jobs (
  id uuid primary key,
  name text not null,
  payload jsonb,
  run_at timestamptz not null,
  key text,
  attempt integer not null default 0,
  locked_by text,
  heartbeat_at timestamptz
);
create index jobs_due on base.jobs (name, run_at);
create unique index jobs_one_waiting on base.jobs (name, key) where key is not null and locked_by is null;
grant select, update, delete on base.jobs to fugong_app;

-- Any scope may queue; whether the key already waits is not for that scope to read, so the owner looks.
create function base.enqueue(queued jsonb) returns void language sql security definer set search_path = pg_catalog as $$
  insert into base.jobs (id, name, payload, run_at, key)
  select id, name, payload, run_at, key from jsonb_to_recordset(queued) as r(id uuid, name text, payload jsonb, run_at timestamptz, key text)
  on conflict (name, key) where key is not null and locked_by is null do nothing
$$;
revoke execute on function base.enqueue(jsonb) from public;
grant execute on function base.enqueue(jsonb) to fugong_app;

create table base.schedules (name text primary key, next_at timestamptz not null);
grant select, insert, update on base.schedules to fugong_app;

create table base.dead_letters (
  id uuid primary key,
  kind text not null check (kind in ('job', 'event')),
  name text not null,
  -- The job, or the event that was not received.
  reference text not null,
  -- What the job was given, so that it can be tried again.
  payload jsonb,
  error text not null,
  at timestamptz not null
);
create index dead_letters_order on base.dead_letters (at desc, id desc);
grant select, insert, delete on base.dead_letters to fugong_app;

-- A key per intent: the answer is kept, sealed, with the row it made.
create table base.request_keys (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  answer bytea,
  at timestamptz not null,
  primary key (person_id, key)
);
create index request_keys_age on base.request_keys (at);
grant select, insert, update, delete on base.request_keys to fugong_app;

-- Events, jobs and keys are the system's own: other scopes may add, never read.
alter table base.events enable row level security;
create policy read_system on base.events for select using ((select current_setting('app.named', true)) = 'system');
create policy add on base.events for insert with check (true);
alter table base.request_keys enable row level security;
create policy own on base.request_keys using (person_id = nullif((select current_setting('app.person', true)), '')::uuid or (select current_setting('app.named', true)) = 'system');

-- Work and answers of others are not for a request's scope to read.
alter table base.jobs enable row level security;
create policy system_only on base.jobs using ((select current_setting('app.named', true)) = 'system');
alter table base.dead_letters enable row level security;
create policy system_only on base.dead_letters using ((select current_setting('app.named', true)) = 'system');

-- Reference data that was loaded from files, by content.
create table base.loaded_data (name text primary key, hash bytea not null, at timestamptz not null);
grant select, insert, update on base.loaded_data to fugong_app;
