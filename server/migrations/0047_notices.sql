-- Messages of offices to firms' contacts: what was sent, to whom, whether it was read, what became of each text message.
create schema notices;
grant usage on schema notices to fugong_app;

create table notices.messages (
  id uuid primary key,
  -- What it belongs to (a bulk deed): the same intent sends once.
  intent uuid not null,
  person_id uuid not null,
  unit_id uuid,
  title text not null,
  text text not null,
  sms boolean not null,
  sent_at timestamptz not null,
  firms integer not null default 0,
  firms_without_contact integer not null default 0,
  constraint messages_intent unique (intent)
);
create index messages_unit on notices.messages (unit_id, sent_at desc, id desc);
grant select, insert on notices.messages to fugong_app;
grant update (firms, firms_without_contact) on notices.messages to fugong_app;

create table notices.deliveries (
  id uuid primary key,
  message_id uuid not null references notices.messages (id),
  enterprise_id uuid not null,
  enterprise_name text not null,
  person_id uuid not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  -- null when no text message was asked for.
  sms_state text check (sms_state in ('waiting', 'sent', 'failed')),
  sms_at timestamptz,
  sms_tries smallint not null default 0,
  constraint deliveries_once unique (message_id, enterprise_id, person_id)
);
create index deliveries_inbox on notices.deliveries (person_id, sent_at desc, id desc);
create index deliveries_unread on notices.deliveries (person_id) where read_at is null;
create index deliveries_sms on notices.deliveries (message_id) where sms_state = 'waiting';
grant select, insert on notices.deliveries to fugong_app;
grant update (read_at, sms_state, sms_at, sms_tries) on notices.deliveries to fugong_app;
