-- The press list of the line above: what is late anywhere within one's scope, the longest first.
create index parts_late on cases.parts (due_at, id) where state = 'open';
