-- Units that were let in to a record although it lies outside their areas: a part in a case, a task handed on.
create table base.opened_to (
  record_id uuid not null,
  unit_id uuid not null,
  since timestamptz not null,
  primary key (record_id, unit_id)
);
create index opened_to_unit on base.opened_to (unit_id, record_id);
grant select, insert on base.opened_to to fugong_app;
