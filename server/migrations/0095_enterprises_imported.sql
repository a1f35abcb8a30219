-- Who brought a firm in with an import: its history begins with that officer, not with the firm. Until now the only trace was
-- the stamp of a firm that nobody has touched since; those are told, of the others it is no longer known.
alter table enterprises.enterprises add column imported_by uuid;
update enterprises.enterprises set imported_by = changed_by where revision = 1 and changed_side = 'office';
