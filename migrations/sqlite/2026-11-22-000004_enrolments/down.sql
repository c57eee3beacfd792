DROP TABLE link_requests;
DROP TABLE links;
DROP TABLE answers;
DROP TABLE surveys;
DROP TABLE marks;
DROP TABLE reservations;
DROP TABLE enrolments;
DROP TABLE groups;
