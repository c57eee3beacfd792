DROP TABLE pieces;
DROP TABLE candidacies;
DROP TABLE media_types;
