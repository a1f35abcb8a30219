-- Files: quarantine with what the scan said, thumbnails of pictures, and files whose owner is gone.
alter table files.files drop constraint files_state_check;
update files.files set state = case state when 'quarantined' then 'waiting' when 'ready' then 'unscanned' else state end;
alter table files.files
  -- `waiting` for the scanner; `unscanned` where none is set up, which readers are told.
  add constraint files_state_check check (state in ('waiting', 'clean', 'refused', 'unscanned')),
  add column scanned_at timestamptz,
  -- What the scanner calls what it found.
  add column signature text check (char_length(signature) <= 200),
  -- `none` for what is no picture or gives no thumbnail.
  add column thumbnail_state text not null default 'none' check (thumbnail_state in ('none', 'due', 'made')),
  add column thumbnail text unique check (thumbnail ~ '^[0-9a-f]{2}/[0-9a-f]{30}$'),
  add constraint files_thumbnail check ((thumbnail_state = 'made') = (thumbnail is not null)),
  -- From then on nobody sees it; a job takes row and bytes away.
  add column removed_at timestamptz;
create index files_waiting on files.files (uploaded_at) where state = 'waiting';
create index files_removed on files.files (removed_at) where removed_at is not null;
grant update (scanned_at, signature, thumbnail_state, thumbnail, removed_at) on files.files to fugong_app;
