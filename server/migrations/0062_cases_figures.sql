-- Figures of clocks kept: whether a clock ever stood still is kept with it, so that a quarter of a unit is read from one index.
alter table cases.clocks add column paused_once boolean not null default false;
drop index cases.clocks_kept;
create index clocks_kept on cases.clocks (unit_id, stopped_at) include (clock, kind, kept, paused_once) where state = 'stopped';
