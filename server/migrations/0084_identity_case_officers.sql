-- A role for those who follow up people's health: no other role reaches rows that carry its key.
alter table identity.grants
  drop constraint grants_role_check,
  add constraint grants_role_check check (role in ('administrator', 'commander', 'reviewer', 'departmentOfficer', 'caseOfficer', 'specialist', 'communityWorker'));
