-- What had no reviewing unit on record has the one that its case went to.
update declarations.declarations as d set review_unit_id = p.unit_id from cases.cases c join cases.parts p on p.case_id = c.id and p.state = 'open'
  where c.kind = 'declaration' and c.subject_id = d.id and d.review_unit_id is null;
