-- A file may be handed on to another owner: two rows then name the same bytes, which go with the last of them.
alter table files.files drop constraint files_path_key;
create index files_path on files.files (path);
