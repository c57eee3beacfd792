DROP TABLE declarations;
DROP TABLE declaration_files;
DROP TABLE declarants;
