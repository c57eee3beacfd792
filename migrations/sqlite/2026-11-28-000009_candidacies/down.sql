DROP TABLE pieces;
DROP TABLE candidacies;
