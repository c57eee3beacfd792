DROP TABLE certification_courses;
