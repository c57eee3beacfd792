DROP TABLE arrivals;
DROP TABLE late_signings;
DROP TABLE waivers;
DROP TABLE countersignatures;
DROP TABLE signatures;
DROP TABLE rooms;
DROP TABLE signature_ways;
