-- The unit that set a level, or the source of the data, also in English; null where only the Chinese name was kept.
alter table levels.records add column set_by_unit_en text;
