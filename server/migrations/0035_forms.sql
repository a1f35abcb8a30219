-- Forms for scenes and industries, the dictionary of fields, and drafts of both.
alter table forms.forms add column applies_to jsonb;

create table forms.dictionary (
  id uuid primary key,
  code text not null check (code ~ '^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$'),
  version integer not null check (version > 0),
  area_code text not null,
  effective_from timestamptz not null,
  body jsonb not null,
  added_at timestamptz not null,
  constraint dictionary_version unique (code, version)
);
-- Policy in force for everyone, never changed once published: no row-level security, no update, no delete.
grant select, insert on forms.dictionary to fugong_app;

create table forms.drafts (
  id uuid primary key,
  what text not null check (what in ('form', 'field')),
  code text not null,
  kind text,
  state text not null default 'draft' check (state in ('draft', 'proposed', 'published', 'rejected', 'discarded')),
  revision integer not null default 1 check (revision > 0),
  body jsonb not null,
  base_version integer,
  note text,
  -- Everyone who wrote on it: none of them may publish it.
  authors uuid[] not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  created_at timestamptz not null,
  proposed_by uuid,
  proposed_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  published_version integer,
  check (decided_by is null or not decided_by = any (authors)),
  check ((state in ('published', 'rejected')) = (decided_at is not null)),
  check ((state = 'published') = (published_version is not null))
);
create index drafts_order on forms.drafts ((state in ('draft', 'proposed')) desc, changed_at desc);
-- Unfinished policy, nothing personal; the right to read forms opens it.
grant select, insert on forms.drafts to fugong_app;
grant update (state, revision, body, note, authors, changed_by, changed_at, proposed_by, proposed_at, decided_by, decided_at, decision_note, published_version) on forms.drafts to fugong_app;
