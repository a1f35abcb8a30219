-- Claims from a poster that the firm decides on, where its roster has no number; and for whom a phone reports.
alter table health.binding_asks
  add relation text not null default 'self' check (relation in ('self', 'family')),
  -- Null where a code decides.
  add approval text check (approval in ('waiting', 'approved', 'refused')),
  add reason text,
  add decided_by uuid,
  add decided_at timestamptz,
  add binding_id uuid;
create index binding_asks_waiting on health.binding_asks (enterprise_id, asked_at) where approval = 'waiting';
grant update (approval, reason, decided_by, decided_at, binding_id) on health.binding_asks to fugong_app;
