-- The last four digits of a phone as a blind index: whoever has a call slip finds the firm, the number stays sealed.
alter table identity.people add column phone_tail bytea, add check (phone_tail is null or phone_index is not null);
create index people_phone_tail on identity.people (phone_tail) where phone_tail is not null;
grant update (phone_tail) on identity.people to fugong_app;
