DROP TABLE targets;
DROP TABLE partners;
DROP TABLE programmes;
DROP TABLE capacities;
DROP TABLE organisations;
