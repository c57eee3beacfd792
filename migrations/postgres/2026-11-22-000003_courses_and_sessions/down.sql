DROP TABLE session_trainers;
DROP TABLE slots;
DROP TABLE sessions;
DROP TABLE questions;
DROP TABLE course_versions;
DROP TABLE courses;
