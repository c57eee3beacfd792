DROP TABLE issued_files;
DROP TABLE certificates;
DROP TABLE status_lists;
DROP TABLE certificate_series;
DROP TABLE issuers;
