DROP TABLE appeals;
DROP TABLE minutes_signatures;
DROP TABLE minutes;
DROP TABLE findings;
DROP TABLE attempts;
DROP TABLE jurors;
DROP TABLE juries;
