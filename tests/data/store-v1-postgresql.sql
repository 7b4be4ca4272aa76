-- The same in PostgreSQL.
CREATE TABLE okrlab_attempts (
	seq SERIAL NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	learner VARCHAR(80) NOT NULL, 
	activity VARCHAR(200) NOT NULL, 
	sitting VARCHAR(64) NOT NULL, 
	item VARCHAR(200) NOT NULL, 
	item_version INTEGER NOT NULL, 
	concept VARCHAR(200) NOT NULL, 
	response TEXT NOT NULL, 
	mark DOUBLE PRECISION NOT NULL, 
	misconceptions TEXT NOT NULL, 
	graded BOOLEAN NOT NULL, 
	try_number INTEGER NOT NULL, 
	confidence VARCHAR(20), 
	seconds DOUBLE PRECISION, 
	at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (seq), 
	UNIQUE (id)
);
CREATE INDEX okrlab_attempts_of_learner ON okrlab_attempts (learner, at);
CREATE TABLE okrlab_drafts (
	id VARCHAR(64) NOT NULL, 
	learner VARCHAR(80) NOT NULL, 
	key VARCHAR(200) NOT NULL, 
	value TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX okrlab_drafts_of_learner ON okrlab_drafts (learner, key, at);
CREATE TABLE okrlab_meta (
	key VARCHAR(40) NOT NULL, 
	value VARCHAR(200) NOT NULL, 
	PRIMARY KEY (key)
);
INSERT INTO "okrlab_attempts" VALUES(1,'00000000000000000000000000000000','me','quiz/two-jobs','55555555555555555555555555555555','kpi-definition-01',1,'kpi-definition','{"option":2}',0.5,'["M01","M02"]',true,1,'think',12.5,'2026-11-02T09:00:00.000000+00:00');
INSERT INTO "okrlab_attempts" VALUES(2,'00000000000000000000000000000001','Zoë O’Neill','quiz/two-jobs','55555555555555555555555555555555','kpi-definition-01',1,'','{"text":"it''s \u201cquoted\u201d \u0000 \n"}',1.0,'[]',false,1,NULL,NULL,'2026-11-02T09:00:01.000000+00:00');
INSERT INTO "okrlab_drafts" VALUES('291c136b8a1adc732b2c7a48fc285435fc577a05a04b25b7379f8f3e41a1817b','me','deck/kpi-or-key-result','{"placed":[1,2]}','2026-11-02T09:00:00.000000+00:00');
INSERT INTO "okrlab_meta" VALUES('schema','1');
SELECT setval('okrlab_attempts_seq_seq', 2);
