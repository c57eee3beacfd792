DROP TABLE civil_identities;
