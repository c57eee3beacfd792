-- The courses that lead to a certification, as its certifier says.
CREATE TABLE certification_courses (
    certification_id BIGINT NOT NULL REFERENCES certifications (id),
    course_id BIGINT NOT NULL REFERENCES courses (id),
    PRIMARY KEY (certification_id, course_id)
);
