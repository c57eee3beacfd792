DROP TABLE failures;
DROP TABLE logins;
DROP TABLE memberships;
DROP TABLE accounts;
DROP TABLE employments;
DROP TABLE people;
