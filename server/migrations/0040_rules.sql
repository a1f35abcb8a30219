-- Tables as they are edited: drafts, trials against the register, and proposals that take effect on confirmation.
create table rules.drafts (
  id uuid primary key,
  code text not null,
  kind text,
  area_code text not null,
  based_on integer not null,
  -- May be faulty: only its shape is held.
  body jsonb not null,
  revision integer not null check (revision > 0),
  owner uuid not null,
  created_at timestamptz not null,
  saved_by uuid not null,
  saved_at timestamptz not null,
  constraint rules_drafts_one unique nulls not distinct (code, kind, area_code)
);
-- Drafts hold policy, nothing personal; who may write one is decided in the room.
grant select, insert, delete on rules.drafts to fugong_app;
grant update (body, revision, owner, saved_by, saved_at) on rules.drafts to fugong_app;

alter table rules.proposals
  add column immediate boolean not null default false,
  add column based_on integer;

create table rules.trials (
  id uuid primary key,
  code text not null,
  kind text,
  area_code text not null,
  -- The table as it was when the trial began.
  body jsonb not null,
  immediate boolean not null,
  subject text not null check (subject in ('enterprise', 'declaration')),
  draft_id uuid,
  proposal_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  total integer,
  done integer not null default 0,
  changed integer not null default 0,
  unreached integer not null default 0,
  -- The last thing tried; the next page begins after it.
  mark uuid,
  outcomes jsonb not null default '[]',
  started_by uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  check ((state in ('done', 'stopped', 'failed')) = (ended_at is not null))
);
create index trials_of_draft on rules.trials (draft_id, started_at desc) where draft_id is not null;
create index trials_of_proposal on rules.trials (proposal_id, started_at desc) where proposal_id is not null;
grant select, insert, delete on rules.trials to fugong_app;
grant update (proposal_id, state, total, done, changed, unreached, mark, outcomes, ended_at) on rules.trials to fugong_app;

-- Some of the things a trial changes, by identifier only: their names are read within the reader's own scope.
create table rules.trial_changes (
  trial_id uuid not null references rules.trials (id) on delete cascade,
  subject_id uuid not null,
  area_code text not null,
  before jsonb,
  after jsonb,
  row_id text,
  primary key (trial_id, subject_id)
);
grant select, insert, delete on rules.trial_changes to fugong_app;
