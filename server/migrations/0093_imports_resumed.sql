-- Imports say when their work was stopped in the middle, and from which row of the file it went on.
alter table imports.imports
  add column resumed_times integer not null default 0,
  add column resumed_row integer,
  add column resumed_at timestamptz;
