alter table contact add column annualincome numeric(23, 4);
