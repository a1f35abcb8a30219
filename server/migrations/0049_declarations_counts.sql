-- Counts of lists read an index alone: it holds all that the policy asks of a row.
drop index declarations.declarations_district;
create index declarations_district on declarations.declarations (district_code, state, created_at desc) include (enterprise_id, street_code, zone_code, department_key);
drop index declarations.declarations_department;
create index declarations_department on declarations.declarations (department_key, state, created_at desc) include (enterprise_id, district_code, street_code, zone_code) where department_key is not null;
drop index declarations.declarations_zone;
create index declarations_zone on declarations.declarations (zone_code, state, created_at desc) include (enterprise_id, district_code, street_code, department_key) where zone_code is not null;
