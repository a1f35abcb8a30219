-- Stop-work orders: what a workplace must put right by when, and what it handed in for each point.
create schema orders;
grant usage on schema orders to fugong_app;

create table orders.orders (
  id uuid primary key,
  revision integer not null default 1 check (revision > 0),
  state text not null check (state in ('rectifying', 'handedIn', 'revoking', 'resumed', 'revoked', 'lapsed')),
  document_no text not null,
  declaration_id uuid not null,
  certificate_id uuid not null,
  certificate_number text not null,
  enterprise_name text not null,
  name_key text not null,
  workplace_name text not null,
  address text not null,
  scene text not null,
  level text check (level in ('none', 'low', 'medium', 'high')),
  reason text not null,
  -- What was found, as a whole: `code` of the checklist where it came from there, and the words.
  findings jsonb not null,
  -- The last day for the firm, and when the clock told it that the day has passed.
  deadline date not null,
  overdue_told_at timestamptz,
  unit_id uuid not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  handed_in_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  -- Whoever wants it revoked is not who agrees to it; where the order stood before.
  proposed_by uuid,
  proposed_unit_id uuid,
  proposed_at timestamptz,
  proposed_reason text,
  proposed_from text check (proposed_from in ('rectifying', 'handedIn')),
  -- The limits by which it was issued, written as a whole; the unit above, to which the firm can object until a day.
  decision jsonb not null,
  decision_id uuid,
  object_unit_id uuid,
  object_until date,
  emergency_id uuid not null,
  emergency_kind text not null,
  sample boolean not null default false,
  changed_by uuid,
  changed_unit_id uuid,
  changed_at timestamptz not null,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  check ((state in ('resumed', 'revoked', 'lapsed')) = (ended_at is not null)),
  check ((state = 'revoking') = (proposed_by is not null))
);
-- A workplace's filing stands under one order at a time; a unit gives a number once.
create unique index orders_one_open on orders.orders (declaration_id) where ended_at is null;
create unique index orders_number on orders.orders (unit_id, document_no);
create index orders_declaration on orders.orders (declaration_id);
create index orders_certificate on orders.orders (certificate_id) where ended_at is null;
create index orders_district on orders.orders (district_code, issued_at desc, id desc);
create index orders_department on orders.orders (department_key, issued_at desc, id desc) where department_key is not null;
create index orders_zone on orders.orders (zone_code, issued_at desc, id desc) where zone_code is not null;
create index orders_street on orders.orders (street_code, issued_at desc, id desc);
create index orders_enterprise on orders.orders (enterprise_id, issued_at desc);
create index orders_late on orders.orders (deadline, id) where state = 'rectifying' and overdue_told_at is null;
grant select, insert, update on orders.orders to fugong_app;

create table orders.items (
  order_id uuid not null references orders.orders (id),
  position integer not null check (position > 0),
  text text not null,
  state text not null check (state in ('open', 'handedIn', 'accepted', 'returned')),
  note text,
  file_ids uuid[] not null default '{}',
  -- What the office said when it accepted or returned it.
  answer text,
  enterprise_id uuid not null,
  district_code text not null,
  street_code text not null,
  zone_code text,
  department_key text,
  primary key (order_id, position)
);
grant select, insert, update on orders.items to fugong_app;
