-- Notices by template: texts as versioned data, recipients in offices too, text messages with a time of their own, robots of groups, preferences.
create table notices.templates (
  id uuid primary key,
  code text not null,
  version integer not null,
  -- Empty: everywhere; else an area and what lies in it.
  area_code text not null default '',
  effective_from date not null,
  title_zh text not null,
  title_en text not null,
  text_zh text not null,
  text_en text not null,
  sms_zh text,
  sms_en text,
  -- Markdown for robots where it differs from title and text.
  robot_zh text,
  robot_en text,
  sms_mode text not null check (sms_mode in ('must', 'on', 'off', 'never')),
  urgent boolean not null,
  robots boolean not null,
  state text not null check (state in ('proposed', 'confirmed', 'rejected')),
  -- null: shipped with the product.
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  constraint templates_version unique (code, version),
  constraint templates_two check (decided_by is null or decided_by <> proposed_by)
);
create unique index templates_waiting on notices.templates (code) where state = 'proposed';
grant select, insert on notices.templates to fugong_app;
grant update (state, decided_by, decided_at, reason) on notices.templates to fugong_app;

-- A message is an office's own words or those of a template; then it has no author, a place to go to and a record it is about.
alter table notices.messages
  alter column person_id drop not null,
  add column template text,
  add column title_en text,
  add column text_en text,
  add column sms_zh text,
  add column sms_en text,
  add column robot_zh text,
  add column robot_en text,
  add column link text,
  add column about_kind text,
  add column about_id text,
  add column urgent boolean not null default false;
create index messages_about on notices.messages (about_kind, about_id) where about_id is not null;

alter table notices.deliveries
  alter column enterprise_id drop not null,
  alter column enterprise_name drop not null,
  drop constraint deliveries_once,
  add constraint deliveries_once unique nulls not distinct (message_id, enterprise_id, person_id),
  drop constraint deliveries_sms_state_check,
  -- off: the reader does not want it; bundled: another text message spoke for it.
  add constraint deliveries_sms_state check (sms_state in ('waiting', 'sent', 'failed', 'bundled', 'off')),
  add column template text,
  -- Not before this moment: quiet hours, a bundle, a gateway that did not answer.
  add column sms_due_at timestamptz,
  add column sms_why text check (sms_why in ('quiet', 'bundle', 'gateway', 'no_phone', 'unwanted')),
  add column sms_with uuid;
update notices.deliveries set sms_due_at = sent_at where sms_state = 'waiting';
drop index notices.deliveries_sms;
create index deliveries_sms on notices.deliveries (sms_due_at) where sms_state = 'waiting';
create index deliveries_message on notices.deliveries (message_id);
create index deliveries_bundle on notices.deliveries (person_id, template, sent_at) where sms_state in ('waiting', 'sent', 'bundled');
grant update (sms_due_at, sms_why, sms_with) on notices.deliveries to fugong_app;

-- Which text messages a person wants, by kind; where nothing stands the template decides.
create table notices.preferences (
  person_id uuid not null,
  kind text not null,
  sms boolean not null,
  set_at timestamptz not null,
  primary key (person_id, kind)
);
grant select, insert, update, delete on notices.preferences to fugong_app;

-- Robots of a unit's groups. Address and secret are sealed: whoever has them can post to the group.
create table notices.robots (
  id uuid primary key,
  unit_id uuid not null,
  name text not null,
  format text not null check (format in ('dingtalk', 'wecom')),
  url_sealed bytea not null,
  -- Host alone, to be told apart on the screen.
  host text not null,
  secret_sealed bytea,
  language text not null check (language in ('zh', 'en')),
  kinds text[] not null,
  active boolean not null,
  -- Set when posts were given up; cleared by the next one that arrives.
  stopped_at timestamptz,
  -- Nothing is posted before: the provider asked for a rest.
  rest_until timestamptz,
  revision integer not null default 1,
  made_by uuid not null,
  made_at timestamptz not null,
  removed_at timestamptz
);
create index robots_unit on notices.robots (unit_id) where removed_at is null;
grant select, insert on notices.robots to fugong_app;
grant update (name, format, url_sealed, host, secret_sealed, language, kinds, active, stopped_at, rest_until, revision, removed_at) on notices.robots to fugong_app;

create table notices.posts (
  id uuid primary key,
  message_id uuid not null references notices.messages (id),
  robot_id uuid not null references notices.robots (id),
  state text not null check (state in ('waiting', 'sent', 'failed', 'bundled')),
  made_at timestamptz not null,
  due_at timestamptz not null,
  tries smallint not null default 0,
  -- When it was last sent out: what a minute's limit is counted by.
  called_at timestamptz,
  why text,
  with_id uuid,
  constraint posts_once unique (message_id, robot_id)
);
create index posts_waiting on notices.posts (due_at) where state = 'waiting';
create index posts_called on notices.posts (robot_id, called_at) where called_at is not null;
grant select, insert on notices.posts to fugong_app;
grant update (state, due_at, tries, called_at, why, with_id) on notices.posts to fugong_app;
