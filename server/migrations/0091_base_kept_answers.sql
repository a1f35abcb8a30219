-- Kept answers are sealed, so they do not compress, and most are some kilobytes: they stay in their row instead of being cut into pieces elsewhere.
alter table base.request_keys alter column answer set storage external;
alter table base.request_keys set (toast_tuple_target = 8160);
