DROP TABLE requirements;
DROP TABLE assessments;
DROP TABLE blocks;
DROP TABLE certification_routes;
DROP TABLE certification_versions;
DROP TABLE certifications;
DROP TABLE assessment_kinds;
DROP TABLE access_routes;
