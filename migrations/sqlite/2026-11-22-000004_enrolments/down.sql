DROP TABLE links;
DROP TABLE marks;
DROP TABLE reservations;
DROP TABLE enrolments;
DROP TABLE groups;
