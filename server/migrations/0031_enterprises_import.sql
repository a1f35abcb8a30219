-- Pairs of names are written by the hundred thousand and only ever beside their firm, which is never deleted: a look at the firm for each of them was most of the cost of an import.
alter table enterprises.grams drop constraint if exists grams_enterprise_id_fkey;
