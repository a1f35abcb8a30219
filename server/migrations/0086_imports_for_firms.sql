-- Imports that a firm's contact makes of the firm's own records name the firm; what they reach is that firm's and nothing else.
alter table imports.imports add column enterprise_id uuid;
