DROP TABLE declaration_reports;
DROP TABLE declaration_passages;
DROP TABLE declarations;
DROP TABLE declaration_files;
DROP TABLE declarants;
DROP TABLE rejection_reasons;
