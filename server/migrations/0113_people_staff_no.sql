-- A gate names people by their staff number: one look, however large the firm.
create index employments_staff_no on people.employments (enterprise_id, staff_no) where staff_no is not null;
