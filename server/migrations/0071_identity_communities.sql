-- Communities 社区（村） are units too: traders file with theirs.
alter table identity.units drop constraint units_kind_check;
alter table identity.units add constraint units_kind_check check (kind in ('commandCentre', 'department', 'districtTaskForce', 'zoneCommittee', 'streetOffice', 'community'));
